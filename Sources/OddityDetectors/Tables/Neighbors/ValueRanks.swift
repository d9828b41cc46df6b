/// The different values of a feature, ascending, with how many rows hold each.
struct ValueRanks {
    private(set) var values: [Float] = []
    /// For each value the rows that hold it, as a range of places in ascending order.
    private(set) var places: [Range<Int>] = []
    let rowCount: Int
    private let sum: Double
    private let squareSum: Double

    /// Counts values in ascending order.
    init(sorted: [Float]) {
        rowCount = sorted.count
        (sum, squareSum) = sorted.reduce((0.0, 0.0)) {
            ($0.0 + Double($1), $0.1 + Double($1) * Double($1))
        }
        var first = 0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, sorted[end] == sorted[first] { end += 1 }
            values.append(sorted[first])
            places.append(first..<end)
            first = end
        }
    }

    /// The normal quantile of a value's middle rank.
    func quantile(_ index: Int) -> Double {
        let places = places[index]
        return normalQuantile(
            Double(places.lowerBound + places.upperBound) / 2 / Double(rowCount)
        )
    }

    /// The standard deviation of all rows' values.
    var deviation: Float { Self.deviation(sum, squareSum, count: rowCount) }

    /// The values that rows are placed between: all but the ends that a single row holds, for without that row they
    /// would lie beyond the others, and so they do for a new row.
    var inner: Range<Int> {
        var inner = values.indices
        if inner.count > 1, places[inner.upperBound - 1].count == 1 { inner = inner.dropLast() }
        if inner.count > 1, places[inner.lowerBound].count == 1 { inner = inner.dropFirst() }
        return inner
    }

    /// Where a value lies among those of the other rows, which stay where they are: between its neighbors, or beyond
    /// the ends that the others have without it.
    ///
    /// - Precondition: Two rows or more, one of which holds the value.
    func scoreAmongOthers(_ value: Float, at index: Int) -> Float {
        let isAlone = places[index].count == 1
        func count(_ other: Int) -> Int { places[other].count - (other == index ? 1 : 0) }
        func after(_ other: Int) -> Int { other + (isAlone && other + 1 == index ? 2 : 1) }
        func before(_ other: Int) -> Int { other - (isAlone && other - 1 == index ? 2 : 1) }
        var low = isAlone && index == 0 ? 1 : 0
        var high = isAlone && index == values.count - 1 ? index - 1 : values.count - 1
        if low < high, count(high) == 1 { high = before(high) }
        if low < high, count(low) == 1 { low = after(low) }
        if value <= values[low] { return beyond(low, value) }
        if value >= values[high] { return beyond(high, value) }
        guard isAlone else { return Float(quantile(index)) }
        let share = Double((value - values[index - 1]) / (values[index + 1] - values[index - 1]))
        let below = quantile(index - 1)
        return Float(below + share * (quantile(index + 1) - below))
    }

    /// The score of a row's value that lies beyond an end of the others.
    private func beyond(_ end: Int, _ value: Float) -> Float {
        let deviation = Self.deviation(
            sum - Double(value),
            squareSum - Double(value) * Double(value),
            count: rowCount - 1
        )
        return Float(quantile(end)) + (value - values[end]) / deviation
    }

    /// The place of a value among the different ones; nil for a value that no row holds.
    func index(of value: Float) -> Int? {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < values.count && values[low] == value ? low : nil
    }

    private static func deviation(_ sum: Double, _ squareSum: Double, count: Int) -> Float {
        let mean = sum / Double(count)
        let deviation = Float(max(squareSum / Double(count) - mean * mean, 0).squareRoot())
        return deviation == 0 ? 1 : deviation
    }
}
