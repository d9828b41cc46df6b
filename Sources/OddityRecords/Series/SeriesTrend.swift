package import OddityDatasets
internal import OddityFailures

/// A channel that rises or falls all through a training, so that what comes later lies beyond all that was learned.
package struct SeriesTrend: Equatable {
    package let channel: String
    package let rises: Bool
    /// The share of the variance that a straight line explains.
    package let explainedShare: Double

    /// Half of the variance, below which seasons and noise say more than the line.
    private static let leastShare = 0.5
    private static let blockCount = 10

    /// Nil for a channel that does not follow a line, or is too short to tell.
    init?(_ name: String, _ values: [Double]) {
        let values = values.filter { !$0.isNaN }
        guard values.count >= 5 * Self.blockCount else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0) { $0 + $1 / count }
        let middle = (count - 1) / 2
        var (together, own, time) = (0.0, 0.0, 0.0)
        for (step, value) in values.enumerated() {
            let (distance, difference) = (Double(step) - middle, value - mean)
            together += distance * difference
            own += difference * difference
            time += distance * distance
        }
        let share = together / own * (together / time)
        guard share >= Self.leastShare, share.isFinite else { return nil }
        // A walk at random may look like a line; hardly ever does each tenth go on in its direction.
        let size = values.count / Self.blockCount
        let means = (0..<Self.blockCount).map { block in
            values[block * size..<(block + 1) * size].reduce(0) { $0 + $1 / Double(size) }
        }
        let steps = zip(means, means.dropFirst()).map { $1 - $0 }
        guard steps.allSatisfy({ $0 * together > 0 }) else { return nil }
        (channel, rises, explainedShare) = (name, together > 0, share)
    }

    /// The trends of a training of one series, whose rows follow one another in time.
    package static func all(in table: Table, channels: [String]) -> [SeriesTrend] {
        channels.compactMap { name in
            table[name]?.numbers.flatMap { SeriesTrend(name, $0) }
        }
    }

    /// What it means, and what to do.
    package var line: String {
        FitReport.line(
            "warning",
            "\(printable(channel)) \(rises ? "rises" : "falls") all through the training (a straight line explains"
                + " \(percent(explainedShare, 0)) of its variance): later rows will lie beyond all that was learned, and raise"
                + " alarms; give its change from row to row in its place, or fit again as often as it moves"
        )
    }
}
