import OddityEvaluation
import Testing

@testable import OddityReports

struct ChartTests {
    private func chart(_ points: [[ChartPoint]], scale: ChartAxis.Scale = .linear) -> LineChart {
        LineChart(
            title: "Curves <of> & \"things\"",
            summary: "It's a summary.",
            xAxis: ChartAxis(title: "x < y", scale: scale),
            yAxis: ChartAxis(title: "y & z", scale: scale),
            series: points.map { ChartSeries(name: "a 'name'", points: $0) },
            references: [
                ReferenceLine(name: "level", place: .horizontal(1)),
                ReferenceLine(name: "upright", place: .vertical(2)),
            ],
            markers: points.first?.last.map {
                [ChartMarker(name: "<last>", point: $0, color: .green, shape: .diamond)]
            } ?? []
        )
    }

    private func expectDrawable(_ svg: String) {
        let xml = WellFormed(svg)
        #expect(xml.isWellFormed)
        #expect(xml.hasOnlyFiniteNumbers)
        #expect(xml.elements["svg"] == 1)
    }

    @Test(arguments: [
        [], [[]], [[(1.0, 1.0)]], [[(0, 0), (1, 1)]], [[(5, 5), (5, 5), (5, 5)]],
        [[(.nan, 1), (2, .infinity), (3, 3)]], [[(-1.7e308, -1.7e308), (1.7e308, 1.7e308)]],
        [[(1e-300, 1e-300), (1e300, 1e300)]], [[(0, -1), (1, 0)]], [[(1, 2), (2, .nan), (3, 1)]],
        [[(1, 1), (1.0.nextUp, 1.0.nextUp)]],
    ])
    func anyPointsGiveAValidImage(points: [[(Double, Double)]]) {
        let points = points.map { $0.map { ChartPoint(x: $0.0, y: $0.1) } }
        expectDrawable(chart(points).svg)
        expectDrawable(chart(points, scale: .logarithmic).svg)
    }

    @Test func everyShapeAndStyleIsDrawn() {
        var all = chart([])
        all.series = ChartColor.allCases.map {
            ChartSeries(
                name: $0.rawValue,
                points: [ChartPoint(x: 1, y: 1), ChartPoint(x: 2, y: 4)],
                color: $0,
                style: .dashed
            )
        }
        all.markers = ChartMarker.Shape.allCases.map {
            ChartMarker(name: $0.rawValue, point: ChartPoint(x: 1, y: 2), color: .gray, shape: $0)
        }
        expectDrawable(all.svg)
    }

    @Test func titleAndDescriptionAreThereAndEscaped() {
        let svg = chart([]).svg
        #expect(svg.contains("<title>Curves &lt;of&gt; &amp; &quot;things&quot;</title>"))
        #expect(svg.contains("<desc>It&#39;s a summary.</desc>"))
        #expect(svg.contains("no data"))
    }

    @Test func theSameChartIsTheSameText() throws {
        let points = [(0..<50).map { ChartPoint(x: Double($0), y: Double($0 * $0)) }]
        #expect(chart(points).svg == chart(points).svg)
    }

    @Test func manyPointsAreThinnedWithoutChangingTheShape() {
        let wave = (0..<100_000).map { index -> ChartPoint in
            let phase = Double(index % 5_000) / 2_500
            return ChartPoint(x: Double(index) / 200, y: 100 * (phase < 1 ? phase : 2 - phase))
        }
        let thin = Thinning.thinned(wave)
        #expect(thin.count < 200)
        #expect(thin.first == wave.first)
        #expect(thin.last == wave.last)
        #expect(thin.map(\.y).max() == 100)
        #expect(chart([wave]).svg.utf8.count < 20_000)
    }

    @Test func histogramsOfAnySpreadAreDrawn() throws {
        let spreads: [[Double]] = [
            [1], [1, 1], [1, 2, 3], [-1.7e308, 1.7e308], [1e-300, 1, 1e300],
            (0..<300).map { Double($0) } + [1e9], (0..<300).map { -Double($0) } + [1e9],
            (1..<300).map { 1 + 1 / Double($0) } + [1e12], (0..<300).map { Double($0) } + [-1e9],
        ]
        for values in spreads {
            let scores = try LabeledScores(
                scores: values,
                labels: values.indices.map { $0 % 3 == 2 }
            )
            for threshold in [nil, 2, -1e308, 1e308, .infinity] {
                for scale in [ChartAxis.Scale.linear, .logarithmic] {
                    let chart = HistogramChart(
                        title: "scores",
                        histogram: try ScoreHistogram(scores),
                        threshold: threshold,
                        countScale: scale
                    )
                    expectDrawable(chart.svg)
                }
            }
        }
    }

    @Test func fewAnomaliesAmongManyRowsGetALogarithmicScale() throws {
        let lopsided = try ScoreHistogram(sampleScores(normals: 5_000, anomalies: 5))
        #expect(HistogramChart(title: "", histogram: lopsided).countScale == .logarithmic)
        let even = try ScoreHistogram(sampleScores(normals: 500, anomalies: 500))
        #expect(HistogramChart(title: "", histogram: even).countScale == .linear)
    }
}
