internal import OddityLinearAlgebra

/// How bright and how rich in contrast normal images are.
///
/// The other measures look away from both: a normal image of the same thing in another light should
/// stay normal. Light beyond that of all normal images is odd all the same: a lamp or a camera has
/// failed. An image's light is the mean, the standard deviation, the least and the largest number of
/// each channel; its distance is that of Mahalanobis from the training images.
struct LightRange: Sendable, Equatable {
    /// What is added to each variance: light that differs by less than a fiftieth is not far away.
    private static let leastVariance = 0.02 * 0.02
    /// The numbers of light for each channel.
    private static let countPerChannel = 4

    /// The mean light.
    let mean: [Double]
    /// The root of the precision matrix, row after row.
    let root: [Double]

    init(mean: [Double], root: [Double]) {
        self.mean = mean
        self.root = root
    }

    /// Learns from the light of images, of which there is at least one.
    init(_ lights: [[Double]]) throws {
        let size = lights[0].count
        let count = Double(lights.count)
        let mean = (0..<size).map { i in lights.reduce(0) { $0 + $1[i] } / count }
        var covariance = [Double](repeating: 0, count: size * size)
        for i in 0..<size {
            for j in 0..<size {
                let sum = lights.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) }
                covariance[i * size + j] = sum / count
            }
            covariance[i * size + i] += LightRange.leastVariance
        }
        let system = try SymmetricEigensystem(of: covariance, size: size)
        var root = system.vectors
        for i in root.indices {
            root[i] /= max(system.values[i / size], LightRange.leastVariance).squareRoot()
        }
        self.init(mean: mean, root: root)
    }

    /// The distance of an image's light.
    func distance(_ light: [Double]) -> Double {
        let size = mean.count
        var sum = 0.0
        for i in 0..<size {
            var coordinate = 0.0
            for j in 0..<size { coordinate += root[i * size + j] * (light[j] - mean[j]) }
            sum += coordinate * coordinate
        }
        return sum.squareRoot()
    }

    /// The numbers of an image's light.
    static func size(_ shape: ImageShape) -> Int { countPerChannel * shape.channels }

    /// The light of an image: for each channel mean, standard deviation, least and largest number.
    static func light(of image: UnsafePointer<Float>, shape: ImageShape) -> [Double] {
        let channels = shape.channels
        return (0..<channels).flatMap { channel in
            var sum = 0.0
            var squares = 0.0
            var least = image[channel]
            var largest = least
            for pixel in 0..<shape.pixelCount {
                let x = image[pixel * channels + channel]
                sum += Double(x)
                squares += Double(x * x)
                least = min(least, x)
                largest = max(largest, x)
            }
            let mean = sum / Double(shape.pixelCount)
            let variance = squares / Double(shape.pixelCount) - mean * mean
            return [mean, max(0, variance).squareRoot(), Double(least), Double(largest)]
        }
    }
}
