package import OddityDatasets
package import OddityDetectors
internal import OddityPreprocessing
package import OddityReports

/// Scored and labelled rows: all numbers, and the few rows that a report shows.
package struct EvaluatedRows {
    package var labels: Labels
    package let rule: DecisionRule
    /// What the decision rule looks at, of each row.
    package private(set) var measures: [Double] = []
    /// The p-values of the normal rows.
    package private(set) var normalPValues: [Double] = []
    /// The rows with the highest measures.
    package private(set) var oddest = ShownRows(limit: 200)
    /// The false alarms, and the normal rows with the highest measures of the others.
    private var falsePositives = ShownRows(limit: EvaluationReport.heldRowLimit)
    private var trueNegatives = ShownRows(limit: nextRowLimit)
    /// Compares the normal rows with those of the training.
    package private(set) var monitor: ShiftMonitor
    /// The missed anomalies with the highest measures, and the others with the lowest.
    private var falseNegatives = ShownRows(limit: EvaluationReport.heldRowLimit)
    private var truePositives = ShownRows(limit: nextRowLimit, showsLowest: true)
    /// The groups that rows are judged by besides; nil where none were asked for.
    private var groups: SegmentedRows?
    /// The columns of the data that shown rows have beside their number.
    private let kept: KeptColumns

    /// How many rows a moved threshold finds on the other side of the model's own.
    private static let nextRowLimit = 2_000

    package init(
        labels: Labels,
        of detector: FittedTableDetector,
        by groups: SegmentedRows? = nil,
        keeping kept: KeptColumns = KeptColumns(names: [])
    ) {
        self.labels = labels
        self.groups = groups
        self.kept = kept
        rule = detector.decisionRule
        monitor = ShiftMonitor(detector)
    }

    /// Adds the rows of a chunk.
    package mutating func append(_ rows: [Verdict], _ chunk: Table, file: String) throws {
        let first = labels.values.count
        try labels.append(chunk, file: file)
        try groups?.append(chunk, file: file)
        monitor.add(chunk, rows) { labels.values[first + $0] }
        for (index, row) in rows.enumerated() {
            let isAnomaly = labels.values[first + index]
            measures.append(rule.measure(of: row.score))
            var shown = ReportedRow(
                row.score,
                isFlagged: row.isAnomaly,
                reasons: row.reasons,
                name: "row \(chunk.firstRow + index + 1)",
                isAnomaly: isAnomaly,
                measure: measures[measures.count - 1]
            )
            if !isAnomaly { normalPValues.append(row.score.pValue) }
            if !kept.names.isEmpty {
                shown.own = kept.values(of: chunk, at: index).map { $0 ?? "–" }
            }
            oddest.insert(shown)
            switch (isAnomaly, row.isAnomaly) {
            case (false, true): falsePositives.insert(shown)
            case (false, false): trueNegatives.insert(shown)
            case (true, true): truePositives.insert(shown)
            case (true, false): falseNegatives.insert(shown)
            }
        }
    }

    /// The false alarms, and the normal rows that would be next.
    package var falseAlarms: [ReportedRow] { falsePositives.rows + trueNegatives.rows }

    /// The missed anomalies, and the caught ones that would be next, highest first.
    package var missedAnomalies: [ReportedRow] {
        truePositives.rows.reversed() + falseNegatives.rows
    }

    /// The figures of each group; nil where none were asked for.
    package func segments(threshold: Double) throws -> [Segment]? {
        try groups?.segments(measures: measures, labels: labels.values, threshold: threshold)
    }
}

extension ReportedRow {
    /// A row with its verdict and reasons.
    ///
    /// - Parameter isAnomaly: whether it is one, when that is known.
    init(
        _ score: RowScore,
        isFlagged: Bool,
        reasons: [OddityDetectors.Reason],
        name: String,
        isAnomaly: Bool? = nil,
        measure: Double? = nil
    ) {
        self.init(
            name: name,
            score: score.score,
            pValue: score.tailPValue ?? score.pValue,
            isFlagged: isFlagged,
            isAnomaly: isAnomaly,
            reasons: reasons.map {
                Reason(
                    column: $0.column,
                    value: $0.actual.description,
                    expected: $0.expected.description,
                    share: $0.share
                )
            },
            measure: measure
        )
        isPValueExtrapolated = score.tailPValue != nil
    }
}
