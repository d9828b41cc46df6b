/// Every figure of a detector on a labelled series, at one alarm rule.
///
/// The alarms are those of the rule; volumes and the best point-adjusted F1 need no threshold. For
/// what happens to rows without a score see ``LabeledSeries``.
public struct SeriesEvaluation: Equatable, Sendable {
    /// What is measured, and how.
    public struct Options: Equatable, Sendable {
        /// When an alarm opens and closes.
        public var rule: AlarmRule
        /// The longest buffer of ``VolumeUnderSurface`` in rows.
        public var bufferLength: Int
        /// What touching an event is worth in ``RangeBasedFigures``, from 0 to 1.
        public var alpha = 0.0
        /// Which rows of an event weigh most in ``RangeBasedFigures``.
        public var bias = RangeBasedFigures.Bias.flat
        /// The number of draws of random scores beside ``PointAdjustedF1``.
        public var drawCount = 5
        /// The seed of those draws.
        public var seed: UInt64 = 0

        /// Makes options; the others have defaults.
        public init(rule: AlarmRule, bufferLength: Int) {
            self.rule = rule
            self.bufferLength = bufferLength
        }
    }

    /// How it was measured.
    public let options: Options
    /// The number of rows.
    public let rowCount: Int
    /// The number of rows without a score.
    public let unscoredRowCount: Int
    /// The number of rows whose label is an anomaly.
    public let anomalyCount: Int
    /// The alarms, in order.
    public let alarms: [AlarmEvent]
    /// Events found, false alarms, delays.
    public let detection: EventDetection
    /// Precision and recall by coverage.
    public let ranges: RangeBasedFigures
    /// Precision and recall by nearness.
    public let affiliation: AffiliationFigures
    /// VUS-ROC and VUS-PR.
    public let volume: VolumeUnderSurface
    /// The misleading figure, with its random baseline.
    public let pointAdjusted: PointAdjustedF1

    /// Measures everything.
    ///
    /// - Parameters:
    ///   - series: Scores and labels with rows of both classes.
    ///   - instants: The time of each row in seconds, for delays in seconds.
    ///   - options: What is measured, and how.
    /// - Throws: `EvaluationError` with code `oneClassOnly`, `lengthMismatch` (instants),
    ///   `invalidInstant`, `invalidRate` or `invalidSetting`.
    public init(_ series: LabeledSeries, instants: [Double]? = nil, options: Options) throws {
        try series.requireBothClasses(for: "the evaluation of a series")
        if let instants, instants.count != series.rowCount {
            throw EvaluationError(
                code: .lengthMismatch,
                message: "there are \(instants.count) instants and \(series.rowCount) rows; "
                    + "give one instant for each row"
            )
        }
        alarms = try AlarmEvents.all(
            in: series.scores.map { $0 == -.infinity ? nil : $0 },
            rule: options.rule,
            segments: series.segments
        )
        let spans = alarms.map(\.span)
        detection = try EventDetection(events: series.events, alarms: spans, instants: instants)
        ranges = try RangeBasedFigures(
            events: series.events,
            alarms: spans,
            alpha: options.alpha,
            bias: options.bias
        )
        affiliation = AffiliationFigures(
            events: series.events,
            alarms: spans,
            segments: series.segments
        )
        volume = try VolumeUnderSurface(series, bufferLength: options.bufferLength)
        pointAdjusted = try PointAdjustedF1(
            series,
            threshold: options.rule.openThreshold,
            drawCount: options.drawCount,
            seed: options.seed
        )
        self.options = options
        rowCount = series.rowCount
        unscoredRowCount = series.unscoredRowCount
        anomalyCount = series.anomalyCount
    }
}
