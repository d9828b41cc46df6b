/// The alarm rule that keeps a budget on held-out rows, and what those rows can promise.
///
/// As in a conformal p-value one alarm is kept in reserve: with *k* alarms on the held-out rows, a
/// fresh stretch of the same length is expected to bring at most *k* + 1. So *D* held-out days can
/// promise no budget finer than 1 / *D* alarms a day.
public struct AlarmBudgetChoice: Equatable, Sendable {
    /// What was asked for.
    public let budget: AlarmBudget
    /// The rule with the lowest open threshold that keeps the budget; never below a close threshold.
    public let rule: AlarmRule
    /// The number of alarms that the rule raises on the held-out rows.
    public let heldOutAlarmCount: Int
    /// The number of held-out days, from the rows that have a score.
    public let heldOutDayCount: Double

    /// The alarms a day that can be promised with the rule: (*k* + 1) / *D*.
    public var promisedAlarmsPerDay: Double { Double(heldOutAlarmCount + 1) / heldOutDayCount }
    /// The finest budget that the held-out rows can promise: 1 / *D* alarms a day.
    public var finestAlarmsPerDay: Double { 1 / heldOutDayCount }
    /// Whether the budget is not finer than that.
    ///
    /// If it is, the rule is as strict as the held-out rows allow (it raises no alarm on them), and
    /// keeps only the finest budget.
    public var isPromised: Bool { promisedAlarmsPerDay <= budget.alarmsPerDay * (1 + 1e-12) }

    /// Chooses the open threshold.
    ///
    /// It is the lowest such that it and every higher threshold keep the budget, so that alarms that
    /// grow into one another do not pass for few.
    ///
    /// - Parameters:
    ///   - budget: How many alarms a day are acceptable.
    ///   - heldOut: Scores of normal rows that the detector has not learned from, in order of time;
    ///     `nil` or NaN where a row has none.
    ///   - segments: Where the held-out series breaks; by default nowhere.
    /// - Throws: `EvaluationError` with code `empty` (no scored row), `nonFiniteScore` or
    ///   `lengthMismatch`.
    /// - Complexity: O(*n* log *n*).
    public init(
        _ budget: AlarmBudget,
        heldOut: [Double?],
        segments: SeriesSegments? = nil
    ) throws {
        let segments = segments ?? SeriesSegments(rowCount: heldOut.count)
        try segments.check(heldOut.count, name: "held-out scores")
        let series = try LabeledSeries(
            scores: heldOut,
            labels: [Bool](repeating: false, count: heldOut.count),
            segments: segments
        )
        let scoredCount = series.rowCount - series.unscoredRowCount
        let dayCount = Double(scoredCount) / budget.rowsPerDay
        let allowed = Self.allowedCount(budget.alarmsPerDay * dayCount)
        let excluded =
            if let close = budget.closeThreshold {
                Self.excludedScore(series, close: close, budget: budget, allowed: allowed)
            } else {
                Self.excludedScore(series, budget: budget, allowed: allowed)
            }
        let above = series.scores.lazy.filter { $0 > excluded }.min()
        let highest = Double.greatestFiniteMagnitude
        let threshold = max(
            above ?? min(excluded.nextUp, highest),
            budget.closeThreshold ?? -highest
        )
        let rule = try AlarmRule(
            openThreshold: threshold,
            closeThreshold: budget.closeThreshold,
            quietRowCount: budget.quietRowCount,
            minimumRowCount: budget.minimumRowCount
        )
        self.budget = budget
        self.rule = rule
        heldOutAlarmCount = try AlarmEvents.all(in: heldOut, rule: rule, segments: segments).count
        heldOutDayCount = dayCount
    }

    /// One alarm fewer than the budget has room for.
    private static func allowedCount(_ room: Double) -> Int {
        // Rounding must not take an alarm from a budget that comes out whole, as 0.1 a day for 30 days.
        let whole = (room * (1 + 1e-12)).rounded(.down)
        return Int(min(max(whole - 1, 0), 1e15))
    }

    /// The highest score that is too low an open threshold, with a fixed close threshold.
    ///
    /// An open threshold raises an alarm in each run above the close threshold that reaches it early
    /// enough to leave the least number of rows.
    private static func excludedScore(
        _ series: LabeledSeries,
        close: Double,
        budget: AlarmBudget,
        allowed: Int
    ) -> Double {
        var peaks: [Double] = []
        for segment in series.segments.ranges {
            var run: Range<Int>?
            func end() {
                guard let run, run.count >= budget.minimumRowCount else { return }
                peaks.append(
                    series.scores[run].dropLast(budget.minimumRowCount - 1).reduce(-.infinity, max)
                )
            }
            for row in segment where series.scores[row] >= close && series.scores[row].isFinite {
                if let open = run, row - open.upperBound < budget.quietRowCount {
                    run = open.lowerBound..<row + 1
                } else {
                    end()
                    run = row..<row + 1
                }
            }
            end()
        }
        peaks.sort(by: >)
        return allowed < peaks.count ? peaks[allowed] : -.infinity
    }

    /// The highest score that is too low an open threshold, where alarms close below it.
    ///
    /// Rows are added from the highest score down; runs that come within reach grow together.
    private static func excludedScore(
        _ series: LabeledSeries,
        budget: AlarmBudget,
        allowed: Int
    ) -> Double {
        let rows = series.scores.indices.filter { series.scores[$0].isFinite }
            .sorted { series.scores[$0] > series.scores[$1] }
        let neighbours = LoweredNeighbours(rows: rows, segments: series.segments)
        // The other end of the run that starts or ends at a row.
        var otherEnd = Array(series.scores.indices)
        var count = 0
        for (index, row) in rows.enumerated() {
            var first = row
            var last = row
            let before = neighbours.before[row]
            if before >= 0, row - before <= budget.quietRowCount {
                first = otherEnd[before]
                if before - first + 1 >= budget.minimumRowCount { count -= 1 }
            }
            let after = neighbours.after[row]
            if after >= 0, after - row <= budget.quietRowCount {
                last = otherEnd[after]
                if last - after + 1 >= budget.minimumRowCount { count -= 1 }
            }
            otherEnd[first] = last
            otherEnd[last] = first
            if last - first + 1 >= budget.minimumRowCount { count += 1 }
            let isLastOfTies =
                index + 1 == rows.count || series.scores[rows[index + 1]] < series.scores[row]
            if isLastOfTies, count > allowed { return series.scores[row] }
        }
        return -.infinity
    }
}

/// The nearest rows on either side, within the segment, among those of a higher place in a list.
private struct LoweredNeighbours {
    /// −1 where there is none.
    var before: [Int]
    var after: [Int]

    init(rows: [Int], segments: SeriesSegments) {
        before = [Int](repeating: -1, count: segments.rowCount)
        after = before
        var isListed = [Bool](repeating: false, count: segments.rowCount)
        for row in rows { isListed[row] = true }
        for segment in segments.ranges {
            var last = -1
            for row in segment where isListed[row] {
                before[row] = last
                if last >= 0 { after[last] = row }
                last = row
            }
        }
        // Taking rows out from the last place on leaves each with its neighbours of a higher place.
        for row in rows.reversed() {
            if before[row] >= 0 { after[before[row]] = after[row] }
            if after[row] >= 0 { before[after[row]] = before[row] }
        }
    }
}
