package import OddityEvaluation
package import OddityReports

/// Draws series with their scores, their expected values, and what was marked and found in them.
package struct SeriesCharts {
    /// The most series and the most columns that a report draws.
    package static let seriesLimit = 4
    package static let columnLimit = 8

    package let judged: JudgedSeries
    package let rows: EvaluatedSeries
    package let rule: AlarmRule?
    /// The places of each series, in the order of the entities.
    package let ranges: [Range<Int>]
    /// The series that are drawn, the oddest first.
    package let shown: [Range<Int>]

    package init(_ judged: JudgedSeries, _ rows: EvaluatedSeries, rule: AlarmRule?) {
        (self.judged, self.rows, self.rule) = (judged, rows, rule)
        let entities = judged.order.map { rows.rows[$0].entity }
        ranges = SeriesSegments(entities: entities).ranges
        let severities = ranges.map { range in
            judged.alarms.lazy.filter { range.contains($0.firstRow) }.reduce(0) { $0 + $1.severity }
        }
        let anomalies = ranges.map { range in judged.labels[range].count { $0 } }
        shown = ranges.indices
            .sorted { (severities[$0], anomalies[$0], $1) > (severities[$1], anomalies[$1], $0) }
            .prefix(SeriesCharts.seriesLimit)
            .map { [ranges] in ranges[$0] }
    }

    /// The columns of each series: as many in all as a page can hold.
    private var columnCount: Int {
        max(3, SeriesCharts.columnLimit / max(1, shown.count))
    }

    package var charts: [SeriesChart] { shown.map(chart) }

    /// The name of the series at a place; nil where there is but one.
    package func entity(at place: Int) -> String? {
        if let number = rows.rows[judged.order[place]].entity { return rows.entities[number] }
        return rows.entities.isEmpty ? nil : "rows without a series"
    }

    /// The columns that are not drawn in any image.
    package var hiddenColumns: [String] {
        let drawn = Set(shown.flatMap { drawnChannels($0).map(\.name) })
        return rows.columns.filter { !drawn.contains($0) }
    }

    /// The mean share of each column in what made the rows of a stretch odd, largest first.
    package func shares(in range: Range<Int>) -> [(column: Int, share: Double)] {
        var sums = [Double](repeating: 0, count: rows.columns.count)
        var count = 0.0
        for place in range {
            guard let shares = rows.shares[judged.order[place]] else { continue }
            count += 1
            for part in shares { sums[part.column] += part.share }
        }
        return sums.indices.sorted { (sums[$0], $1) > (sums[$1], $0) }
            .map { ($0, sums[$0] / max(1, count)) }
    }

    /// The columns with the largest shares in the alarms of a series.
    private func drawnChannels(_ range: Range<Int>) -> [EvaluatedSeries.Channel] {
        shares(in: range).lazy
            .compactMap { part in rows.channels.first { $0.name == rows.columns[part.column] } }
            .prefix(columnCount).map { $0 }
    }

    private func chart(_ range: Range<Int>) -> SeriesChart {
        let places = placesWithBreaks(in: range)
        func points(_ value: (Int) -> Double) -> [ChartPoint] {
            places.map { place in
                ChartPoint(x: place.map(x) ?? .nan, y: place.map(value) ?? .nan)
            }
        }
        let threshold = rule?.openThreshold
        let score = SeriesChart.Panel(
            title: "score",
            curves: [
                ChartSeries(
                    name: "score",
                    points: points { rows.rows[judged.order[$0]].measure ?? .nan },
                    color: .purple,
                    style: .thin
                )
            ],
            reference: threshold.map { ReferenceLine(name: "threshold", place: .horizontal($0)) }
        )
        let channels = drawnChannels(range).map { channel in
            SeriesChart.Panel(
                title: channel.name,
                curves: [
                    ChartSeries(
                        name: "actual",
                        points: points { Double(channel.actual[judged.order[$0]]) },
                        style: .thin
                    )
                ],
                band: SeriesChart.Band(
                    name: "expected",
                    lower: points { Double(channel.lower[judged.order[$0]]) },
                    upper: points { Double(channel.upper[judged.order[$0]]) }
                )
            )
        }
        let alarms = judged.alarms.map(\.span).filter { range.contains($0.first) }
        let events = judged.truth.events.filter { range.contains($0.first) }
        return SeriesChart(
            title: entity(at: range.lowerBound) ?? "Score and columns over time",
            summary: "The score, then the columns, of \(counted(range.count, "row")) with "
                + "\(counted(events.count, "labelled event")) and "
                + "\(counted(alarms.count, "alarm")).",
            xAxis: judged.instants == nil
                ? ChartAxis(title: "row") : ChartAxis(title: "time (UTC)", scale: .time),
            panels: [score] + channels,
            spans: spans(events, "labelled event", .amber) + spans(alarms, "alarm", .vermilion)
        )
    }

    /// The places of a series, with nil where it breaks.
    private func placesWithBreaks(in range: Range<Int>) -> [Int?] {
        let breaks = Set(judged.segments.ranges.map(\.lowerBound))
        return range.flatMap { place in
            place > range.lowerBound && breaks.contains(place) ? [nil, place] : [place]
        }
    }

    private func spans(
        _ spans: [EventSpan],
        _ name: String,
        _ color: ChartColor
    ) -> [SeriesChart.Span] {
        spans.map {
            SeriesChart.Span(
                name: name,
                range: min(x($0.first), x($0.last))...max(x($0.first), x($0.last)),
                color: color
            )
        }
    }

    /// Where a row is on the horizontal axis: its time, or its number in the file.
    private func x(_ place: Int) -> Double {
        judged.instants?[place] ?? Double(judged.order[place] + 1)
    }
}
