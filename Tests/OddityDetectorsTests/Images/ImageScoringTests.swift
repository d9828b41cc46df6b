import Foundation
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

@testable import OddityDetectors

/// Distances of the codes of images.
@Suite struct ImageScoringTests {
    private static let shape = ImageShape(height: 12, width: 10)

    private static let detectors: [ImageDetector] = [
        changed(ImageSamples.detector) { $0.scoring = .residualAndCode },
        changed(ImageSamples.detector) {
            $0.scoring = .code
            $0.codeDistance = .mahalanobis
        },
        changed(ImageSamples.detector) {
            $0.scoring = .code
            $0.codeDistance = .center
            $0.measures = .pixels
        },
        ConvolutionalSamples.detector { detector, network in
            detector.scoring = .residualAndCode
            detector.pixelScore.summary = .topShare(0.2)
            network.variant = .denoising(.gaussian(deviation: 0.1))
            network.bottleneck = .convolutional
        },
    ]

    private static func changed(
        _ detector: ImageDetector,
        _ change: (inout ImageDetector) -> Void
    ) -> ImageDetector {
        var detector = detector
        change(&detector)
        return detector
    }

    @Test(arguments: detectors.indices)
    func keepsTheInvariants(index: Int) throws {
        try checkImageDetector(Self.detectors[index], shape: Self.shape)
    }

    @Test func layersOfCodesHaveTheirSize() throws {
        let geometry = ImageGeometry(Self.shape, pooledSide: 64)
        for variant in [
            AutoencoderVariant.plain, .sparse(.l1(weight: 0.1)), .sparse(.largest(count: 2)),
            .denoising(.gaussian(deviation: 0.1)), .variational(VariationalCode(klWeight: 0.1)),
        ] {
            for channels in [[4], [4, 6], nil] {
                var network = ConvolutionalNetwork()
                network.channels = channels
                network.latentSize = 5
                network.variant = variant
                let description = try network.description(for: geometry.pooledShape)
                let layer = network.codeLayer(for: geometry.pooledShape)
                #expect(
                    description.outputSize(ofLayer: layer) == 5,
                    "\(variant), \(channels ?? [])"
                )
            }
        }
        let dense = ScaledNetwork.description(inputSize: 20, sizes: [9, 7, 3])
        #expect(dense.outputSize(ofLayer: ScaledNetwork.codeLayer(sizes: [9, 7, 3])) == 3)
        #expect(dense.layers[ScaledNetwork.codeLayer(sizes: [9, 7, 3])] == .dense(outputSize: 3))
    }

    @Test func theDistanceIsThatToTheNearestTrainingCode() throws {
        let training = ImageSamples.squares(count: 24, shape: Self.shape, seed: 1)
        let detector = try Self.changed(ImageSamples.detector) {
            $0.scoring = .code
            $0.measures = .pixels
        }.fitted(to: training, shape: Self.shape)
        let images = ImageSamples.squares(count: 5, shape: Self.shape, seed: 2)
        let measurer = ImageMeasurer(detector.basis, members: detector.members)
        images.withUnsafeElements { elements in
            if let base = elements.baseAddress { measurer.measure(base, count: 5) }
        }
        for (member, part) in zip(detector.members, measurer.parts) {
            guard case .nearest(let nearest) = try #require(member.code) else {
                Issue.record("the nearest code is the default")
                return
            }
            // A fold of two has half of the images, each of which is kept.
            #expect(nearest.references.rowCount == 12)
            // Images of this size are not pooled.
            var scaled = images
            scaled.withUnsafeMutableElements { elements in
                guard let base = elements.baseAddress else { return }
                member.pixels.scaling.apply(base, count: 5, into: base)
            }
            let codes = try member.pixels.network.outputs(for: scaled, ofLayer: 2)
            for row in 0..<5 {
                let distances = (0..<12).map { reference in
                    (0..<nearest.latentSize).reduce(0.0) { sum, j in
                        let code = (codes[row, j] - nearest.mean[j]) * nearest.inverseDeviation[j]
                        let difference = Double(code - nearest.references[reference, j])
                        return sum + difference * difference
                    }.squareRoot()
                }
                let expected = log(try #require(distances.min()))
                #expect(abs(part.codeDistances[row] - expected) < 1e-4)
            }
        }
    }

    @Test func joinsLogarithmsOfTails() {
        let values = (0..<40).map { Double($0) }
        func surprise(_ scoring: ImageScoring, _ measures: ImageMeasures) -> Double {
            var configuration = ImageDetector()
            configuration.scoring = scoring
            configuration.measures = measures
            let heldOut = values.map {
                ImageMeasurements(global: $0, structure: $0, raw: $0, pixels: $0, code: -$0)
            }
            return MeasureCalibration(heldOut, alignment: 1, configuration: configuration).surprise(
                of: ImageMeasurements(global: 9.5, structure: 0, raw: 0, pixels: 9.5, code: -0.5)
            )
        }
        let pixels = surprise(.residual, .pixels)
        let code = surprise(.code, .pixels)
        #expect(pixels < 0.5 && code > 3)
        #expect(abs(surprise(.residualAndCode, .pixels) - (pixels + code) / 2) < 1e-9)
        let rest = surprise(.residual, .all) - 3.5 * pixels
        #expect(abs(surprise(.code, .all) - rest - 3.5 * code) < 1e-9)
    }

    @Test func aScoreOfPixelsNeedsPixels() throws {
        let detector = Self.changed(ImageDetector()) {
            $0.scoring = .code
            $0.measures = .pixels
            $0.pixelScore.standardizes = true
        }
        #expect(throws: DetectorError.self) { try detector.validate() }
    }
}
