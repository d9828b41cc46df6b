/// What the curves of a volume under the surface are made of, for rising buffer lengths.
///
/// A row is described by its *rank*: the number of the first threshold that flags it. So each sum
/// over flagged rows is a running sum over ranks.
struct BufferedSurface {
    /// A row beside an event, within reach of the longest buffer.
    private struct Neighbour {
        /// The distance to the nearest event.
        var nearest: Int
        /// The distance to the nearest other event; `Int.max` without one.
        var second: Int
        var rank: Int
    }

    private let rowCount: Int
    private let anomalyCount: Int
    private let events: [EventSpan]
    private let slices: [Range<Int>]
    private let segments: [Range<Int>]
    private let ranks: [Int]
    /// Rows, and rows of events, that each threshold flags.
    private let flagged: [Int]
    private let flaggedAnomalies: [Int]
    /// Nearest first.
    private let neighbours: [Neighbour]
    /// The lowest rank within the buffer of each event, and the half buffer it is known for.
    private var lowestRanks: [Int]
    private var half = 0

    init(_ series: LabeledSeries, longestHalf: Int, thresholdCount: Int) {
        let rowCount = series.rowCount
        let events = series.events
        let segments = series.segments.ranges
        self.rowCount = rowCount
        anomalyCount = series.anomalyCount
        self.events = events
        self.segments = segments
        let slices = series.segments.slices(of: events)
        self.slices = slices

        let sorted = series.scores.sorted(by: >)
        let step = Double(rowCount - 1) / Double(thresholdCount - 1)
        let thresholds = (0..<thresholdCount).map { index in
            sorted[index == thresholdCount - 1 ? rowCount - 1 : Int(Double(index) * step)]
        }
        let ranks = series.scores.map { score in
            thresholds.partitionIndex { score >= $0 }
        }
        self.ranks = ranks
        flagged = ranks.runningCounts(below: thresholdCount)
        flaggedAnomalies = events.flatMap { ranks[$0.rows] }.runningCounts(below: thresholdCount)
        lowestRanks = events.map { event in ranks[event.rows].reduce(thresholdCount, min) }

        var neighbours: [Neighbour] = []
        for (segment, slice) in slices.enumerated() where !slice.isEmpty {
            // The gap before each event, and the one after the last.
            for index in slice.lowerBound...slice.upperBound {
                let gapStart =
                    index == slice.lowerBound
                    ? segments[segment].lowerBound : events[index - 1].rows.upperBound
                let gapEnd =
                    index == slice.upperBound
                    ? segments[segment].upperBound : events[index].first
                let near = (max(slice.lowerBound, index - 2)..<min(slice.upperBound, index + 2))
                    .map { events[$0] }
                for row in gapStart..<gapEnd {
                    var neighbour = Neighbour(nearest: .max, second: .max, rank: ranks[row])
                    for event in near {
                        let distance = max(event.first - row, row - event.last)
                        if distance < neighbour.nearest {
                            neighbour.second = neighbour.nearest
                            neighbour.nearest = distance
                        } else if distance < neighbour.second {
                            neighbour.second = distance
                        }
                    }
                    if neighbour.nearest <= longestHalf { neighbours.append(neighbour) }
                }
            }
        }
        self.neighbours = neighbours.sorted { $0.nearest < $1.nearest }
    }

    /// The areas under both curves for one buffer length, which must not fall from call to call.
    mutating func areas(bufferLength: Int) -> (roc: Double, precisionRecall: Double) {
        widen(to: bufferLength / 2)
        var soft = [Double](repeating: 0, count: flagged.count)
        let fading = (0...half).map { (1 - Double($0) / Double(max(1, bufferLength))).squareRoot() }
        for neighbour in neighbours {
            if neighbour.nearest > half { break }
            // Two events within half a buffer give at least 2 · √½, which is cut at 1.
            soft[neighbour.rank] += neighbour.second <= half ? 1 : fading[neighbour.nearest]
        }
        var touched = [Int](repeating: 0, count: flagged.count)
        let groupCount = countGroups(into: &touched)

        var roc = 0.0
        var precisionRecall = 0.0
        var buffered = 0.0
        var touchedCount = 0
        var last = (falseAlarmRate: 0.0, detectionRate: 0.0)
        for index in flagged.indices {
            buffered += soft[index]
            touchedCount += touched[index]
            let caught = Double(flaggedAnomalies[index]) + buffered
            let positives = Double(anomalyCount) + buffered / 2
            let detectionRate =
                min(caught / positives, 1) * Double(touchedCount) / Double(groupCount)
            let falseAlarmRate =
                (Double(flagged[index]) - caught) / (Double(rowCount) - positives)
            roc +=
                (falseAlarmRate - last.falseAlarmRate) * (detectionRate + last.detectionRate) / 2
            precisionRecall +=
                (detectionRate - last.detectionRate) * caught / Double(flagged[index])
            last = (falseAlarmRate, detectionRate)
        }
        roc += (1 - last.falseAlarmRate) * (1 + last.detectionRate) / 2
        return (roc, precisionRecall)
    }

    /// Takes the rows at growing distance into the lowest rank of each event.
    private mutating func widen(to newHalf: Int) {
        while half < newHalf {
            half += 1
            for (segment, slice) in slices.enumerated() {
                for index in slice {
                    for row in [events[index].first - half, events[index].last + half]
                    where segments[segment].contains(row) {
                        lowestRanks[index] = min(lowestRanks[index], ranks[row])
                    }
                }
            }
        }
    }

    /// Counts events whose buffers meet as one, by the first threshold that touches them.
    private func countGroups(into touched: inout [Int]) -> Int {
        var groupCount = 0
        for slice in slices where !slice.isEmpty {
            var lowest = lowestRanks[slice.lowerBound]
            for index in slice.dropFirst() {
                if events[index - 1].last + half < events[index].first - half {
                    touched[lowest] += 1
                    groupCount += 1
                    lowest = lowestRanks[index]
                } else {
                    lowest = min(lowest, lowestRanks[index])
                }
            }
            touched[lowest] += 1
            groupCount += 1
        }
        return groupCount
    }
}

extension [Int] {
    /// How many elements are at most each number below a limit.
    fileprivate func runningCounts(below limit: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: limit)
        for element in self { counts[element] += 1 }
        for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
        return counts
    }
}
