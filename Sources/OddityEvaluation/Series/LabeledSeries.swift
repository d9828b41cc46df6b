/// The scores of a series with the truth about each row.
///
/// A row whose score is `nil` or NaN is *unscored*, as the first rows of a window are. One rule holds
/// for it everywhere: it is never flagged, and in a ranking it stands below every score. So an
/// event that lies in unscored rows is missed, and an unscored row ends a run of flagged ones.
public struct LabeledSeries: Equatable, Sendable {
    /// One score per row, higher is odder; −∞ stands for an unscored row.
    let scores: [Double]
    /// One label per row; `true` is an anomaly.
    public let labels: [Bool]
    /// Where the series breaks.
    public let segments: SeriesSegments
    /// The events of the truth: the runs of labels that are `true`.
    public let events: [EventSpan]
    /// The number of rows without a score.
    public let unscoredRowCount: Int
    /// The number of rows whose label is `true`.
    public let anomalyCount: Int

    /// The number of rows.
    public var rowCount: Int { labels.count }

    /// Pairs scores with labels.
    ///
    /// - Parameters:
    ///   - scores: One score per row in order of time; higher is odder; `nil` or NaN where a row
    ///     has none.
    ///   - labels: One label per row; `true` is an anomaly.
    ///   - segments: Where the series breaks; by default nowhere.
    /// - Throws: `EvaluationError` with code `lengthMismatch`, `empty` (no row, or none scored) or
    ///   `nonFiniteScore` (an infinite score).
    public init(scores: [Double?], labels: [Bool], segments: SeriesSegments? = nil) throws {
        guard scores.count == labels.count else {
            throw EvaluationError(
                code: .lengthMismatch,
                message: "there are \(scores.count) scores and \(labels.count) labels; "
                    + "give one label for each score"
            )
        }
        var ranked: [Double] = []
        ranked.reserveCapacity(scores.count)
        var unscored = 0
        for (row, score) in scores.enumerated() {
            guard let score, !score.isNaN else {
                unscored += 1
                ranked.append(-.infinity)
                continue
            }
            guard score.isFinite else {
                throw EvaluationError(
                    code: .nonFiniteScore,
                    message: "score \(row + 1) of \(scores.count) is \(score); every score must be "
                        + "a finite number, or missing where a row has none"
                )
            }
            ranked.append(score)
        }
        guard unscored < scores.count else {
            throw EvaluationError(
                code: .empty,
                message: scores.isEmpty
                    ? "there are no scores; give at least one row to evaluate"
                    : "none of the \(scores.count) rows has a score; score at least one to evaluate"
            )
        }
        let segments = segments ?? SeriesSegments(rowCount: labels.count)
        events = try EventSpan.spans(of: labels, in: segments)
        anomalyCount = events.reduce(0) { $0 + $1.count }
        unscoredRowCount = unscored
        self.scores = ranked
        self.labels = labels
        self.segments = segments
    }

    /// Makes sure that both classes are there.
    func requireBothClasses(for figure: String) throws(EvaluationError) {
        if anomalyCount > 0, anomalyCount < rowCount { return }
        let (present, missing) =
            anomalyCount > 0 ? ("anomalies (label 1)", "normal") : ("normal (label 0)", "anomalous")
        throw EvaluationError(
            code: .oneClassOnly,
            message: "all \(rowCount) rows are \(present), and \(figure) needs both classes; "
                + "add \(missing) rows or check the label column"
        )
    }
}
