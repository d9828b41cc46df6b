/// The point-adjusted F1, only ever beside that of random scores.
///
/// - Warning: The figure is misleading. As soon as one row of an event is flagged, all its rows count
///   as found; so a long event is found by chance, and random scores often beat published methods
///   (Kim et al. 2022, "Towards a rigorous evaluation of time-series anomaly detection", AAAI). It
///   is here to compare with papers that report nothing else: never quote it without the baseline,
///   and choose nothing by it.
public struct PointAdjustedF1: Equatable, Sendable {
    /// A figure and the mean of the same figure over draws of random scores.
    public struct Figure: Equatable, Sendable {
        /// The point-adjusted F1 of the scores, in [0, 1].
        public let value: Double
        /// The mean point-adjusted F1 of random scores, in [0, 1].
        public let ofRandomScores: Double
        /// The threshold of the scores that gives the value; infinite if no event has a scored row.
        public let threshold: Double
    }

    /// At the threshold that makes it highest, chosen on the rows it is judged on.
    public let best: Figure
    /// At the given threshold; random scores flag as many rows as the scores do.
    public let atThreshold: Figure
    /// The number of draws of random scores.
    public let drawCount: Int

    /// Measures the scores and random ones.
    ///
    /// - Parameters:
    ///   - series: Scores and labels with rows of both classes.
    ///   - threshold: The threshold in use; rows with `score >= threshold` are flagged.
    ///   - drawCount: The number of draws of random scores, uniform and independent; at least 1.
    ///   - seed: Where the draws start: the same seed gives the same baseline.
    /// - Throws: `EvaluationError` with code `oneClassOnly`, `invalidThreshold` or `invalidSetting`.
    /// - Complexity: O(*drawCount* · *n* log *n*).
    public init(
        _ series: LabeledSeries,
        threshold: Double,
        drawCount: Int = 5,
        seed: UInt64 = 0
    ) throws {
        try series.requireBothClasses(for: "a point-adjusted F1")
        guard !threshold.isNaN else {
            throw EvaluationError(
                code: .invalidThreshold,
                message: "the threshold is NaN; give a number"
            )
        }
        guard drawCount >= 1 else {
            throw EvaluationError(
                code: .invalidSetting,
                message: "the number of draws is \(drawCount); give at least 1"
            )
        }
        let counts = PointAdjustedCounts(series, scores: series.scores)
        let best = counts.best()
        let flaggedCount = series.scores.count { $0 > -.infinity && $0 >= threshold }

        var generator = SplitMix(seed: seed)
        var randomBest = 0.0
        var randomAtThreshold = 0.0
        for _ in 0..<drawCount {
            // Rows without a score stay without one.
            let random = series.scores.map { $0 == -.infinity ? $0 : generator.uniform() }
            let counts = PointAdjustedCounts(series, scores: random)
            randomBest += counts.best().f1
            let cut = flaggedCount == 0 ? 1 : random.sorted(by: >)[flaggedCount - 1]
            randomAtThreshold += counts.f1(at: cut)
        }
        self.best = Figure(
            value: best.f1,
            ofRandomScores: randomBest / Double(drawCount),
            threshold: best.threshold
        )
        atThreshold = Figure(
            value: counts.f1(at: threshold),
            ofRandomScores: randomAtThreshold / Double(drawCount),
            threshold: threshold
        )
        self.drawCount = drawCount
    }
}

/// The scores of events, which count with their highest row, and of normal rows.
private struct PointAdjustedCounts {
    /// The highest score and the number of rows of each event with a scored row, highest first.
    var events: [(peak: Double, count: Int)]
    /// The scores of the scored normal rows, highest first.
    var normals: [Double]
    var anomalyCount: Int

    init(_ series: LabeledSeries, scores: [Double]) {
        events = series.events
            .map { event in (scores[event.rows].reduce(-.infinity, max), event.count) }
            .filter { $0.peak > -.infinity }
            .sorted { $0.peak > $1.peak }
        normals = scores.indices
            .filter { !series.labels[$0] && scores[$0] > -.infinity }
            .map { scores[$0] }
            .sorted(by: >)
        anomalyCount = series.anomalyCount
    }

    func f1(at threshold: Double) -> Double {
        let found = events.lazy.filter { $0.peak >= threshold }.reduce(0) { $0 + $1.count }
        let falseAlarms = normals.count { $0 >= threshold }
        return Double(2 * found) / Double(found + falseAlarms + anomalyCount)
    }

    /// The best F1 and the highest threshold that gives it.
    func best() -> (f1: Double, threshold: Double) {
        // Between the peaks of events a lower threshold only adds false alarms.
        var best = (f1: 0.0, threshold: Double.infinity)
        var found = 0
        var falseAlarms = 0
        for (index, event) in events.enumerated() {
            found += event.count
            if index + 1 < events.count, events[index + 1].peak == event.peak { continue }
            while falseAlarms < normals.count, normals[falseAlarms] >= event.peak {
                falseAlarms += 1
            }
            let f1 = Double(2 * found) / Double(found + falseAlarms + anomalyCount)
            if f1 > best.f1 { best = (f1, event.peak) }
        }
        return best
    }
}
