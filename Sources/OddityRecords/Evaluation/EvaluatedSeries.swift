package import OddityDatasets
package import OddityDetectors
internal import OddityEvaluation
internal import OddityPreprocessing
internal import OdditySeries

/// The scored rows of series, in the order of their file.
package struct EvaluatedSeries {
    package struct Row {
        /// The index of its series among the entities; nil for a row that tells none.
        package let entity: Int?
        /// Seconds since 1970; nil without a time that can be used.
        package let seconds: Double?
        /// Whether the series breaks before it.
        package let startsSegment: Bool
        /// What the decision rule looks at; nil without a score.
        package let measure: Double?
    }

    /// What a report draws of a numeric column.
    package struct Channel {
        package let name: String
        /// NaN where there is none.
        fileprivate(set) var actual, lower, upper: [Float]
    }

    /// The share of a column in what made a row odd.
    package struct Share {
        package let column: Int
        package let share: Double
    }

    private let rule: DecisionRule
    /// The least measure of a row whose reasons are kept.
    private let reasonFloor: Double
    /// The columns that are judged.
    package let columns: [String]
    private let places: [String: Int]
    package private(set) var rows: [Row] = []
    /// The names of the series in the order in which they came.
    package private(set) var entities: [String] = []
    private var numbers: [String: Int] = [:]
    /// Empty where no report is asked for.
    package private(set) var channels: [Channel] = []
    /// Of rows that may belong to alarms, by row.
    package private(set) var shares: [Int: [Share]] = [:]
    package private(set) var states = SeriesStates()
    package private(set) var pace: SeriesPace
    /// What ranks each row, by those that follow too; as many as ``rows`` once all are taken.
    package private(set) var rankings: [Double?] = []
    private var smoother: SeriesSmoother<Void>
    /// Whether times were written without an offset from UTC.
    package let isLocalTime: Bool
    /// The p-values of the normal steps.
    package private(set) var normalPValues: [Double] = []
    /// Compares the normal steps with those of the training.
    package private(set) var monitor: ShiftMonitor

    /// - Parameters:
    ///   - drawsChannels: whether a report is asked for, which needs values and reasons.
    ///   - reasonFloor: the least measure of a row whose reasons are kept.
    ///   - delay: by how many rows that follow a row is ranked too.
    ///   - smoothing: how their scores become one.
    package init(
        _ detector: FittedSeriesDetector,
        drawsChannels: Bool,
        reasonFloor: Double,
        delay: Int,
        smoothing: SeriesSmoothing
    ) {
        smoother = SeriesSmoother(delay: delay, by: smoothing)
        rule = detector.decisionRule
        isLocalTime = detector.scoreKeys.isLocalTime ?? false
        pace = SeriesPace(detector)
        monitor = ShiftMonitor(detector)
        self.reasonFloor = reasonFloor
        columns = detector.preparer.columns.map(\.name)
        places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        guard drawsChannels else { return }
        channels = detector.preparer.columns.filter { $0.kind == .numeric }.map {
            Channel(name: $0.name, actual: [], lower: [], upper: [])
        }
    }

    /// The columns whose expected values are wanted.
    package var expectedColumns: [String] { channels.map(\.name) }

    /// Adds the rows of a chunk.
    ///
    /// - Parameter labels: which rows are anomalies, of all rows so far.
    package mutating func append(_ scores: [SeriesScore], _ chunk: Table, labels: [Bool]) {
        let first = rows.count
        monitor.add(chunk, scores.map(\.verdict)) { labels[first + $0] }
        states.add(scores)
        pace.add(scores)
        for (index, score) in scores.enumerated() {
            rankings += smoother.take((), score).map(\.score)
            var measure: Double?
            if let verdict = score.verdict {
                let judged = score.judgedScore ?? verdict.score
                let value = rule.measure(of: judged)
                if !labels[first + index] { normalPValues.append(judged.pValue) }
                if value >= reasonFloor { keep(verdict.reasons) }
                measure = value
            }
            rows.append(
                Row(
                    entity: score.entity.map { number(ofEntity: $0) },
                    seconds: score.state == .usable
                        ? score.instant.map { Double($0.nanoseconds) / 1e9 } : nil,
                    startsSegment: score.startsSegment,
                    measure: measure
                )
            )
        }
        for index in channels.indices {
            let numbers = chunk[channels[index].name]?.numbers
            for (row, score) in scores.enumerated() {
                let expected = score.expected.isEmpty ? nil : score.expected[index]
                channels[index].actual.append(Float(numbers?[row] ?? .nan))
                channels[index].lower.append(Float(expected?.lower ?? .nan))
                channels[index].upper.append(Float(expected?.upper ?? .nan))
            }
        }
    }

    /// No row follows.
    package mutating func finish() { rankings += smoother.finish().map(\.score) }

    /// How well the scores rank rows.
    ///
    /// - Parameter labels: which rows are anomalies.
    /// - Throws: `EvaluationError` if there are no rows with a score.
    package func ranking(labels: [Bool]) throws -> SeriesEvaluationSummary.Ranking {
        let scored = rankings.indices.filter { rankings[$0] != nil }
        let scores = try LabeledScores(
            scores: scored.compactMap { rankings[$0] },
            labels: scored.map { labels[$0] }
        )
        return try SeriesEvaluationSummary.Ranking(
            scores,
            delay: smoother.delay,
            smoothing: smoother.smoothing
        )
    }

    /// Keeps the reasons of the row that comes next.
    private mutating func keep(_ reasons: [Reason]) {
        guard !reasons.isEmpty else { return }
        shares[rows.count] = reasons.compactMap { reason in
            places[reason.column].map { Share(column: $0, share: reason.share) }
        }
    }

    private mutating func number(ofEntity name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = entities.count
        entities.append(name)
        return entities.count - 1
    }
}
