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
    package private(set) var oddest = ShownRows(limit: 20)
    /// The normal rows with the highest measures.
    private var normals = ShownRows(limit: EvaluationReport.movingRowLimit)
    /// Compares the normal rows with those of the training.
    package private(set) var monitor: ShiftMonitor
    /// The missed anomalies with the highest measures, and the others with the lowest.
    private var missed = ShownRows(limit: EvaluationReport.movingRowLimit * 3 / 4)
    private var caught = ShownRows(limit: EvaluationReport.movingRowLimit / 4, showsLowest: true)
    /// The groups that rows are judged by besides; nil where none were asked for.
    private var groups: SegmentedRows?
    /// The columns of the data that shown rows have beside their number.
    private let kept: KeptColumns

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
            let shown = ReportedRow(
                row.score,
                isFlagged: row.isAnomaly,
                reasons: row.reasons,
                name: kept.rowName(chunk.firstRow + index, in: chunk, at: index),
                isAnomaly: isAnomaly,
                measure: measures[measures.count - 1]
            )
            if !isAnomaly { normalPValues.append(row.score.pValue) }
            oddest.insert(shown)
            if !isAnomaly {
                normals.insert(shown)
            } else if row.isAnomaly {
                caught.insert(shown)
            } else {
                missed.insert(shown)
            }
        }
    }

    /// The false alarms, and the normal rows that would be next.
    package var falseAlarms: [ReportedRow] { normals.rows }

    /// The missed anomalies, and the caught ones that would be next, highest first.
    package var missedAnomalies: [ReportedRow] { caught.rows.reversed() + missed.rows }

    /// The figures of each group; nil where none were asked for.
    package func segments(threshold: Double) throws -> [Segment]? {
        try groups?.segments(measures: measures, labels: labels.values, threshold: threshold)
    }
}

/// The rows with the highest measures, or with the lowest, up to a limit.
package struct ShownRows {
    package let limit: Int
    private let showsLowest: Bool
    package private(set) var rows: [ReportedRow] = []

    package init(limit: Int, showsLowest: Bool = false) {
        self.limit = limit
        self.showsLowest = showsLowest
    }

    /// Takes a row in if it is among those to be shown; of equal ones the first.
    package mutating func insert(_ row: ReportedRow) {
        func comesBefore(_ other: ReportedRow) -> Bool {
            showsLowest ? row.measure < other.measure : row.measure > other.measure
        }
        if rows.count == limit, let last = rows.last, !comesBefore(last) { return }
        let place = rows.firstIndex(where: comesBefore) ?? rows.count
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
