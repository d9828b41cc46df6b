import OddityPlatform

/// Where the edges of a histogram go.
struct HistogramPlan {
    private(set) var edges: [Double]
    private(set) var spacing: ScoreHistogram.Spacing = .linear
    private(set) var hasLowerTail = false
    private(set) var hasUpperTail = false

    /// Scores whose highest is this many medians are shown on a logarithmic line.
    private static let heavyTailRatio = 20.0
    /// Scores beyond this many times the central 98 % (on either side) are gathered at the ends.
    private static let tailReach = 1.5

    init(_ scores: LabeledScores, binCount: Int?) {
        let lowest = scores.lowestScore
        let highest = scores.highestScore
        guard lowest < highest else {
            let margin = max(abs(lowest) * 0.5, 0.5)
            edges = [
                max(lowest - margin, -.greatestFiniteMagnitude),
                min(highest + margin, .greatestFiniteMagnitude),
            ]
            return
        }
        let median = scores.quantile(0.5)
        let isLogarithmic = lowest > 0 && highest / median > Self.heavyTailRatio
        spacing = isLogarithmic ? .logarithmic : .linear
        let place = { (score: Double) in isLogarithmic ? log(score) : score }

        var low = place(lowest)
        var high = place(highest)
        let first = place(scores.quantile(0.01))
        let last = place(scores.quantile(0.99))
        let reach = Self.tailReach * (last - first)
        if reach > 0, reach.isFinite {
            if low < first - reach {
                low = first - reach
                hasLowerTail = true
            }
            if high > last + reach {
                high = last + reach
                hasUpperTail = true
            }
        }
        let spread = place(scores.quantile(0.75)) - place(scores.quantile(0.25))
        let bins = binCount ?? Self.binCount(range: high - low, spread: spread, rows: scores.count)

        var edges: [Double] = []
        for edge in 0...bins {
            let share = Double(edge) / Double(bins)
            let place = low * (1 - share) + high * share
            edges.append(isLogarithmic ? exp(place) : place)
        }
        edges[0] = lowest
        edges[bins] = highest
        // Rounding can make neighbours meet where the scores differ in their last digits only.
        var rising: [Double] = []
        for edge in edges where rising.last.map({ edge > $0 }) ?? true {
            if edge <= highest { rising.append(edge) }
        }
        if rising.last != highest { rising.append(highest) }
        self.edges = rising
    }

    /// The Freedman–Diaconis rule, kept in 10...60.
    private static func binCount(range: Double, spread: Double, rows: Int) -> Int {
        let width = 2 * spread / cbrt(Double(rows))
        let wanted = range / width
        guard wanted.isFinite else { return 30 }
        return min(max(Int(min(wanted, 60).rounded(.up)), 10), 60)
    }
}

extension LabeledScores {
    /// The lowest score that at least this share of all rows does not exceed.
    func quantile(_ share: Double) -> Double {
        // At most `allowed` rows lie above the answer; cuts count rows at or above a score.
        let allowed = Double(count) * (1 - share)
        let first = cuts.partitionIndex {
            Double($0.truePositives + $0.falsePositives) > allowed
        }
        return cuts[min(first, cuts.count - 1)].threshold
    }
}
