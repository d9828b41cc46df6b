import OddityDatasets
import OddityDetectors

@testable import OddityRecords

/// The reader of networks that were trained elsewhere: the first line describes the layers, and their tensors follow.
enum NetworkFuzzing {
    private static let rows = try? Table(
        columns: ["a", "b"].enumerated().map { place, name in
            Column(name, (0..<40).map { Double(($0 * (7 + 6 * place)) % 11) })
        }
    )

    static func run(_ bytes: [UInt8]) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        FuzzFile.with(Array(bytes[..<end]), named: "layers") { layers in
            FuzzFile.with(Array(bytes[end...].dropFirst()), named: "tensors") { tensors in
                guard let rows, let network = try? readNetwork(tensors, layers: layers),
                    let detector = try? TableDetector.calibrated(network, on: rows),
                    let verdicts = try? detector.verdicts(of: rows)
                else { return }
                precondition(
                    verdicts.allSatisfy { $0.score.pValue > 0 && $0.score.pValue <= 1 },
                    "a p-value that is none"
                )
            }
        }
    }
}
