internal import OddityLinearAlgebra

/// The mean of (∂p − ∂t)², where ∂ is the difference of neighbours along each axis.
final class GradientDifference: ImageTerm {
    private let plane: Plane
    private let channels: Int
    // p − t
    private let errors: AlignedBuffer

    init(shape: Shape) {
        plane = Plane(of: shape)
        channels = shape.channels
        errors = AlignedBuffer(count: shape.count)
    }

    func value(
        predicted: UnsafePointer<Float>,
        expected: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?,
        scale: Float
    ) -> Double {
        let errors = errors.baseAddress
        for i in 0..<self.errors.count { errors[i] = predicted[i] - expected[i] }
        let length = plane.width * channels
        let count = (plane.height * (plane.width - 1) + (plane.height - 1) * plane.width) * channels
        guard count > 0 else { return 0 }
        let slope = 2 * scale / Float(count)
        var sum = 0.0
        for y in 0..<plane.height {
            let place = y * length
            sum += add(errors, place, channels, length - channels, slope, gradient)
            if y + 1 < plane.height { sum += add(errors, place, length, length, slope, gradient) }
        }
        return sum / Double(count)
    }

    /// The sum of squared differences of numbers `step` apart, and its gradient.
    private func add(
        _ errors: UnsafePointer<Float>,
        _ start: Int,
        _ step: Int,
        _ count: Int,
        _ slope: Float,
        _ gradient: UnsafeMutablePointer<Float>?
    ) -> Double {
        let low = errors + start
        let high = low + step
        var sum: Float = 0
        for i in 0..<count {
            let difference = high[i] - low[i]
            sum += difference * difference
        }
        if let gradient {
            let lowGradient = gradient + start
            let highGradient = lowGradient + step
            for i in 0..<count {
                let share = slope * (high[i] - low[i])
                highGradient[i] += share
                lowGradient[i] -= share
            }
        }
        return Double(sum)
    }
}
