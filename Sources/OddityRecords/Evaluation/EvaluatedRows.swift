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
    package private(set) var oddest = ShownRows(limit: 20)
    package private(set) var falseAlarms = ShownRows(limit: EvaluationReport.rowLimit)
    /// Compares the normal rows with those of the training.
    package private(set) var monitor: ShiftMonitor
    package private(set) var missed = ShownRows(limit: EvaluationReport.rowLimit)

    package init(labels: Labels, of detector: FittedTableDetector) {
        self.labels = labels
        rule = detector.decisionRule
        monitor = ShiftMonitor(detector)
    }

    /// Adds the rows of a chunk.
    package mutating func append(_ rows: [Verdict], _ chunk: Table, file: String) throws {
        let first = labels.values.count
        try labels.append(chunk, file: file)
        monitor.add(chunk, rows.map(\.isAnomaly)) { labels.values[first + $0] }
        for (index, row) in rows.enumerated() {
            let isAnomaly = labels.values[first + index]
            measures.append(rule.measure(of: row.score))
            let shown = ReportedRow(
                row.score,
                isFlagged: row.isAnomaly,
                reasons: row.reasons,
                name: "row \(chunk.firstRow + index + 1)",
                isAnomaly: isAnomaly
            )
            oddest.insert(shown)
            if row.isAnomaly, !isAnomaly { falseAlarms.insert(shown) }
            if !row.isAnomaly, isAnomaly { missed.insert(shown) }
        }
    }
}

/// The rows with the highest scores, up to a limit.
package struct ShownRows {
    package let limit: Int
    package private(set) var rows: [ReportedRow] = []

    package init(limit: Int) {
        self.limit = limit
    }

    /// Takes a row in if it is among the highest.
    package mutating func insert(_ row: ReportedRow) {
        if rows.count == limit, let last = rows.last, row.score <= last.score { return }
        let place = rows.firstIndex { $0.score < row.score } ?? rows.count
        rows.insert(row, at: place)
        if rows.count > limit { rows.removeLast() }
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
        isAnomaly: Bool? = nil
    ) {
        self.init(
            name: name,
            score: score.score,
            pValue: score.pValue,
            isFlagged: isFlagged,
            isAnomaly: isAnomaly,
            reasons: reasons.map {
                Reason(
                    column: $0.column,
                    value: $0.actual.description,
                    expected: $0.expected.description,
                    share: $0.share
                )
            }
        )
    }
}
