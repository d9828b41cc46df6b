internal import OddityLinearAlgebra
internal import OddityPlatform

/// 1 − the mean over channels of the similarity: at one scale, or at several as a product of powers.
final class StructuralSimilarity: ImageTerm {
    /// The exponents of Wang, Simoncelli & Bovik 2003, finest scale first.
    private static let exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

    private let channels: Int
    private let levels: [SimilarityLevel]
    /// The exponent of each level; their sum is 1.
    private let weights: [Double]
    /// The images of the levels after the first.
    private let predictions: [AlignedBuffer]
    private let expectations: [AlignedBuffer]
    /// The gradient by the images of all levels.
    private let gradients: [AlignedBuffer]
    private let similarities: UnsafeMutableBufferPointer<Double>
    private let slopes: UnsafeMutableBufferPointer<Double>

    init(shape: Shape, isMultiScale: Bool) {
        channels = shape.channels
        var planes = [Plane(of: shape)]
        while isMultiScale, planes.count < 5 {
            let half = StructuralSimilarity.half(planes[planes.count - 1])
            guard half.width >= 11, half.height >= 11 || planes[0].height == 1 else { break }
            planes.append(half)
        }
        let total = StructuralSimilarity.exponents[..<planes.count].reduce(0, +)
        weights = StructuralSimilarity.exponents[..<planes.count].map { $0 / total }
        let channels = channels
        let count = planes.count
        levels = planes.enumerated().map { index, plane in
            SimilarityLevel(plane: plane, channels: channels, isStructureAlone: index < count - 1)
        }
        predictions = planes.dropFirst().map { AlignedBuffer(count: $0.count * channels) }
        expectations = planes.dropFirst().map { AlignedBuffer(count: $0.count * channels) }
        gradients = planes.map { AlignedBuffer(count: $0.count * channels) }
        similarities = .allocate(capacity: count * channels)
        similarities.initialize(repeating: 0)
        slopes = .allocate(capacity: count * channels)
        slopes.initialize(repeating: 0)
    }

    deinit {
        similarities.deallocate()
        slopes.deallocate()
    }

    /// Half as large, rounded down; a series stays one high.
    private static func half(_ plane: Plane) -> Plane {
        Plane(height: plane.height == 1 ? 1 : plane.height / 2, width: plane.width / 2)
    }

    func value(
        predicted: UnsafePointer<Float>,
        expected: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?,
        scale: Float
    ) -> Double {
        guard let similarities = similarities.baseAddress else { return 0 }
        for index in levels.indices {
            let (x, y) = images(index, predicted, expected)
            if index > 0 {
                let before = images(index - 1, predicted, expected)
                shrink(before.0, to: index, predictions[index - 1].baseAddress)
                shrink(before.1, to: index, expectations[index - 1].baseAddress)
            }
            levels[index].measure(x, y, into: similarities + index * channels)
        }
        let mean = joinLevels(scale: Double(scale))
        if let gradient { addGradients(predicted, expected, to: gradient) }
        return 1 - mean
    }

    /// The mean over channels of the product over levels, and `scale` times the loss's slopes.
    private func joinLevels(scale: Double) -> Double {
        guard levels.count > 1 else {
            for c in 0..<channels { slopes[c] = -scale / Double(channels) }
            return similarities.reduce(0, +) / Double(channels)
        }
        var sum = 0.0
        for c in 0..<channels {
            var product = 1.0
            for (index, weight) in weights.enumerated() {
                let similarity = similarities[index * channels + c]
                // A power of a number that is not above 0 has no slope here. NaN stays.
                product *= similarity <= 0 ? 0 : pow(similarity, weight)
            }
            sum += product
            for (index, weight) in weights.enumerated() {
                let slope = weight * product / similarities[index * channels + c]
                slopes[index * channels + c] = product == 0 ? 0 : -scale * slope / Double(channels)
            }
        }
        return sum / Double(channels)
    }

    private func addGradients(
        _ predicted: UnsafePointer<Float>,
        _ expected: UnsafePointer<Float>,
        to gradient: UnsafeMutablePointer<Float>
    ) {
        guard let slopes = slopes.baseAddress else { return }
        for index in levels.indices.reversed() {
            let target = gradients[index].baseAddress
            target.update(repeating: 0, count: gradients[index].count)
            if index + 1 < levels.count { grow(gradients[index + 1].baseAddress, from: index + 1) }
            let (x, y) = images(index, predicted, expected)
            levels[index].addGradient(x, y, weights: slopes + index * channels, to: target)
        }
        let first = gradients[0].baseAddress
        for i in 0..<gradients[0].count { gradient[i] += first[i] }
    }

    private func images(
        _ index: Int,
        _ predicted: UnsafePointer<Float>,
        _ expected: UnsafePointer<Float>
    ) -> (UnsafePointer<Float>, UnsafePointer<Float>) {
        index == 0
            ? (predicted, expected)
            : (
                UnsafePointer(predictions[index - 1].baseAddress),
                UnsafePointer(expectations[index - 1].baseAddress)
            )
    }

    /// Means of 2 × 2 points (of 2 on a series); a last odd line or column is left out.
    private func shrink(
        _ image: UnsafePointer<Float>,
        to index: Int,
        _ target: UnsafeMutablePointer<Float>
    ) {
        target.update(repeating: 0, count: levels[index].plane.count * channels)
        forEachPair(index) { small, large, share in
            for c in 0..<channels { target[small + c] += share * image[large + c] }
        }
    }

    /// The transpose: adds a level's gradient to that of the larger one.
    private func grow(_ gradient: UnsafePointer<Float>, from index: Int) {
        let target = gradients[index - 1].baseAddress
        forEachPair(index) { small, large, share in
            for c in 0..<channels { target[large + c] += share * gradient[small + c] }
        }
    }

    /// Calls `body` with each point of a level, and each point of the larger one that it is a mean of.
    @inline(__always)
    private func forEachPair(_ index: Int, _ body: (Int, Int, Float) -> Void) {
        let small = levels[index].plane
        let large = levels[index - 1].plane
        let lineCount = large.height == 1 ? 1 : 2
        let share = 1 / Float(2 * lineCount)
        for y in 0..<(small.height * lineCount) {
            for x in 0..<(small.width * 2) {
                body(
                    (y / lineCount * small.width + x / 2) * channels,
                    (y * large.width + x) * channels,
                    share
                )
            }
        }
    }
}
