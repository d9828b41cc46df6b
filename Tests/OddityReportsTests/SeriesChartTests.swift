import Foundation
import Testing

@testable import OddityReports

/// Series over time.
@Suite struct SeriesChartTests {
    private static let start = 1_583_749_273.0  // 2020-03-09 10:21:13 UTC

    /// A wave with one peak and a hole, sampled each second.
    private func chart(rowCount: Int) -> SeriesChart {
        let times = (0..<rowCount).map { Self.start + Double($0) }
        let values = (0..<rowCount).map { row -> Double in
            row == rowCount / 3 ? 9 : row == rowCount / 2 ? .nan : sin(Double(row) / 30)
        }
        func points(_ values: [Double]) -> [ChartPoint] { zip(times, values).map(ChartPoint.init) }
        return SeriesChart(
            title: "A <pump>",
            summary: "One peak.",
            xAxis: ChartAxis(title: "time", scale: .time),
            panels: [
                SeriesChart.Panel(
                    title: "score",
                    curves: [ChartSeries(name: "score", points: points(values), color: .vermilion)],
                    reference: ReferenceLine(name: "threshold", place: .horizontal(5))
                ),
                SeriesChart.Panel(
                    title: "pressure & more",
                    curves: [ChartSeries(name: "actual", points: points(values))],
                    band: SeriesChart.Band(
                        name: "expected",
                        lower: points(values.map { min($0, 1) - 0.5 }),
                        upper: points(values.map { min($0, 1) + 0.5 })
                    )
                ),
            ],
            spans: [
                SeriesChart.Span(
                    name: "alarm",
                    range: Self.start + 30...Self.start + 60,
                    color: .vermilion
                ),
                SeriesChart.Span(name: "label", range: Self.start...Self.start, color: .amber),
            ]
        )
    }

    private func expectDrawable(_ svg: String) {
        let xml = WellFormed(svg)
        #expect(xml.isWellFormed)
        #expect(xml.hasOnlyFiniteNumbers)
    }

    @Test(arguments: [0, 1, 2, 7, 1_000])
    func anyLengthGivesAValidImage(rowCount: Int) {
        expectDrawable(chart(rowCount: rowCount).svg)
    }

    @Test func aLongSeriesStaysSmallAndKeepsItsPeak() throws {
        let chart = chart(rowCount: 200_000)
        let svg = chart.svg
        expectDrawable(svg)
        #expect(svg.utf8.count < 250_000)
        let curve = try #require(svg.split(separator: "class=\"curve solid vermilion\"").last)
        let heights = curve.prefix { $0 != "/" }.split { !"0123456789.".contains($0) }
            .compactMap { Double($0) }
        // The peak of 9 lies far above the wave, near the top of its panel.
        let highest = try #require(
            heights.enumerated().filter { $0.offset % 2 == 1 }.map(\.element).min()
        )
        #expect(highest < 80)
    }

    @Test func everySpanAndCurveIsInTheLegend() {
        let svg = chart(rowCount: 100).svg
        for name in [
            "score", "actual", "expected", "threshold", "alarm", "label", "A &lt;pump&gt;",
        ] {
            #expect(svg.contains(">\(name)</"), "\(name)")
        }
    }

    @Test func timesAreRoundAndDatesAreToldOnce() {
        func labels(_ seconds: Double) -> [String] {
            TimeTicks.ticks(low: Self.start, high: Self.start + seconds, about: 6).map(\.label)
        }
        #expect(labels(60).prefix(2) == ["2020-03-09 10:21:20", "10:21:30"])
        #expect(labels(3_600).prefix(2) == ["2020-03-09 10:30", "10:40"])
        #expect(labels(86_400 * 2).contains("2020-03-10 00:00"))
        #expect(labels(86_400 * 30).allSatisfy { $0.count == 10 })
        #expect(labels(86_400 * 3_650).count >= 4)
        for seconds in [1, 10, 100, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] {
            #expect(2...13 ~= labels(seconds).count || seconds == 1, "\(seconds)")
        }
        #expect(TimeTicks.ticks(low: -1e300, high: 1e300, about: 6).isEmpty)
    }
}
