import Foundation
import OddityDetectors
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

/// The convolutional network of pixels of a detector of images.
@Suite struct ConvolutionalNetworkTests {
    typealias Change = @Sendable (inout ImageDetector, inout ConvolutionalNetwork) -> Void

    private static let changes: [(String, Change)] = [
        ("channels", { $1.channels = [5, 6] }), ("depth", { $1.channels = [4] }),
        ("latent size", { $1.latentSize = 2 }), ("bottleneck", { $1.bottleneck = .convolutional }),
        ("mae", { $1.loss = .meanAbsoluteError }), ("bce", { $1.loss = .binaryCrossEntropy }),
        ("ssim", { $1.loss = .structuralSimilarity() }),
        ("ms-ssim", { $1.loss = .multiScaleStructuralSimilarity(errorWeight: 1) }),
        ("gradients", { $1.loss = .gradientDifference() }),
        ("sparse", { $1.variant = .sparse(.l1(weight: 0.1)) }),
        ("divergence", { $1.variant = .sparse(.divergence()) }),
        ("largest", { $1.variant = .sparse(.largest(count: 1)) }),
        ("denoising", { $1.variant = .denoising(.gaussian(deviation: 0.5)) }),
        ("swap", { $1.variant = .denoising(.swap(rate: 0.3)) }),
        ("variational", { $1.variant = .variational(VariationalCode()) }),
        (
            "sparse places",
            {
                $1.bottleneck = .convolutional
                $1.variant = .sparse(.l1(weight: 0.1))
            }
        ), ("steps", { $1.steps = 16 }), ("rate", { $1.learningRate = 0.01 }),
        ("batch", { $1.batchSize = 4 }), ("flips", { $1.augmentation.flipsHorizontally = true }),
        ("vertical flips", { $1.augmentation.flipsVertically = true }),
        ("shift", { $1.augmentation.shift = 1 }),
        ("brightness", { $1.augmentation.brightness = 0.3 }),
        ("top share", { (detector, _) in detector.pixelScore.summary = .topShare() }),
        ("maximum", { (detector, _) in detector.pixelScore.summary = .smoothedMaximum(side: 3) }),
        ("standardized", { (detector, _) in detector.pixelScore.standardizes = true }),
        ("all measures", { (detector, _) in detector.measures = .all }),
    ]

    @Test func everySettingActsAndSurvivesItsFile() throws {
        let shape = ImageShape(height: 9, width: 8)
        let training = ConvolutionalSamples.slopes(count: 20, shape: shape, seed: 1)
        let images = ConvolutionalSamples.slopes(count: 5, shape: shape, seed: 2)
        func scores(_ change: Change) throws -> [RowScore] {
            let configuration = ConvolutionalSamples.detector(change)
            let detector = try configuration.fitted(to: training, shape: shape)
            let path = FileManager.default.temporaryDirectory
                .appendingPathComponent("\(UUID().uuidString).safetensors").path
            defer { try? FileManager.default.removeItem(atPath: path) }
            try detector.write(to: path)
            let restored = try FittedImageDetector(reading: path)
            #expect(restored.configuration == configuration)
            #expect(try restored.encoded() == detector.encoded())
            let scores = try detector.scores(of: images)
            #expect(try restored.scores(of: images) == scores)
            #expect(scores.allSatisfy { $0.score.isFinite && $0.error.isFinite })
            return scores
        }
        let plain = try scores { _, _ in }
        for (name, change) in Self.changes {
            #expect(try scores(change).map(\.score) != plain.map(\.score), "\(name)")
        }
    }

    /// The last is so large that its network's tiles have fewer than 64 rows.
    @Test(arguments: [
        ImageShape(height: 7, width: 10, channels: 3), ImageShape(height: 24, width: 26),
    ])
    func scoresDependOnTheImageAlone(shape: ImageShape) throws {
        for measures in ImageMeasures.allCases {
            let configuration = ConvolutionalSamples.detector { detector, network in
                detector.measures = measures
                detector.pixelScore.summary = .smoothedMaximum()
                network.channels = [16, 8]
                network.steps = 2
                network.augmentation.shift = 1
                network.augmentation.flipsHorizontally = true
            }
            let training = ConvolutionalSamples.slopes(count: 12, shape: shape, seed: 1)
            let images = ConvolutionalSamples.slopes(count: 70, shape: shape, seed: 2)
            let detector = try configuration.fitted(to: training, shape: shape)
            let other = try configuration.fitted(to: training, shape: shape, threadCount: 3)
            #expect(try detector.encoded() == other.encoded())
            let scores = try detector.scores(of: images)
            #expect(Set(scores.map(\.score)).count > 10)
            #expect(try detector.scores(of: images, threadCount: 2) == scores)
            for row in [0, 31, 32, 63, 64, 69] {
                #expect(try detector.scores(of: images.rows(row..<row + 1)) == [scores[row]])
            }
            let explained = try detector.explained(of: images.rows(0..<3))
            #expect(explained.map(\.score) == Array(scores[..<3]))
            #expect(explained.allSatisfy { $0.heatMap.count == shape.pixelCount })
        }
    }

    @Test(arguments: [PixelScore.Summary.mean, .topShare(0.1), .smoothedMaximum(side: 3)])
    func aPlantedSpotIsFound(summary: PixelScore.Summary) throws {
        let shape = ImageShape(height: 12, width: 12)
        let configuration = ConvolutionalSamples.detector { detector, network in
            detector.pixelScore.summary = summary
            detector.pixelScore.standardizes = true
            network.steps = 60
            network.learningRate = 0.005
        }
        let training = ConvolutionalSamples.slopes(count: 40, shape: shape, seed: 1)
        let detector = try configuration.fitted(to: training, shape: shape)
        #expect(detector.networkHistories.allSatisfy { $0.global.isEmpty && $0.patches.isEmpty })
        let normal = ConvolutionalSamples.slopes(count: 20, shape: shape, seed: 2)
        let odd = ConvolutionalSamples.slopes(count: 20, shape: shape, seed: 3, hasDefects: true)
        let most = try #require(try detector.scores(of: normal).map(\.score).max())
        let explained = try detector.explained(of: odd)
        #expect(explained.allSatisfy { $0.score.score > most })
        #expect(
            explained.allSatisfy {
                2...4 ~= $0.oddestPixel.row && 3...5 ~= $0.oddestPixel.column
            }
        )
    }

    @Test func theDenseNetworkMayStandAlone() throws {
        let shape = ImageShape(height: 12, width: 12)
        var configuration = ConvolutionalSamples.detector()
        configuration.pixelNetwork = .dense
        configuration.steps = 60
        let training = ConvolutionalSamples.slopes(count: 40, shape: shape, seed: 1)
        let detector = try configuration.fitted(to: training, shape: shape)
        let normal = ConvolutionalSamples.slopes(count: 20, shape: shape, seed: 2)
        let odd = ConvolutionalSamples.slopes(count: 20, shape: shape, seed: 3, hasDefects: true)
        let most = try #require(try detector.scores(of: normal).map(\.score).max())
        #expect(try detector.scores(of: odd).allSatisfy { $0.score > most })
    }

    @Test func depthFollowsFromTheSize() {
        for (side, channels) in [
            (4, [16]), (8, [16]), (16, [16]), (28, [16, 32]), (32, [16, 32]), (64, [16, 32, 64]),
        ] {
            let shape = ImageShape(height: side, width: 5)
            #expect(ConvolutionalNetwork().resolvedChannels(for: shape) == channels)
        }
    }
}
