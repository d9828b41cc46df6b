import Testing

@testable import OddityReports

/// The page of a search.
@Suite struct SearchReportTests {
    private static func report(chosen: Int = 2) -> SearchReport {
        SearchReport(
            title: "Search on <train>.csv",
            subtitle: "3 trials",
            meritName: "separation",
            trials: [
                .init(
                    number: 1,
                    settings: "128-32 plain",
                    latentSize: 32,
                    results: [.init(share: 1, heldOutLoss: 0.04, merit: 0.70)],
                    isChosen: chosen == 1
                ),
                .init(
                    number: 2,
                    settings: "64-8 & more",
                    latentSize: 8,
                    results: [
                        .init(share: 1.0 / 9, heldOutLoss: 0.2, merit: 0.6),
                        .init(share: 1, heldOutLoss: 0.08, merit: 0.75),
                    ],
                    isChosen: chosen == 2
                ),
                .init(number: 3, settings: "64-4", latentSize: 4, results: [], isChosen: false),
            ],
            facts: [ModelCardSection(title: "Test", entries: [.init(name: "AUROC", value: "0.9")])]
        )
    }

    @Test func isWellFormedAndEscaped() {
        let page = WellFormed(Self.report().html)
        #expect(page.isWellFormed)
        #expect(page.hasOnlyFiniteNumbers)
        #expect(page.elements["svg"] == 2)
        #expect(page.elements["tr"] == 4)
        #expect(Self.report().html.contains("Search on &lt;train&gt;.csv"))
    }

    @Test func saysWhatWasChosen() {
        #expect(Self.report().html.contains("Trial 2, 64-8 &amp; more, is best"))
        #expect(Self.report(chosen: 1).html.contains("No trial was clearly better"))
    }

    @Test func chartsShowEachTrainingAndTheMedianOfEquallyLongOnes() {
        let chart = Self.report().meritChart
        #expect(chart.markers.count == 3)
        #expect(chart.markers.last?.name == "chosen")
        #expect(chart.markers.last?.point == ChartPoint(x: 8, y: 0.75))
        #expect(chart.series.first?.points == [ChartPoint(x: 8, y: 0.6)])
        #expect(Self.report().lossChart.yAxis.scale == .logarithmic)
    }
}
