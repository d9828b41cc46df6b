internal import OddityLinearAlgebra

/// The part of a residual that is not known better: a small share of the feature's deviation from its mean.
///
/// A network whose code is as wide as its rows copies them, and what it leaves over is rounding. Such a
/// residual must not decide: eⱼ² counts as eⱼ² + κ²(xⱼ − mⱼ)², so that where the network copies to within rounding, a
/// row is as odd as it deviates, and anywhere else the share is lost in the residual.
struct ResidualNoise: Sendable, Equatable {
    /// κ: 0.003, and 1 for a single feature, which no other can explain: all of it is residual.
    var share: Float { center.count == 1 ? 1 : 0.003 }

    /// mⱼ, the mean of each feature over the training rows; empty where residuals are taken as they are, as in
    /// models that were written before there was a share.
    let center: [Float]

    /// Residuals as they are.
    static let none = ResidualNoise(center: [])

    init(center: [Float]) {
        self.center = center
    }

    /// Learns the means of training rows.
    init(meanOf features: Matrix) {
        let width = features.columnCount
        var sums = [Double](repeating: 0, count: width)
        features.withUnsafeElements { elements in
            for row in 0..<features.rowCount {
                for j in 0..<width { sums[j] += Double(elements[row * width + j]) }
            }
        }
        center = sums.map { Float($0 / Double(max(1, features.rowCount))) }
    }

    /// The noise of one feature of a row, squared.
    func squared(_ value: Float, feature: Int) -> Double {
        guard !center.isEmpty else { return 0 }
        let deviation = Double(share) * (Double(value) - Double(center[feature]))
        return deviation * deviation
    }

    /// The sum over features of a row's squared noise, each multiplied by a scale.
    func whitened(_ row: UnsafePointer<Float>, scale: UnsafeBufferPointer<Float>) -> Float {
        center.withUnsafeBufferPointer { center in
            let share = share
            var sum: Float = 0
            for j in center.indices {
                let deviation = share * (row[j] - center[j])
                sum += deviation * deviation * scale[j]
            }
            return sum
        }
    }
}
