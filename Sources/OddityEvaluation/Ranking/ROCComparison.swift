internal import OddityPlatform

/// The areas under the ROC curves of two scores of the same rows, and whether they differ by more than chance.
///
/// By DeLong's test for correlated curves (DeLong, DeLong and Clarke-Pearson 1988).
public struct ROCComparison: Equatable, Sendable {
    /// The area of the first score.
    public let first: Double
    /// The area of the second score.
    public let second: Double
    /// The standard error of the difference; nil where a class has fewer than two rows.
    public let standardError: Double?
    /// The interval of first − second; nil where the rows tell none.
    public let interval: ConfidenceInterval?
    /// The probability of such a difference or a larger one, to either side, if the true areas were equal; 1 where the
    /// scores rank all rows alike, and nil where the rows tell none.
    public let pValue: Double?

    /// The area of the first score less that of the second.
    public var difference: Double { first - second }

    /// Compares two scores.
    ///
    /// - Parameters:
    ///   - first: One score per row; higher is odder.
    ///   - second: Other scores of the same rows.
    ///   - labels: One label per row; `true` is an anomaly.
    ///   - confidence: That of the interval.
    /// - Throws: ``EvaluationError`` as ``ROCCurve`` does, and with code `invalidRate`.
    /// - Complexity: O(*n* log *n*).
    public init(
        _ first: [Double],
        _ second: [Double],
        labels: [Bool],
        confidence: Double = 0.95
    ) throws {
        let errorCount = try ConfidenceInterval.errorCount(confidence)
        let a = try Placements(scores: first, labels: labels)
        let b = try Placements(scores: second, labels: labels)
        (self.first, self.second) = (a.area, b.area)
        guard let own = a.variance, let other = b.variance,
            let shared = Placements.covariance(a, b)
        else {
            (standardError, interval, pValue) = (nil, nil, nil)
            return
        }
        let difference = a.area - b.area
        let variance = max(0, own + other - 2 * shared)
        let error = variance.squareRoot()
        standardError = error
        // Rounding leaves a trace of a variance that is none.
        guard variance > 1e-14 * (own + other) else {
            interval = nil
            pValue = difference == 0 ? 1 : nil
            return
        }
        interval = ConfidenceInterval(
            lower: difference - errorCount * error,
            upper: difference + errorCount * error,
            confidence: confidence
        )
        pValue = erfc(abs(difference) / error / 2.0.squareRoot())
    }
}
