internal import OddityDatasets

/// What is remembered of an entity between two rows.
struct EntityState: Codable, Sendable {
    /// The number of the last row of the entity, among the rows of all.
    var lastRow = 0
    /// The time of the last row that counted.
    var last: Instant?
    /// Whether the next step is the first of a segment whatever its time.
    var isBroken = true
    /// The last value seen in each channel, within the segment.
    var values: ChannelValues
    /// How many values in a row were missing in each channel: numbers, then categories.
    var silences: [Int]
    /// The sums and counts of the numbers of rows of one time.
    var sums: [Double] = []
    var counts: [Int] = []
    /// The number of late rows in order since the last row that counted, and the last of them.
    var lateCount = 0
    var lastLate: Instant?
    /// The first step of the segment, and the number of the last one, where steps are made anew.
    var gridOrigin: Instant?
    var gridIndex: Int64 = 0

    init(names: ChannelNames) {
        values = names.missing
        silences = Array(repeating: 0, count: names.numeric.count + names.categorical.count)
    }

    /// Whether rows could have led to this state, as far as following more of them depends on it.
    func isSound(_ options: SeriesOptions, _ clock: SeriesClock, numberCount: Int) -> Bool {
        guard silences.allSatisfy({ $0 >= 0 }), counts.allSatisfy({ $0 >= 0 }),
            0...SeriesTracker.restartCount ~= lateCount,
            values.numbers.allSatisfy({ !$0.isInfinite }), sums.allSatisfy(\.isFinite),
            options.duplicates != .mean || last == nil || sums.count == numberCount
        else { return false }
        guard options.isResampling, !isBroken else { return true }
        guard let last, let gridOrigin, last >= gridOrigin else { return false }
        return last.distance(from: gridOrigin) / clock.step == gridIndex
    }

    /// Forgets what came before a break.
    mutating func restart() {
        for index in values.numbers.indices { values.numbers[index] = .nan }
        for index in values.texts.indices { values.texts[index] = nil }
        for index in silences.indices { silences[index] = 0 }
        isBroken = true
    }

    /// Takes the values of the next row, and holds the last one seen in place of a missing one.
    ///
    /// - Returns: Whether every channel has a value now.
    mutating func take(_ new: ChannelValues, fillLimit: Int) -> Bool {
        var isComplete = true
        for index in new.numbers.indices {
            let isMissing = new.numbers[index].isNaN
            if !isMissing { values.numbers[index] = new.numbers[index] }
            let hasValue = !values.numbers[index].isNaN
            isComplete = count(isMissing, hasValue, index, fillLimit) && isComplete
        }
        for index in new.texts.indices {
            let isMissing = new.texts[index] == nil
            if !isMissing { values.texts[index] = new.texts[index] }
            let hasValue = values.texts[index] != nil
            isComplete =
                count(isMissing, hasValue, new.numbers.count + index, fillLimit) && isComplete
        }
        return isComplete
    }

    /// The channels that have no value, or whose value is too old: numbers, then categories.
    func missingChannels(_ fillLimit: Int) -> [Int] {
        silences.indices.filter { index in
            let hasValue =
                index < values.numbers.count
                ? !values.numbers[index].isNaN : values.texts[index - values.numbers.count] != nil
            return !hasValue || silences[index] > fillLimit
        }
    }

    /// Takes the values of another row of the same time.
    mutating func takeAgain(_ new: ChannelValues, averaging: Bool, fillLimit: Int) -> Bool {
        for index in new.numbers.indices where !new.numbers[index].isNaN {
            values.numbers[index] = new.numbers[index]
            silences[index] = 0
            guard averaging else { continue }
            sums[index] += new.numbers[index]
            counts[index] &+= 1
            values.numbers[index] = sums[index] / Double(counts[index])
        }
        for index in new.texts.indices where new.texts[index] != nil {
            values.texts[index] = new.texts[index]
            silences[new.numbers.count + index] = 0
        }
        return !values.numbers.contains { $0.isNaN } && !values.texts.contains(nil)
            && silences.allSatisfy { $0 <= fillLimit }
    }

    /// Begins the average of the rows of a time.
    mutating func beginAverage(_ new: ChannelValues) {
        sums = new.numbers.map { $0.isNaN ? 0 : $0 }
        counts = new.numbers.map { $0.isNaN ? 0 : 1 }
    }

    @inline(__always)
    private mutating func count(
        _ isMissing: Bool,
        _ hasValue: Bool,
        _ channel: Int,
        _ limit: Int
    ) -> Bool {
        // The count stops above the limit, so that it cannot overflow.
        silences[channel] = isMissing ? min(silences[channel], limit) &+ 1 : 0
        return hasValue && silences[channel] <= limit
    }
}
