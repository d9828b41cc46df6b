internal import OddityLinearAlgebra

/// The structural similarity of two images at one scale (Wang, Bovik, Sheikh & Simoncelli 2004).
///
/// With Gaussian means μ, variances and covariance σ over a window, C₁ = 0.01² and C₂ = 0.03²:
///
///     luminance = (2μₓμᵧ + C₁) / (μₓ² + μᵧ² + C₁)
///     structure = (2σₓᵧ + C₂) / (σₓ² + σᵧ² + C₂)
///
/// The similarity of a channel is the mean over all windows of their product, or of the structure alone.
final class SimilarityLevel {
    let plane: Plane
    private let channels: Int
    private let isStructureAlone: Bool
    private let window: GaussianWindow
    /// Products of the images, and gradients on their way back.
    private let image: AlignedBuffer
    /// Means of x, y, x², y², xy; then derivatives by those of x, x², xy in their places.
    private let maps: [AlignedBuffer]
    /// A number for each point and channel of a line of windows.
    private let line: AlignedBuffer

    init(plane: Plane, channels: Int, isStructureAlone: Bool) {
        self.plane = plane
        self.channels = channels
        self.isStructureAlone = isStructureAlone
        window = GaussianWindow(image: plane, channels: channels)
        image = AlignedBuffer(count: plane.count * channels)
        let count = window.places.count * channels
        maps = (0..<5).map { _ in AlignedBuffer(count: count) }
        line = AlignedBuffer(count: window.places.width * channels)
    }

    /// Writes the similarity of each channel.
    func measure(
        _ x: UnsafePointer<Float>,
        _ y: UnsafePointer<Float>,
        into similarities: UnsafeMutablePointer<Double>
    ) {
        window.average(x, into: maps[0].baseAddress)
        window.average(y, into: maps[1].baseAddress)
        averageProduct(x, x, into: maps[2].baseAddress)
        averageProduct(y, y, into: maps[3].baseAddress)
        averageProduct(x, y, into: maps[4].baseAddress)
        let sums = line.baseAddress
        let length = line.count
        sums.update(repeating: 0, count: length)
        for row in 0..<window.places.height { compare(row * length, length, addingTo: sums) }
        for c in 0..<channels {
            var sum = 0.0
            for i in stride(from: c, to: length, by: channels) { sum += Double(sums[i]) }
            similarities[c] = sum / Double(window.places.count)
        }
    }

    private func averageProduct(
        _ x: UnsafePointer<Float>,
        _ y: UnsafePointer<Float>,
        into means: UnsafeMutablePointer<Float>
    ) {
        let product = image.baseAddress
        for i in 0..<image.count { product[i] = x[i] * y[i] }
        window.average(product, into: means)
    }

    /// Compares a line of windows and puts derivatives in the place of the means.
    private func compare(_ start: Int, _ count: Int, addingTo sums: UnsafeMutablePointer<Float>) {
        let mx = maps[0].baseAddress + start
        let my = maps[1].baseAddress + start
        let xx = maps[2].baseAddress + start
        let yy = maps[3].baseAddress + start
        let xy = maps[4].baseAddress + start
        let c1: Float = 0.0001
        let c2: Float = 0.0009
        if isStructureAlone {
            for i in 0..<count {
                let a = 2 * (xy[i] - mx[i] * my[i]) + c2
                let b = 1 / (xx[i] - mx[i] * mx[i] + yy[i] - my[i] * my[i] + c2)
                let similarity = a * b
                sums[i] += similarity
                mx[i] = 2 * b * (similarity * mx[i] - my[i])
                xx[i] = -similarity * b
                xy[i] = 2 * b
            }
        } else {
            for i in 0..<count {
                let a1 = 2 * mx[i] * my[i] + c1
                let b1 = 1 / (mx[i] * mx[i] + my[i] * my[i] + c1)
                let a2 = 2 * (xy[i] - mx[i] * my[i]) + c2
                let b2 = 1 / (xx[i] - mx[i] * mx[i] + yy[i] - my[i] * my[i] + c2)
                let similarity = a1 * a2 * b1 * b2
                sums[i] += similarity
                mx[i] = 2 * (my[i] * (a2 - a1) * b1 * b2 + similarity * mx[i] * (b2 - b1))
                xx[i] = -similarity * b2
                xy[i] = 2 * a1 * b1 * b2
            }
        }
    }

    /// Adds gradients by x of weights · similarities, after ``measure(_:_:into:)`` on the same images.
    func addGradient(
        _ x: UnsafePointer<Float>,
        _ y: UnsafePointer<Float>,
        weights: UnsafePointer<Double>,
        to gradient: UnsafeMutablePointer<Float>
    ) {
        let length = line.count
        let shares = line.baseAddress
        for i in 0..<length {
            shares[i] = Float(weights[i % channels] / Double(window.places.count))
        }
        let back = image.baseAddress
        let count = image.count
        spread(maps[0], shares)
        for i in 0..<count { gradient[i] += back[i] }
        spread(maps[2], shares)
        for i in 0..<count { gradient[i] += 2 * x[i] * back[i] }
        spread(maps[4], shares)
        for i in 0..<count { gradient[i] += y[i] * back[i] }
    }

    private func spread(_ map: AlignedBuffer, _ shares: UnsafePointer<Float>) {
        let length = line.count
        for row in 0..<window.places.height {
            let values = map.baseAddress + row * length
            for i in 0..<length { values[i] *= shares[i] }
        }
        window.spread(map.baseAddress, into: image.baseAddress)
    }
}
