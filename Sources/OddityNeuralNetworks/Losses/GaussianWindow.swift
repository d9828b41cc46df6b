internal import OddityLinearAlgebra
internal import OddityPlatform

/// Weighted means over a Gaussian window at every place where the whole window lies on the image.
///
/// The window has 11 points along each axis and a deviation of 1.5; along an axis of fewer points, the
/// largest odd number of them. Its weights have sum 1.
final class GaussianWindow {
    let image: Plane
    /// The places of the window.
    let places: Plane
    private let channels: Int
    private let vertical: [Float]
    private let horizontal: [Float]
    /// The image after its lines are averaged.
    private let lines: AlignedBuffer

    init(image: Plane, channels: Int) {
        self.image = image
        self.channels = channels
        vertical = GaussianWindow.weights(size: image.height)
        horizontal = GaussianWindow.weights(size: image.width)
        places = Plane(
            height: image.height - vertical.count + 1,
            width: image.width - horizontal.count + 1
        )
        lines = AlignedBuffer(count: image.height * places.width * channels)
    }

    private static func weights(size: Int) -> [Float] {
        let count = size >= 11 ? 11 : (size - 1) / 2 * 2 + 1
        let values = (0..<count).map { i in
            let distance = Double(i - count / 2)
            return exp(-distance * distance / 4.5)
        }
        let sum = values.reduce(0, +)
        return values.map { Float($0 / sum) }
    }

    /// The weighted means of an image, one for each place and channel.
    func average(_ image: UnsafePointer<Float>, into means: UnsafeMutablePointer<Float>) {
        let length = places.width * channels
        let full = self.image.width * channels
        for y in 0..<self.image.height {
            let line = lines.baseAddress + y * length
            line.update(repeating: 0, count: length)
            for (tap, weight) in horizontal.enumerated() {
                GaussianWindow.add(image + y * full + tap * channels, weight, to: line, length)
            }
        }
        for y in 0..<places.height {
            let line = means + y * length
            line.update(repeating: 0, count: length)
            for (tap, weight) in vertical.enumerated() {
                GaussianWindow.add(lines.baseAddress + (y + tap) * length, weight, to: line, length)
            }
        }
    }

    /// The transpose: what gradients by the means are by the image.
    func spread(_ means: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>) {
        let length = places.width * channels
        let full = self.image.width * channels
        lines.baseAddress.update(repeating: 0, count: lines.count)
        for y in 0..<places.height {
            for (tap, weight) in vertical.enumerated() {
                let line = lines.baseAddress + (y + tap) * length
                GaussianWindow.add(means + y * length, weight, to: line, length)
            }
        }
        image.update(repeating: 0, count: self.image.height * full)
        for y in 0..<self.image.height {
            for (tap, weight) in horizontal.enumerated() {
                let line = image + y * full + tap * channels
                GaussianWindow.add(lines.baseAddress + y * length, weight, to: line, length)
            }
        }
    }

    @inline(__always)
    private static func add(
        _ x: UnsafePointer<Float>,
        _ weight: Float,
        to y: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        for i in 0..<count { y[i] += weight * x[i] }
    }
}
