/// The range in which a figure lies with a given confidence.
public struct ConfidenceInterval: Equatable, Hashable, Codable, Sendable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double
    /// The share of such intervals that hold the figure, such as 0.95.
    public let confidence: Double

    /// Creates an interval.
    public init(lower: Double, upper: Double, confidence: Double) {
        (self.lower, self.upper, self.confidence) = (lower, upper, confidence)
    }

    /// How many standard errors lie on each side of a figure.
    ///
    /// - Throws: ``EvaluationError`` with code `invalidRate` unless the confidence lies between 0 and 1.
    static func errorCount(_ confidence: Double) throws(EvaluationError) -> Double {
        guard confidence > 0, confidence < 1 else {
            throw EvaluationError(
                code: .invalidRate,
                message:
                    "a confidence of \(confidence) is none; give one between 0 and 1, such as 0.95"
            )
        }
        return normalQuantile((1 + confidence) / 2)
    }
}
