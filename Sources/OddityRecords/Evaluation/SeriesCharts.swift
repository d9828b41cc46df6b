package import OddityEvaluation
package import OddityReports

/// Draws series with their scores, their expected values, and what was marked and found in them.
package struct SeriesCharts {
    /// The most series and the most columns that a report draws.
    package static let seriesLimit = 4
    package static let columnLimit = 8
    /// The most alarms that are drawn in close-up, and the most columns of each.
    package static let closeUpLimit = 12
    private static let closeUpColumnLimit = 3

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

    package var charts: [SeriesChart] {
        shown.map { range in
            let alarms = judged.alarms.map(\.span).filter { range.contains($0.first) }
            let events = judged.truth.events.filter { range.contains($0.first) }
            return chart(
                range,
                of: range,
                title: entity(at: range.lowerBound) ?? "Score and columns over time",
                summary: "The score, then the columns, of \(counted(range.count, "row")) with "
                    + "\(counted(events.count, "labelled event")) and "
                    + "\(counted(alarms.count, "alarm"))."
            )
        }
    }

    /// An alarm with as much of its series before and after it, at least 30 rows.
    package func closeUp(of alarm: AlarmEvent, title: String) -> SeriesChart? {
        guard let series = ranges.first(where: { $0.contains(alarm.firstRow) }) else { return nil }
        let room = max(30, alarm.span.rows.count)
        let shown =
            max(
                series.lowerBound,
                alarm.firstRow - room
            )..<min(
                series.upperBound,
                alarm.lastRow + 1 + room
            )
        return chart(
            shown,
            of: alarm.span.rows,
            title: title,
            summary: "The score, then the columns that raised the alarm, from "
                + "\(counted(alarm.firstRow - shown.lowerBound, "row")) before it to "
                + "\(counted(shown.upperBound - alarm.lastRow - 1, "row")) after it."
        )
    }

    /// The name of the series at a place; nil where there is but one.
    package func entity(at place: Int) -> String? {
        if let number = rows.rows[judged.order[place]].entity { return rows.entities[number] }
        return rows.entities.isEmpty ? nil : "rows without a series"
    }

    /// The columns that are not drawn in any image.
    package var hiddenColumns: [String] {
        let drawn = Set(shown.flatMap { drawnChannels($0, limit: columnCount).map(\.name) })
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

    /// The columns with the largest shares in the alarms of a stretch.
    private func drawnChannels(_ range: Range<Int>, limit: Int) -> [EvaluatedSeries.Channel] {
        shares(in: range).lazy
            .compactMap { part in rows.channels.first { $0.name == rows.columns[part.column] } }
            .prefix(limit).map { $0 }
    }

    /// - Parameters:
    ///   - range: What is drawn.
    ///   - odd: The stretch whose largest shares choose the columns.
    private func chart(
        _ range: Range<Int>,
        of odd: Range<Int>,
        title: String,
        summary: String
    ) -> SeriesChart {
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
        let limit = odd == range ? columnCount : SeriesCharts.closeUpColumnLimit
        let channels = drawnChannels(odd, limit: limit).map { channel in
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
        let alarms = judged.alarms.map(\.span).compactMap { clipped($0, to: range) }
        let events = judged.truth.events.compactMap { clipped($0, to: range) }
        let isLocal = rows.isLocalTime
        return SeriesChart(
            title: title,
            summary: summary,
            xAxis: judged.instants == nil
                ? ChartAxis(title: "row")
                : ChartAxis(title: isLocal ? "time" : "time (UTC)", scale: .time),
            panels: [score] + channels,
            spans: spans(events, "labelled event", .amber) + spans(alarms, "alarm", .vermilion)
        )
    }

    /// The part of a span in a stretch; nil where there is none.
    private func clipped(_ span: EventSpan, to range: Range<Int>) -> Range<Int>? {
        let part = span.rows.clamped(to: range)
        return part.isEmpty ? nil : part
    }

    /// The places of a series, with nil where it breaks.
    private func placesWithBreaks(in range: Range<Int>) -> [Int?] {
        let breaks = Set(judged.segments.ranges.map(\.lowerBound))
        return range.flatMap { place in
            place > range.lowerBound && breaks.contains(place) ? [nil, place] : [place]
        }
    }

    private func spans(
        _ spans: [Range<Int>],
        _ name: String,
        _ color: ChartColor
    ) -> [SeriesChart.Span] {
        spans.map {
            SeriesChart.Span(
                name: name,
                range: min(
                    x($0.lowerBound),
                    x($0.upperBound - 1)
                )...max(
                    x($0.lowerBound),
                    x($0.upperBound - 1)
                ),
                color: color
            )
        }
    }

    /// Where a row is on the horizontal axis: its time, or its number in the file.
    private func x(_ place: Int) -> Double {
        judged.instants?[place] ?? Double(judged.order[place] + 1)
    }
}
