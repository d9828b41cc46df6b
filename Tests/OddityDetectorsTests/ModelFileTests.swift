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
        // Older files have no hashes of training rows.
        for name in try ModelArchive(decoding: detector.encoded()).tensors.map(\.name)
        where name != "training.hashes" {
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

    @Test(arguments: [
        (
            #""falseAlarmRate":{"_0":0.01}"#, #""falseAlarmRate":{"_0":-1}"#,
            "false-alarm rate is -1.0"
        ),
        (#""falseAlarmRate":{"_0":0.01}"#, #""score":{"_0":1e999}"#, "manifest"),
        (#""trainingRowCount":40"#, #""trainingRowCount":1"#, "trained on 1 rows"),
        (#""trainingRowCount":40"#, #""trainingRowCount":3"#, "which 3 rows do not give"),
        (#""epoch":2"#, #""epoch":7"#, "epoch 7 follows epoch 1"),
        (#""name":"speed""#, #""name":"load""#, "\"load\" comes twice"),
    ])
    func whatAModelSaysIsCheckedAgainstItself(_ old: String, _ new: String, _ words: String) throws
    {
        let error = #expect(throws: (any Error).self) {
            try reading(manifest: { text in
                #expect(text.contains(old), "\(text)")
                return text.replacingOccurrences(of: old, with: new)
            })
        }
        #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
    }

    @Test func scalesThatCannotBeDividedByAreRefused() throws {
        let scale = try Regex(#""scale":[0-9.e+-]+"#)
        for value in ["5e-324", "0", "-1"] {
            let error = #expect(throws: (any Error).self) {
                try reading(manifest: { $0.replacing(scale, with: "\"scale\":\(value)") })
            }
            #expect(
                error.map { "\($0)".contains("preparer") } == true,
                "\(String(describing: error))"
            )
        }
    }

    @Test func tensorsThatNoPartNeedsAreRefused() throws {
        let error = #expect(throws: ModelFileError.self) {
            try reading(tensors: { $0 + [try Tensor(name: "payload", values: [1 as Float])] })
        }
        #expect(error?.code == .unexpectedTensor)
        #expect(error?.message.contains("“payload”") == true)
    }

    @Test func modelsWithoutAllReferencesAreRefused() throws {
        for count in [0, 1, 7] {
            #expect(
                throws: DetectorError.inconsistentModel("it has \(count) reference scores, not 8")
            ) {
                try reading(tensors: { tensors in
                    try tensors.map { tensor in
                        switch (tensor.name, tensor.values) {
                        case ("reference.scores", .float64(let values)):
                            return try Tensor(
                                name: tensor.name,
                                values: Array(values.prefix(count))
                            )
                        case ("reference.features", .float32(let values)):
                            let width = tensor.shape[1]
                            return try Tensor(
                                name: tensor.name,
                                shape: [count, width],
                                values: Array(values.prefix(count * width))
                            )
                        default: return tensor
                        }
                    }
                })
            }
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
