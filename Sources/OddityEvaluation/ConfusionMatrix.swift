/// How many rows of each class were called what, and the figures that follow from it.
///
/// Positive means anomaly. A figure whose denominator is zero is `nil`, never a made-up 0.
public struct ConfusionMatrix: Equatable, Hashable, Codable, Sendable {
    /// Anomalies that were called anomalies: caught.
    public let truePositives: Int
    /// Normal rows that were called anomalies: false alarms.
    public let falsePositives: Int
    /// Normal rows that were called normal.
    public let trueNegatives: Int
    /// Anomalies that were called normal: missed.
    public let falseNegatives: Int

    /// Makes a matrix of four counts, none negative.
    ///
    /// - Parameters:
    ///   - truePositives: Anomalies called anomalies.
    ///   - falsePositives: Normal rows called anomalies.
    ///   - trueNegatives: Normal rows called normal.
    ///   - falseNegatives: Anomalies called normal.
    public init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
        precondition(
            min(truePositives, falsePositives, trueNegatives, falseNegatives) >= 0,
            "counts are not negative"
        )
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
        self.falseNegatives = falseNegatives
    }

    /// Counts verdicts against labels.
    ///
    /// - Parameters:
    ///   - verdicts: One verdict per row; `true` says anomaly.
    ///   - labels: One label per row; `true` is an anomaly.
    /// - Throws: `EvaluationError` with code `lengthMismatch` or `empty`.
    /// - Complexity: O(*n*).
    public init(verdicts: [Bool], labels: [Bool]) throws {
        guard verdicts.count == labels.count else {
            throw EvaluationError(
                code: .lengthMismatch,
                message: "there are \(verdicts.count) verdicts and \(labels.count) labels; "
                    + "give one label for each verdict"
            )
        }
        guard !labels.isEmpty else {
            throw EvaluationError(
                code: .empty,
                message: "there are no verdicts; give at least one row to evaluate"
            )
        }
        var caught = 0
        var alarms = 0
        var anomalies = 0
        for (verdict, label) in zip(verdicts, labels) {
            anomalies += label ? 1 : 0
            alarms += verdict ? 1 : 0
            caught += verdict && label ? 1 : 0
        }
        self.init(
            truePositives: caught,
            falsePositives: alarms - caught,
            trueNegatives: labels.count - anomalies - (alarms - caught),
            falseNegatives: anomalies - caught
        )
    }

    /// The number of rows.
    public var count: Int { anomalyCount + normalCount }
    /// The number of anomalies.
    public var anomalyCount: Int { truePositives + falseNegatives }
    /// The number of normal rows.
    public var normalCount: Int { falsePositives + trueNegatives }
    /// The number of rows called anomalies.
    public var flaggedCount: Int { truePositives + falsePositives }
}
