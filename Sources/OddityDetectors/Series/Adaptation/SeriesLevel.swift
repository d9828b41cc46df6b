internal import OddityPlatform
internal import OdditySeries

/// What the rows of one series are measured against as it moves on; see ``SeriesAdaptation``.
struct SeriesLevel: Codable, Sendable, Equatable {
    /// The score of one held-out row in a hundred.
    private static let oddScore = 2.0
    /// The score of every second held-out row.
    private static let usualScore = 0.301
    /// What a row as odd as the oddest of the present level gets: just too little for an anomaly.
    private static let largestNormalScore = 1.98
    /// How far the bar of a new level lies above its first row, which is hardly its oddest.
    private static let headroom = 0.05

    /// A normal row that no later one was odder than.
    private struct Peak: Codable, Equatable {
        var score: Double
        /// Which of the normal rows it was.
        var number: Int
    }

    private struct Alarm: Codable, Equatable {
        /// The score that the next row must exceed to go on with it.
        var bar: Double
        var rowCount: Int
    }

    /// What became of a row.
    struct Outcome {
        /// Its score against the present level.
        var score: Double
        /// Whether it ends an alarm that did not fade: its rows were the first of a new level.
        var startsLevel: Bool
    }

    /// The odd ones among the last normal rows, each less odd than the one before; the first is the bar.
    private var peaks: [Peak] = []
    private var normalCount = 0
    /// What normal rows score on average; nil before the first.
    private var usual: Double?
    private var alarm: Alarm?
    /// The scores of the last rows, oldest first.
    private var recent: [Double] = []
    /// The same before the last row, for one that takes its place; empty or one.
    private var before: [SeriesLevel] = []

    /// Nothing was seen.
    init() {}

    /// Takes the next row.
    ///
    /// - Parameters:
    ///   - score: its score.
    ///   - placement: how it stands to the row before.
    ///   - rule: the same for all rows of the series.
    mutating func take(
        _ score: Double,
        _ placement: StepPlacement,
        _ rule: SeriesLevelRule
    ) -> Outcome {
        if placement == .revises, let last = before.first { self = last }
        if rule.keepsBefore {
            before = []
            before = [self]
        }
        if placement == .starts { (alarm, recent) = (nil, []) }
        let fades = fades(score, rule)
        let base = peaks.first?.score ?? SeriesLevel.oddScore
        let bar = max(base, alarm?.bar ?? base)
        if score > bar, alarm?.rowCount ?? 0 < rule.longestAlarm {
            alarm = Alarm(bar: bar + rule.rise, rowCount: (alarm?.rowCount ?? 0) + 1)
            return Outcome(
                score: fades ? 0 : score - (bar - SeriesLevel.oddScore),
                startsLevel: false
            )
        }
        let endsHigh = alarm != nil && score > base
        if endsHigh, fades {
            // Whether it comes back or stays is not known yet.
            return Outcome(score: standing(of: score, below: bar), startsLevel: false)
        }
        let hadAlarm = alarm != nil
        alarm = nil
        if endsHigh { usual = score }
        let standing = standing(of: score, below: bar)
        usual = usual.map { $0 + rule.fadingRate * (score - $0) } ?? score
        // An alarm that was a fault teaches as much as one of its rows may.
        let lesson = hadAlarm ? base + rule.rise : score
        learn(endsHigh ? score + SeriesLevel.headroom : lesson, memory: rule.memory)
        return Outcome(score: standing, startsLevel: endsHigh)
    }

    /// Whether the score has only fallen as averages forget.
    private mutating func fades(_ score: Double, _ rule: SeriesLevelRule) -> Bool {
        defer {
            recent.append(score)
            if recent.count > rule.fadingSpan { recent.removeFirst() }
        }
        guard recent.count == rule.fadingSpan else { return false }
        return score <= recent[0] - Double(rule.fadingSpan) * rule.fadingPace
    }

    /// The score of a normal row against the present level.
    ///
    /// At the level of the training it is the row's own. Above it, the usual score counts as that of every second row, the
    /// bar as that of one in a hundred, and in between logarithms of p-values are interpolated.
    private func standing(of score: Double, below bar: Double) -> Double {
        guard bar > SeriesLevel.oddScore else { return score }
        let usual = min(usual ?? score, bar)
        if score <= usual { return usual > 0 ? SeriesLevel.usualScore * score / usual : 0 }
        let share = (score - usual) / (bar - usual)
        return min(
            SeriesLevel.largestNormalScore,
            SeriesLevel.usualScore + share * (SeriesLevel.oddScore - SeriesLevel.usualScore)
        )
    }

    /// Adds a normal row, and forgets what is past.
    private mutating func learn(_ score: Double, memory: Int) {
        normalCount += 1
        if score > SeriesLevel.oddScore {
            while let last = peaks.last, last.score <= score { peaks.removeLast() }
            peaks.append(Peak(score: score, number: normalCount))
        }
        if let first = peaks.first, first.number <= normalCount - memory { peaks.removeFirst() }
    }

    /// Whether the numbers are possible.
    var isSound: Bool {
        let scores =
            peaks.map(\.score) + recent + [usual, alarm?.bar].compactMap(\.self)
        return scores.allSatisfy(\.isFinite) && normalCount >= 0 && normalCount < .max / 2
            && peaks.allSatisfy { 1...normalCount ~= $0.number }
            && (alarm.map { $0.rowCount > 0 && $0.rowCount < .max / 2 } ?? true)
            && before.count <= 1 && before.allSatisfy { $0.before.isEmpty && $0.isSound }
    }
}
