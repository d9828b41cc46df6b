import Foundation
import OddityDatasets
import OddityDetectors
import OddityModelFiles
import Testing

/// Models that were damaged or edited after they were written.
@Suite struct ModelFileTests {
    let detector: FittedTableDetector

    init() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 1
        autoencoder.epochs = 2
        detector = try autoencoder.fitted(to: Samples.normal(rows: 40, seed: 1))
    }

    /// Writes an archive made of the detector's with changes, and reads it as a model.
    private func reading(
        manifest: (String) -> String = { $0 },
        tensors: ([Tensor]) throws -> [Tensor] = { $0 }
    ) throws -> FittedTableDetector {
        let archive = try ModelArchive(decoding: detector.encoded())
        let text = manifest(String(decoding: archive.manifest, as: UTF8.self))
        let changed = try ModelArchive(manifest: Data(text.utf8), tensors: tensors(archive.tensors))
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try changed.write(to: path)
        return try FittedTableDetector(reading: path)
    }

    @Test func unchangedModelsAreRead() throws {
        let restored = try reading()
        #expect(restored.columnCount == detector.columnCount)
    }

    @Test func editedWeightsAreNoticed() throws {
        let error = #expect(throws: DetectorError.self) {
            try reading(tensors: { tensors in
                try tensors.map { tensor in
                    guard tensor.name == "members.0.network.layers.0.weight",
                        case .float32(var values) = tensor.values
                    else { return tensor }
                    for i in values.indices { values[i] *= 1.5 }
                    return try Tensor(name: tensor.name, shape: tensor.shape, values: values)
                }
            })
        }
        guard case .notReproduced = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func weightsThatOverflowAreNoticed() throws {
        #expect(throws: DetectorError.self) {
            try reading(tensors: { tensors in
                try tensors.map { tensor in
                    guard tensor.name.hasSuffix(".weight"),
                        case .float32(var values) = tensor.values
                    else { return tensor }
                    for i in values.indices { values[i] = i % 2 == 0 ? 3e38 : -3e38 }
                    return try Tensor(name: tensor.name, shape: tensor.shape, values: values)
                }
            })
        }
    }

    @Test func missingTensorsAreNamed() throws {
        for name in try ModelArchive(decoding: detector.encoded()).tensors.map(\.name) {
            let error = #expect(throws: (any Error).self) {
                try reading(tensors: { $0.filter { $0.name != name } })
            }
            #expect(
                error.map { "\($0)" }?.contains(String(name.split(separator: ".").last ?? ""))
                    == true
            )
        }
    }

    @Test func sizesThatDoNotFitAreRefusedBeforeMemoryIsTaken() throws {
        #expect(throws: (any Error).self) {
            try reading(manifest: {
                $0.replacingOccurrences(
                    of: "\"hiddenSizes\":[16,3]",
                    with: "\"hiddenSizes\":[65536,65536]"
                )
            })
        }
        #expect(throws: (any Error).self) {
            try reading(manifest: {
                $0.replacingOccurrences(of: "\"folds\":1", with: "\"folds\":2")
            })
        }
    }

    @Test func anotherJSONIsNoModel() throws {
        #expect(throws: ModelFileError.self) { try reading(manifest: { _ in "{}" }) }
        #expect(throws: ModelFileError.self) { try reading(manifest: { _ in "[1,2]" }) }
    }

    @Test func holdsNoTrainingValue() throws {
        let training = try Samples.normal(rows: 40, seed: 1)
        let value = (training["speed"]?.numbers ?? [])[0]
        var autoencoder = Samples.autoencoder
        autoencoder.storesRows = false
        let archive = try ModelArchive(decoding: autoencoder.fitted(to: training).encoded())
        #expect(!archive.tensors.contains { $0.name.hasPrefix("neighbors.") })
        for tensor in archive.tensors {
            if case .float64(let values) = tensor.values { #expect(!values.contains(value)) }
            if case .float32(let values) = tensor.values { #expect(!values.contains(Float(value))) }
        }
    }
}
