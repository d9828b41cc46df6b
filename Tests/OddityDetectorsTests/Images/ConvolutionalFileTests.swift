import Foundation
import OddityDetectors
import OddityModelFiles
import OddityNeuralNetworks
import Testing

/// Settings and files of convolutional networks that are refused.
@Suite struct ConvolutionalFileTests {
    @Test func settingsThatCannotBeTrainedAreRefused() {
        let changes: [(inout ImageDetector, inout ConvolutionalNetwork) -> Void] = [
            { $1.channels = [] }, { $1.channels = [0] }, { $1.channels = [4, -1] },
            { $1.channels = [4, 2000] }, { $1.channels = [1, 1, 1, 1, 1, 1, 1] },
            { $1.latentSize = 0 }, { $1.latentSize = .max }, { $1.loss = .gaussian },
            { $1.loss = .huber(delta: 0) }, { $1.loss = .structuralSimilarity(errorWeight: -1) },
            { $1.steps = 0 }, { $1.batchSize = 0 }, { $1.learningRate = 0 },
            { $1.learningRate = .nan }, { $1.variant = .sparse(.l1(weight: -1)) },
            { $1.variant = .sparse(.largest(count: 4)) },
            { $1.variant = .denoising(.multiScale()) }, { $1.augmentation.shift = 9 },
            { $1.augmentation.brightness = .nan },
            {
                $1.bottleneck = .convolutional
                $1.variant = .variational(VariationalCode())
            }, { detector, _ in detector.pixelScore.summary = .topShare(0) },
            { detector, _ in detector.pixelScore.summary = .topShare(1.1) },
            { detector, _ in detector.pixelScore.summary = .smoothedMaximum(side: 4) },
        ]
        for change in changes {
            #expect(throws: DetectorError.self) {
                try ConvolutionalSamples.detector(change).validate()
            }
        }
    }

    @Test func aNetworkThatIsTooLargeIsRefused() throws {
        let shape = ImageShape(height: 64, width: 64)
        let images = ConvolutionalSamples.slopes(count: 10, shape: shape, seed: 1)
        let configuration = ConvolutionalSamples.detector { _, network in
            network.channels = [1024]
            network.latentSize = 4096
        }
        #expect(throws: DetectorError.self) {
            try configuration.fitted(to: images, shape: shape)
        }
    }

    @Test func editedManifestsAreRefused() throws {
        let shape = ImageShape(height: 8, width: 8)
        let training = ConvolutionalSamples.slopes(count: 12, shape: shape, seed: 1)
        let configuration = ConvolutionalSamples.detector { $1.steps = 1 }
        let archive = try configuration.fitted(to: training, shape: shape).encoded()
        let original = try ModelArchive(decoding: archive)
        let text = String(decoding: original.manifest, as: UTF8.self)
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        for (found, edited) in [
            ("\"channels\":[4,6]", "\"channels\":[4,7]"),
            ("\"channels\":[4,6]", "\"channels\":[1024,1024]"),
            ("\"channels\":[4,6]", "\"channels\":[4,6,6]"),
            ("\"channels\":[4,6]", "\"channels\":[]"),
            ("\"latentSize\":3", "\"latentSize\":4"),
            ("\"latentSize\":3", "\"latentSize\":4096"),
            ("\"bottleneck\":\"dense\"", "\"bottleneck\":\"convolutional\""),
            ("\"bottleneck\":\"dense\"", "\"bottleneck\":\"none\""),
            ("\"measures\":\"pixels\"", "\"measures\":\"all\""),
            ("\"loss\":\"mse\"", "\"loss\":\"gaussian\""),
        ] {
            #expect(text.contains(found))
            let manifest = Data(text.replacing(found, with: edited).utf8)
            try ModelArchive(manifest: manifest, tensors: original.tensors).write(to: path)
            #expect(throws: (any Error).self, "\(edited)") {
                try FittedImageDetector(reading: path)
            }
        }
        for tensor in original.tensors where tensor.name.contains("pixels") {
            let others = original.tensors.filter { $0.name != tensor.name }
            try ModelArchive(manifest: original.manifest, tensors: others).write(to: path)
            #expect(throws: (any Error).self, "\(tensor.name)") {
                try FittedImageDetector(reading: path)
            }
        }
    }
}
