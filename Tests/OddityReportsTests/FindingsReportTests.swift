import Foundation
import OddityEvaluation
import Testing

@testable import OddityReports

/// The page of findings.
@Suite struct FindingsReportTests {
    private static func report(anomalies: Int = 2) throws -> FindingsReport {
        let scores = (0..<100).map { Double($0) / 40 }
        return try FindingsReport(
            title: "Odd rows of <table>.csv",
            subtitle: "judged by & with",
            scores: LabeledScores(scores: scores, labels: (0..<100).map { $0 >= 100 - anomalies }),
            decision: "p-value ≤ 0.01"
        )
    }

    private static func full() throws -> FindingsReport {
        var report = try report()
        report.expectedCount = 1
        report.threshold = 2
        report.oddestRows = [
            ReportedRow(
                name: "row 100, id <7>",
                score: 2.5,
                pValue: 0.01,
                isFlagged: true,
                reasons: [.init(column: "a & b", value: "9", expected: "1", share: 1)]
            )
        ]
        report.blamedColumns = (0..<40).map {
            .init(name: "column \($0)", firstCount: 1, count: 2)
        }
        report.overview = ScatterChart(
            title: "Overview",
            summary: "Rows.",
            xAxis: ChartAxis(title: "first"),
            yAxis: ChartAxis(title: "second"),
            points: [ChartPoint(x: 0, y: 0), ChartPoint(x: .nan, y: 1), ChartPoint(x: 1, y: 2)],
            pointsName: "normal",
            marked: [.init(name: "row <100>", point: ChartPoint(x: 9, y: -9))],
            markedName: "anomaly"
        )
        report.leftOut = ["row 100"]
        report.columns = [
            .init(name: "<a>", role: "numeric", missingCount: 3, content: "1 to 9", note: "odd")
        ]
        report.modelCard = [
            ModelCardSection(title: "Data", entries: [.init(name: "rows", value: "99")])
        ]
        return report
    }

    @Test func isWellFormedAndEscaped() throws {
        let html = try Self.full().html
        let page = WellFormed(html)
        #expect(page.isWellFormed)
        #expect(page.hasOnlyFiniteNumbers)
        #expect(page.elements["svg"] == 2)
        #expect(html.contains("Odd rows of &lt;table&gt;.csv"))
        #expect(html.contains("row 100, id &lt;7&gt;"))
        #expect(html.contains("and 10 more columns"))
        #expect(!html.contains("<script"))
    }

    @Test func beginsWithAVerdict() throws {
        #expect(
            try Self.full().html.contains(
                "2 of 100 rows are called anomalies (2.0\u{202F}%); 1.0 would be if all were normal. "
                    + "1 row stands so far out that nothing was learned from it."
            )
        )
        #expect(
            try Self.report(anomalies: 1).html.contains(
                "1 of 100 rows is called an anomaly (1.0\u{202F}%)."
            )
        )
        #expect(
            try Self.report(anomalies: 0).html.contains("None of 100 rows is called an anomaly.")
        )
    }

    @Test func tellsHowManyStandOut() throws {
        var report = try Self.report()
        let body = (0..<100).map { -log(1 - (Double($0) + 0.5) / 100) }
        report.oddShare = OddShare(of: body + [40, 50, 60])
        let html = report.html
        #expect(WellFormed(html).isWellFormed)
        #expect(
            html.contains(
                "About 3 stand out beyond what chance would give, at least 3 with 95\u{202F}% confidence."
            )
        )
        #expect(html.contains("<dt>Beyond chance</dt>"))
        report.oddShare = OddShare(of: body)
        #expect(report.html.contains("None stands out beyond what chance would give."))
    }

    @Test func whatIsNotThereIsLeftOut() throws {
        let html = try Self.report().html
        for heading in [
            "The oddest", "Columns to blame", "Overview", "Left out of training", "The data",
            "Model card",
        ] { #expect(!html.contains("<h2>\(heading)"), "\(heading)") }
        #expect(WellFormed(html).elements["svg"] == 1)
    }

    @Test func aPlotWithoutPointsSaysSo() {
        let chart = ScatterChart(
            title: "Empty",
            xAxis: ChartAxis(title: "x"),
            yAxis: ChartAxis(title: "y"),
            points: [],
            pointsName: "normal",
            marked: [],
            markedName: "anomaly"
        )
        #expect(chart.svg.contains("no data"))
        #expect(WellFormed(chart.svg).isWellFormed)
    }
}
