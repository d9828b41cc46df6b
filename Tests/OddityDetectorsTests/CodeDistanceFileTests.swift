import Foundation
import OddityDatasets
import OddityDetectors
import OddityModelFiles
import Testing

/// Damaged and edited models whose codes have a centre.
@Suite struct CodeDistanceFileTests {
    private static let distances = [TableDetector.CodeDistance.mahalanobis, .center]

    private func detector(
        _ distance: TableDetector.CodeDistance,
        svddWeight: Float? = nil
    ) throws -> FittedTableDetector {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 1
        autoencoder.epochs = 2
        autoencoder.codeDistance = distance
        autoencoder.svddWeight = svddWeight
        return try autoencoder.fitted(to: Samples.normal(rows: 40, seed: 1))
    }

    private func reading(
        _ detector: FittedTableDetector,
        manifest: (String) -> String = { $0 },
        _ change: (Tensor) throws -> Tensor?
    ) throws -> FittedTableDetector {
        let archive = try ModelArchive(decoding: detector.encoded())
        let text = manifest(String(decoding: archive.manifest, as: UTF8.self))
        let changed = try ModelArchive(
            manifest: Data(text.utf8),
            tensors: archive.tensors.compactMap(change)
        )
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try changed.write(to: path)
        return try FittedTableDetector(reading: path)
    }

    @Test(arguments: distances)
    func tensorsThatDoNotFitAreRefused(distance: TableDetector.CodeDistance) throws {
        let detector = try detector(distance)
        #expect(try reading(detector) { $0 }.encoded() == detector.encoded())
        let names = try ModelArchive(decoding: detector.encoded()).tensors.map(\.name)
            .filter { $0.contains(".codes.") }
        #expect(names.count == (distance == .center ? 1 : 2))
        for name in names {
            func changing(_ change: ([Float]) throws -> Tensor?) throws -> FittedTableDetector {
                try reading(detector) { tensor in
                    guard tensor.name == name, case .float32(let values) = tensor.values else {
                        return tensor
                    }
                    return try change(values)
                }
            }
            let missing = #expect(throws: (any Error).self) { try changing { _ in nil } }
            #expect(missing.map { "\($0)" }?.contains(name) == true)
            #expect(throws: (any Error).self) {
                try changing { try Tensor(name: name, values: $0 + [0]) }
            }
            for factor in [Float.nan, .infinity, 1e30, -3] {
                #expect(throws: (any Error).self, "\(name) times \(factor)") {
                    try changing { values in
                        try Tensor(
                            name: name,
                            shape: values.count == 9 ? [3, 3] : [3],
                            values: values.enumerated().map { $0 == 0 ? $1 * factor : $1 }
                        )
                    }
                }
            }
        }
    }

    @Test func anotherDistanceThanTheTensorsIsRefused() throws {
        for (distance, other) in [("center", "nearest"), ("mahalanobis", "nearest")] {
            let kind = try #require(TableDetector.CodeDistance(rawValue: distance))
            #expect(throws: (any Error).self) {
                try reading(
                    detector(kind),
                    manifest: {
                        $0.replacingOccurrences(
                            of: "\"codeDistance\":\"\(distance)\"",
                            with: "\"codeDistance\":\"\(other)\""
                        )
                    }
                ) { $0 }
            }
        }
    }

    /// The centre of the training is in the file twice, as part of the network and of the distance.
    @Test func thePulledCenterIsStored() throws {
        let detector = try detector(.center, svddWeight: 0.1)
        let tensors = try ModelArchive(decoding: detector.encoded()).tensors
        let centers = tensors.filter { $0.name.hasSuffix(".center") }
        #expect(centers.count == 2)
        #expect(centers[0].values == centers[1].values)
        #expect(throws: (any Error).self) {
            try reading(detector) { $0.name.hasSuffix("network.layers.3.center") ? nil : $0 }
        }
    }
}
