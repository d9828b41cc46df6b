import Foundation
import OddityEvaluation
import Testing

@testable import OddityReports

struct EvaluationReportTests {
    @Test func thePageIsWellFormedAndComplete() throws {
        let html = try sampleReport().html
        let page = WellFormed(html)
        #expect(page.isWellFormed)
        #expect(page.hasOnlyFiniteNumbers)
        #expect(page.elements["figure"] == 6)
        #expect(page.elements["table"] == 4)
        #expect(page.elements["h1"] == 1)
        for text in [
            "AUROC", "Average precision", "Youden", "Best F1", "Least cost", "Model card",
            "False alarms", "Missed anomalies", "a miss 20",
        ] {
            #expect(html.contains(text), "\(text)")
        }
    }

    @Test func thePageLoadsNothingAndRunsItsOwnScriptOnly() throws {
        let page = WellFormed(try sampleReport().html)
        #expect(page.elements["script"] == 3)
        for element in ["link", "img", "iframe", "object", "use", "image"] {
            #expect(page.elements[element] == nil)
        }
        #expect(!page.attributes.contains { $0.name == "src" || $0.name == "href" })
        #expect(!page.attributes.contains { $0.name.hasPrefix("on") })
        #expect(try !sampleReport().html.contains("url("))
    }

    @Test func dataIsEscapedWhereverItStands() throws {
        let attack = "</style><script>alert('1')</script>&\u{0}\u{7}\u{FFFE}\""
        var report = try sampleReport()
        report.title = attack
        report.subtitle = attack
        report.operatingPoints[0].name = attack
        report.operatingPoints[0].note = attack
        report.oddestRows = [
            ReportedRow(
                name: attack,
                score: .nan,
                pValue: .infinity,
                isFlagged: true,
                reasons: [
                    ReportedRow.Reason(
                        column: attack,
                        value: attack,
                        expected: attack,
                        share: .nan
                    )
                ]
            )
        ]
        report.ownColumns = [attack]
        report.oddestRows[0].own = [attack]
        report.modelCard = [
            ModelCardSection(
                title: attack,
                entries: [ModelCardSection.Entry(name: attack, value: attack)]
            )
        ]
        let page = WellFormed(report.html)
        #expect(page.isWellFormed)
        #expect(page.elements["script"] == 3)
        #expect(!report.html.contains("<script>alert"))
        #expect(page.elements["style"] == 1)
        #expect(page.hasOnlyFiniteNumbers)
    }

    @Test func anEmptyReportIsAPage() {
        let html = EvaluationReport(title: "Nothing").html
        let page = WellFormed(html)
        #expect(page.isWellFormed)
        #expect(page.elements["table"] == nil)
        #expect(page.elements["svg"] == nil)
    }

    @Test(arguments: [true, false])
    func oneClassAloneGetsWhatIsDefined(label: Bool) throws {
        let scores = try LabeledScores(scores: [1, 2, 3], labels: [label, label, label])
        let report = try EvaluationReport(title: "One class", scores: scores, threshold: 2)
        #expect(report.roc == nil)
        #expect(report.operatingPoints.count == 1)
        let page = WellFormed(report.html)
        #expect(page.isWellFormed)
        #expect(page.elements["figure"] == 1)
        #expect(page.elements["script"] == nil)
    }

    @Test func theSameReportIsTheSamePage() throws {
        #expect(try sampleReport().html == sampleReport().html)
    }

    @Test func thePageStaysSmall() throws {
        #expect(try sampleReport().html.utf8.count < 120_000)
        var large = try EvaluationReport(
            title: "Large",
            scores: sampleScores(normals: 60_000, anomalies: 6_000),
            threshold: 3
        )
        let row = try sampleReport().oddestRows[0]
        large.oddestRows = [ReportedRow](repeating: row, count: 5_000)
        large.falseAlarms = large.oddestRows
        large.missedAnomalies = large.oddestRows
        let losses = (0..<5_000).map { (epoch: Int) -> Double in
            1 / Double(epoch + 1) + Double(epoch % 7) * 1e-4
        }
        large.trainingCurves = [TrainingCurve](
            repeating: TrainingCurve(training: losses, validation: losses),
            count: 16
        )
        let html = large.html
        #expect(html.utf8.count < 4_000_000)
        #expect(html.contains("and 4980 more rows"))
    }

    @Test func wordsAreExplainedWhereTheyStand() throws {
        let html = try sampleReport().html
        for text in [
            "how often an anomaly scores above a normal row", "Matthews&#39;s correlation",
            "On the diagonal normal rows are as odd as the held-out ones",
        ] {
            #expect(html.contains(text), "\(text)")
        }
        var report = try sampleReport()
        #expect(!html.contains("≈ is odder"))
        report.oddestRows[0].isPValueExtrapolated = true
        #expect(report.html.contains("≈ is odder than all held-out rows"))
    }

    @Test func columnsThatMovedAreListedWithBothShares() throws {
        var report = try sampleReport()
        #expect(!report.html.contains("Columns against the training"))
        report.drift = [
            ColumnDrift(column: "<a>", change: "56 % above 110", share: 0.56, trainingShare: 0.05)
        ]
        report.drift += [ColumnDrift](repeating: report.drift[0], count: 60)
        let page = WellFormed(report.html)
        #expect(page.isWellFormed && page.hasOnlyFiniteNumbers)
        for text in ["Columns against the training", "&lt;a&gt;", "width:56%", "11 more columns"] {
            #expect(report.html.contains(text), "\(text)")
        }
    }

    @Test func chartsOfSeriesStretchAndStripsSayWhatTheirPartsAre() throws {
        var report = EvaluationReport(title: "Series")
        let chart = SeriesChart(
            title: "Over time",
            xAxis: ChartAxis(title: "row"),
            panels: [
                SeriesChart.Panel(
                    title: "score",
                    curves: [
                        ChartSeries(
                            name: "score",
                            points: [ChartPoint(x: 0, y: 1), ChartPoint(x: 9, y: 2)]
                        )
                    ]
                )
            ]
        )
        report.series = SeriesSection(lead: "One event.", charts: [chart])
        let page = WellFormed(report.html)
        #expect(page.isWellFormed && page.elements["script"] == 1)
        #expect(page.attributes.contains { $0.name == "data-zoom" })
        var images = EvaluationReport(title: "Images")
        images.images = [
            ImageSection(
                title: "Odd",
                parts: ["the image", "<expected>"],
                images: [
                    ReportedImage(caption: "a", png: [1]), ReportedImage(caption: "b", png: [2]),
                ]
            )
        ]
        #expect(WellFormed(images.html).isWellFormed)
        #expect(images.html.split(separator: "<span>&lt;expected&gt;</span>").count == 3)
        // Names are in lists of their own.
        images.unit = "image"
        images.falseAlarms = [ReportedRow(name: "good/7.png", score: 3, isFlagged: true)]
        for text in ["False alarms, by name", ">Image</th>", "good/7.png"] {
            #expect(images.html.contains(text), "\(text)")
        }
    }

    @Test func everyChartIsAFileAndEveryCurveHasItsNumbers() throws {
        let report = try sampleReport()
        #expect(
            report.chartFiles.map(\.name)
                == ["roc", "precision-recall", "scores", "cost", "p-values", "training"]
        )
        for chart in report.chartFiles {
            let image = WellFormed(chart.svg)
            #expect(image.isWellFormed && image.elements["svg"] == 1, "\(chart.name)")
        }
        let curves = Dictionary(uniqueKeysWithValues: report.curves.map { ($0.name, $0.points) })
        #expect(curves.count == 4 + 2 * 5)
        let roc = try #require(curves["roc"])
        #expect(roc.first?.threshold == .infinity && roc.last.map { [$0.x, $0.y] } == [1, 1])
        let values = try #require(curves["p-values"])
        #expect(values.count == 300 && zip(values, values.dropFirst()).allSatisfy { $0.y <= $1.y })
        #expect(curves["validation-5"]?.count == 60)
        #expect(EvaluationReport(title: "Nothing").chartFiles.isEmpty)
        #expect(EvaluationReport(title: "Nothing").curves.isEmpty)
    }

    @Test func oneEpochIsDrawn() throws {
        var report = EvaluationReport(title: "Short")
        report.trainingCurves = [
            TrainingCurve(training: [0.5], validation: [.nan], bestEpoch: 1),
            TrainingCurve(training: [], bestEpoch: 9),
        ]
        let page = WellFormed(report.html)
        #expect(page.isWellFormed)
        #expect(page.hasOnlyFiniteNumbers)
    }

    /// Writes the sample page, to look at it.
    @Test(.enabled(if: samplePath != nil, "set ODDITY_SAMPLE_PAGE to a path to get the page"))
    func samplePageIsWritten() throws {
        let path = try #require(samplePath)
        try sampleReport().html.write(toFile: path, atomically: true, encoding: .utf8)
    }
}

private let samplePath = ProcessInfo.processInfo.environment["ODDITY_SAMPLE_PAGE"]
