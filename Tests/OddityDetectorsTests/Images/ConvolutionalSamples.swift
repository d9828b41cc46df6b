import OddityDetectors
import OddityLinearAlgebra

/// Images of a slope with a spot in it, and small convolutional detectors of them.
enum ConvolutionalSamples {
    /// A slope of some steepness with noise; with defects, a dark spot of 3 × 3 pixels at row 2, column 3.
    static func slopes(
        count: Int,
        shape: ImageShape,
        seed: UInt64,
        hasDefects: Bool = false
    ) -> Matrix {
        var stream = RandomStream(seed: seed, use: .sampling)
        var elements: [Float] = []
        for _ in 0..<count {
            let steepness = 0.3 + 0.3 * stream.uniform()
            for y in 0..<shape.height {
                for x in 0..<shape.width {
                    let isSpot = hasDefects && 2...4 ~= y && 3...5 ~= x
                    let slope = 0.2 + steepness * Float(x + y) / Float(shape.width + shape.height)
                    for _ in 0..<shape.channels {
                        elements.append((isSpot ? 0.9 : slope) + 0.04 * stream.uniform())
                    }
                }
            }
        }
        return Matrix(rowCount: count, columnCount: shape.elementCount, elements: elements)
    }

    /// The network of pixels alone, small and quick to train.
    static func detector(
        _ change: (inout ImageDetector, inout ConvolutionalNetwork) -> Void = { _, _ in }
    ) -> ImageDetector {
        var detector = ImageDetector()
        detector.folds = 2
        detector.globalSizes = [16, 4]
        detector.patchSizes = [16, 4]
        detector.steps = 6
        detector.patchSteps = 6
        detector.patchCount = 200
        detector.measures = .pixels
        var network = ConvolutionalNetwork()
        network.channels = [4, 6]
        network.latentSize = 3
        network.steps = 8
        network.batchSize = 8
        change(&detector, &network)
        detector.pixelNetwork = .convolutional(network)
        return detector
    }
}
