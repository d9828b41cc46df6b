import Foundation
import OddityDetectors
import OddityLinearAlgebra
import OddityModelFiles
import Testing

/// Models of images that were damaged or edited after they were written.
@Suite struct ImageModelFileTests {
    let detector: FittedImageDetector
    let shape = ImageShape(height: 8, width: 8)

    init() throws {
        var configuration = ImageSamples.detector
        configuration.steps = 2
        configuration.patchSteps = 2
        let training = ImageSamples.squares(count: 12, shape: shape, seed: 1)
        detector = try configuration.fitted(to: training, shape: shape)
    }

    /// Writes an archive made of the detector's with changes, and reads it as a model.
    private func reading(
        manifest: (String) -> String = { $0 },
        tensors: ([Tensor]) throws -> [Tensor] = { $0 }
    ) throws -> FittedImageDetector {
        let archive = try ModelArchive(decoding: detector.encoded())
        let text = manifest(String(decoding: archive.manifest, as: UTF8.self))
        let changed = try ModelArchive(manifest: Data(text.utf8), tensors: tensors(archive.tensors))
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try changed.write(to: path)
        return try FittedImageDetector(reading: path)
    }

    @Test func unchangedModelsAreRead() throws {
        #expect(try reading().shape == shape)
    }

    @Test func missingTensorsAreNamed() throws {
        let all = try ModelArchive(decoding: detector.encoded()).tensors
        #expect(all.count > 20)
        // Members are alike.
        for name in all.map(\.name) where !name.hasPrefix("members.1.") {
            let missing = #expect(throws: (any Error).self) {
                try reading(tensors: { $0.filter { $0.name != name } })
            }
            #expect(
                missing.map { "\($0)" }?.contains(String(name.split(separator: ".").last ?? ""))
                    == true
            )
        }
    }

    @Test func editedNumbersAreNoticed() throws {
        for name in [
            "members.0.global.network.layers.0.weight", "members.1.patches.error.whitening",
            "members.0.raw.whitening", "members.1.pixels.mean", "patches.map.mean",
            "raw.map.inverse_deviation", "calibration.surprise",
        ] {
            let error = #expect(throws: DetectorError.self) {
                try reading(tensors: { tensors in try tensors.map { try tripled($0, if: name) } })
            }
            guard case .notReproduced = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test func numbersOutOfRangeAreRefused() throws {
        for name in [
            "members.0.global.factor", "raw.map.offset", "raw.map.inverse_deviation", "alignment",
            "patches.least_length",
        ] {
            let error = #expect(throws: DetectorError.self) {
                try reading(tensors: { tensors in
                    try tensors.map { try scaled($0, by: -1, if: name) }
                })
            }
            guard case .inconsistentModel = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test(arguments: [
        ("\"height\":8", "\"height\":16000"), ("\"height\":8", "\"height\":9000000000000000000"),
        ("\"channels\":1", "\"channels\":3"), ("\"folds\":2", "\"folds\":3"),
        ("\"globalSizes\":[32,8]", "\"globalSizes\":[65536,65536]"),
        ("\"detector\":\"images\"", "\"detector\":\"autoencoder\""),
        ("\"trainingPictureCount\":12", "\"trainingPictureCount\":13"),
        ("\"trainingPictureCount\":12", "\"trainingPictureCount\":-1"),
        ("\"trainingPictureCount\":12", "\"trainingGroupCount\":13,\"trainingPictureCount\":12"),
        ("\"trainingPictureCount\":12", "\"trainingGroupCount\":1,\"trainingPictureCount\":12"),
        ("\"producer\":\"", "\"producer\":\"\\n"), ("\"steps\":2", "\"steps\":0"),
        ("\"learningRate\":0.", "\"learningRate\":-1."),
    ])
    func claimsThatDoNotFitAreRefused(claim: String, other: String) throws {
        #expect(throws: (any Error).self) {
            try reading(manifest: {
                #expect($0.contains(claim))
                return $0.replacingOccurrences(of: claim, with: other)
            })
        }
    }

    private func tripled(_ tensor: Tensor, if name: String) throws -> Tensor {
        try scaled(tensor, by: 3, if: name)
    }

    private func scaled(_ tensor: Tensor, by factor: Float, if name: String) throws -> Tensor {
        guard tensor.name == name else { return tensor }
        switch tensor.values {
        case .float32(let values):
            return try Tensor(
                name: name,
                shape: tensor.shape,
                values: values.map { ($0 + 1e-3) * factor }
            )
        case .float64(let values):
            return try Tensor(
                name: name,
                shape: tensor.shape,
                values: values.map { ($0 + 1e-3) * Double(factor) }
            )
        default: return tensor
        }
    }
}
