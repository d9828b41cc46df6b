package import OddityDetectors
package import OddityEvaluation
internal import OdditySeries

/// Series, one after the other, with their truth, their alarms and all figures.
///
/// Rows are counted here from 0 over all series; ``order`` leads to the rows of the file.
package struct JudgedSeries {
    /// The row of the file at each place.
    package let order: [Int]
    package let labels: [Bool]
    /// Where a series begins or breaks.
    package let segments: SeriesSegments
    /// Seconds since 1970, which do not fall within a segment; nil without a clock.
    package let instants: [Double]?
    package let truth: LabeledSeries
    package let alarms: [AlarmEvent]
    package let detection: EventDetection
    /// Nil where all rows are of one class.
    package let evaluation: SeriesEvaluation?
    /// The longest buffer of a volume under the surface.
    package let bufferLength: Int

    /// - Parameters:
    ///   - labels: of the rows of the file.
    ///   - rule: nil where no alarm can be raised.
    package init(
        _ rows: EvaluatedSeries,
        labels: [Bool],
        rule: AlarmRule?,
        _ detector: FittedSeriesDetector
    ) throws {
        let source = rows.rows
        let order = source.indices.sorted {
            (source[$0].entity ?? -1, $0) < (source[$1].entity ?? -1, $1)
        }
        let starts = order.indices.dropFirst().filter {
            let (row, before) = (source[order[$0]], source[order[$0 - 1]])
            return row.startsSegment || row.entity != before.entity
        }
        self.order = order
        self.labels = order.map { labels[$0] }
        segments = try SeriesSegments(rowCount: order.count, starts: starts)
        instants =
            detector.clock.format == nil
            ? nil : JudgedSeries.instants(order.map { source[$0].seconds }, segments)
        let scores = order.map { source[$0].measure }
        truth = try LabeledSeries(scores: scores, labels: self.labels, segments: segments)
        bufferLength = min(detector.window.steps, order.count)
        // No score reaches the rule of a detector that can call nothing an anomaly.
        let rule = try rule ?? AlarmRule(openThreshold: .greatestFiniteMagnitude)
        alarms = try AlarmEvents.all(in: scores, rule: rule, segments: segments)
        detection = try EventDetection(
            events: truth.events,
            alarms: alarms.map(\.span),
            instants: instants
        )
        evaluation =
            truth.anomalyCount == 0 || truth.anomalyCount == order.count
            ? nil
            : try SeriesEvaluation(
                truth,
                instants: instants,
                options: SeriesEvaluation.Options(rule: rule, bufferLength: bufferLength)
            )
    }

    /// The time of each row, that of the row before where it has none of its own.
    private static func instants(_ seconds: [Double?], _ segments: SeriesSegments) -> [Double] {
        var result = [Double](repeating: 0, count: seconds.count)
        for range in segments.ranges {
            var last = seconds[range].lazy.compactMap { $0 }.first ?? 0
            for row in range {
                last = max(last, seconds[row] ?? last)
                result[row] = last
            }
        }
        return result
    }
}
