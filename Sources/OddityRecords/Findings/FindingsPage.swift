package import OddityDatasets
package import OddityDetectors
internal import OddityEvaluation
internal import OddityFiles
package import OddityReports

/// What a page about scores without labels shows, gathered as scores come: so many numbers that memory is bounded, and the
/// few rows that are shown.
package struct FindingsPage {
    /// The most rows that the overview shows, beside anomalies.
    private static let dotLimit = 4000
    /// The most scores of normal rows, and of anomalies, that the histogram is drawn from.
    private static let measureLimit = 500_000
    /// The most anomalies that the overview marks.
    private static let markLimit = 500

    private let unit: FindingsReport.Unit
    private let rule: DecisionRule
    private var normalMeasures = EvenSample<Double>(limit: FindingsPage.measureLimit)
    private var oddMeasures = EvenSample<Double>(limit: FindingsPage.measureLimit)
    private var oddest = ShownRows(limit: 20)
    private var blame: [String: FindingsReport.BlamedColumn] = [:]
    private let overview: RowOverview?
    private var dots = EvenSample<ChartPoint>(limit: FindingsPage.dotLimit)
    private var marked: [ScatterChart.NamedPoint] = []

    package init(unit: FindingsReport.Unit, rule: DecisionRule, overview: RowOverview? = nil) {
        self.unit = unit
        self.rule = rule
        self.overview = overview
    }

    /// Adds the rows of a table.
    ///
    /// - Parameter name: what a row is called, by its number within the chunk.
    package mutating func append(
        _ verdicts: [Verdict],
        of chunk: Table,
        name: (Int) -> String
    ) throws {
        let points = try overview?.points(of: chunk)
        for (row, verdict) in verdicts.enumerated() {
            append(
                verdict.score,
                isAnomaly: verdict.isAnomaly,
                reasons: verdict.reasons,
                name: name(row)
            )
            guard let points else { continue }
            add(
                ChartPoint(x: points[row].x, y: points[row].y),
                isAnomaly: verdict.isAnomaly,
                name: name(row)
            )
        }
    }

    /// Adds a row, an image or a step.
    ///
    /// - Parameters:
    ///   - score: what ranks it.
    ///   - judged: what p-value and verdict are about, where that is another score.
    ///   - isAnomaly: whether it is called one.
    ///   - reasons: the columns that make it odd.
    ///   - name: what it is called.
    package mutating func append(
        _ score: RowScore,
        judged: RowScore? = nil,
        isAnomaly: Bool,
        reasons: [Reason] = [],
        name: @autoclosure () -> String
    ) {
        let measure = rule.measure(of: judged ?? score)
        if !isAnomaly {
            normalMeasures.append(measure)
        } else {
            oddMeasures.append(measure)
            for (place, reason) in reasons.enumerated() {
                var column =
                    blame[reason.column]
                    ?? FindingsReport.BlamedColumn(name: reason.column, firstCount: 0, count: 0)
                column.count += 1
                if place == 0 { column.firstCount += 1 }
                blame[reason.column] = column
            }
        }
        oddest.insert(
            ReportedRow(score, isFlagged: isAnomaly, reasons: reasons, name: name())
        )
    }

    /// Rows that are not marked are thinned evenly, so that a page of many stays small.
    private mutating func add(_ point: ChartPoint, isAnomaly: Bool, name: String) {
        if isAnomaly, marked.count < FindingsPage.markLimit {
            marked.append(ScatterChart.NamedPoint(name: name, point: point))
            return
        }
        dots.append(point)
    }

    /// The page.
    ///
    /// - Throws: `EvaluationError` where there is nothing to show.
    package func report(source: String, subtitle: String, threshold: Double) throws
        -> FindingsReport
    {
        var report = try FindingsReport(
            title:
                "Odd \(unit.rawValue)s of \(source == "-" ? "standard input" : fileName(source))",
            subtitle: subtitle,
            unit: unit,
            scores: LabeledScores(
                scores: normalMeasures.elements + oddMeasures.elements,
                labels: normalMeasures.elements.map { _ in false }
                    + oddMeasures.elements.map { _ in true }
            ),
            decision: "\(rule)",
            counts: (rows: normalMeasures.count + oddMeasures.count, anomalies: oddMeasures.count)
        )
        report.threshold = threshold.isFinite ? threshold : nil
        report.oddestRows = oddest.rows
        report.blamedColumns = blame.values.sorted {
            ($0.count, $0.firstCount, $1.name) > ($1.count, $1.firstCount, $0.name)
        }
        report.overview = chart
        return report
    }

    private var chart: ScatterChart? {
        guard let overview, dots.count + marked.count > 0 else { return nil }
        func axis(_ index: Int, _ name: String) -> ChartAxis {
            let share = overview.explainedShare
            let text = share.indices.contains(index) ? " (\(percent(share[index], 0)))" : ""
            return ChartAxis(title: "\(name) component\(text)")
        }
        return ScatterChart(
            title: "Overview",
            summary:
                "Each \(unit.rawValue) in the plane in which training rows differ most, columns taken "
                + "as normal scores: their first two principal components, and the share of the variance that "
                + "each holds. What is odd in other directions lies among the rest.",
            xAxis: axis(0, "first"),
            yAxis: axis(1, "second"),
            points: dots.elements,
            pointsName: "normal"
                + (dots.stride > 1 ? ", one of \(dots.stride)" : ""),
            marked: marked,
            markedName: "anomaly"
        )
    }
}

extension FindingsReport {
    /// Writes the page, completely or not at all.
    package func write(to path: String) throws {
        let file = try OutputFile(path: path)
        try file.write(html)
        try file.close()
    }
}

extension FindingsReport.ColumnQuality {
    /// What was found in each column of a table.
    package static func columns(of summary: TableSummary) -> [FindingsReport.ColumnQuality] {
        zip(summary.schema.columns, summary.statistics).map { column, statistics in
            FindingsReport.ColumnQuality(
                name: column.name,
                role: column.kind.rawValue,
                missingCount: statistics.missingCount,
                content: content(column, statistics),
                note: column.concern
                    ?? (statistics.isConstant && column.kind != .ignored
                        ? "the same in every row: watched for change"
                        : column.kind == .ignored ? column.reason : "")
            )
        }
    }

    private static func content(_ column: ColumnSchema, _ statistics: ColumnStatistics) -> String {
        if column.kind == .numeric, let low = statistics.minimum, let high = statistics.maximum {
            return low == high
                ? short(low)
                : "\(short(low)) to \(short(high))"
                    + (statistics.mean.map { ", mean \(short($0))" } ?? "")
        }
        let count =
            statistics.isDistinctCountExact
            ? grouped(statistics.distinctCount) : "more than \(grouped(statistics.distinctCount))"
        let examples = statistics.examples.prefix(3).joined(separator: ", ")
        return "\(count) different" + (examples.isEmpty ? "" : ": \(examples)")
            + (statistics.distinctCount > 3 ? ", …" : "")
    }
}
