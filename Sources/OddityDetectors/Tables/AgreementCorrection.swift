internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPlatform

/// How often Cauchy's combination of the members' p-values stays below a value on normal rows.
///
/// The combination is exact when members are independent, when they agree, and for the smallest p-values; in
/// between it is up to a fifth too small. How far is drawn once from normal quantiles with
/// the members' mean correlation, the model in which the rule was proved (Liu and Xie 2020).
struct AgreementCorrection: Sendable, Equatable {
    /// Logarithms of combined p-values, ascending; the last is 0.
    let combined: [Double]
    /// For each the logarithm of the share of normal rows that have one no larger.
    let corrected: [Double]

    /// The shares at which the distribution is kept; between two of them it is interpolated.
    private static let shares = [
        0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4,
        0.5, 0.6, 0.7, 0.8, 0.9,
    ]
    /// The rows that are drawn: the share 0.01 is met to within 3 % of itself.
    private static let drawCount = 1 << 17

    /// Restores what was drawn.
    init(combined: [Double], corrected: [Double]) {
        self.combined = combined
        self.corrected = corrected
    }

    /// Draws rows of `memberCount` p-values whose normal quantiles have the given correlation.
    ///
    /// - Parameters:
    ///   - memberCount: at least 1; for 1 nothing is corrected.
    ///   - correlation: from 0 to 1.
    init(memberCount: Int, correlation: Double) {
        guard memberCount > 1 else {
            self.init(combined: [-1, 0], corrected: [-1, 0])
            return
        }
        let shared = correlation.squareRoot()
        let own = (1 - correlation).squareRoot()
        let count = AgreementCorrection.drawCount
        var stream = RandomStream(seed: 0, use: .calibrating)
        var normals = [Float](repeating: 0, count: memberCount + 1)
        var logarithms = [Double](repeating: 0, count: memberCount)
        var combined = [Double](repeating: 0, count: count)
        for draw in 0..<count {
            normals.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
            for member in 0..<memberCount {
                let quantile =
                    shared * Double(normals[memberCount]) + own * Double(normals[member])
                logarithms[member] = log(erfc(quantile / 2.0.squareRoot()) / 2)
            }
            combined[draw] = CombinedPValue.cauchyLogarithm(logarithms)
        }
        combined.sort()
        let shares = AgreementCorrection.shares
        self.init(
            combined: shares.map { combined[Int($0 * Double(count))] } + [0],
            corrected: shares.map { log($0) } + [0]
        )
    }

    /// The logarithm of the share of normal rows whose combined p-value is no larger.
    ///
    /// Below the smallest value that was kept it differs by as much as there.
    func logarithm(of value: Double) -> Double {
        guard value > combined[0] else { return value - combined[0] + corrected[0] }
        var upper = 1
        while upper < combined.count - 1, combined[upper] < value { upper += 1 }
        let width = combined[upper] - combined[upper - 1]
        let fraction = width > 0 ? min(1, (value - combined[upper - 1]) / width) : 1
        return corrected[upper - 1] + fraction * (corrected[upper] - corrected[upper - 1])
    }
}
