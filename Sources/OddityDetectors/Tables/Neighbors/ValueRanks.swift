internal import OddityEvaluation

/// The different values of a feature, ascending, with how many rows hold each.
struct ValueRanks {
    private(set) var values: [Float] = []
    /// For each value the rows that hold it, as a range of places in ascending order.
    private(set) var places: [Range<Int>] = []
    let rowCount: Int
    private let sum: Double
    private let squares: Double

    /// Counts values in ascending order.
    init(sorted: [Float]) {
        rowCount = sorted.count
        (sum, squares) = sorted.reduce((0.0, 0.0)) {
            ($0.0 + Double($1), $0.1 + Double($1) * Double($1))
        }
        deviation = Self.deviation(sum: sum, squares: squares, count: sorted.count)
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
        normalQuantile(Double(placeSum(index)) / 2 / Double(rowCount))
    }

    /// Twice the middle rank of a value, from 0.
    func placeSum(_ index: Int) -> Int {
        places[index].lowerBound + places[index].upperBound
    }

    /// The standard deviation of all rows' values.
    let deviation: Float

    /// The standard deviation of the values of all rows but one, which holds this value.
    func deviation(without value: Float) -> Float {
        let value = Double(value)
        return Self.deviation(
            sum: sum - value,
            squares: squares - value * value,
            count: rowCount - 1
        )
    }

    private static func deviation(sum: Double, squares: Double, count: Int) -> Float {
        let mean = sum / Double(count)
        let spread = Float(max(squares / Double(count) - mean * mean, 0).squareRoot())
        return spread == 0 ? 1 : spread
    }

    /// Where a value lies among those of the other rows, which stay where they are: where others hold it too, with them; else
    /// between its neighbors, or beyond the end that the others have without it.
    ///
    /// - Precondition: Two rows or more, one of which holds the value.
    func scoreAmongOthers(_ value: Float, at index: Int) -> Float {
        guard places[index].count == 1 else { return Float(quantile(index)) }
        if index == 0 { return beyond(1, value) }
        if index == values.count - 1 { return beyond(index - 1, value) }
        let share = Double((value - values[index - 1]) / (values[index + 1] - values[index - 1]))
        let below = quantile(index - 1)
        return Float(below + share * (quantile(index + 1) - below))
    }

    private func beyond(_ end: Int, _ value: Float) -> Float {
        Float(quantile(end)) + (value - values[end]) / deviation
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
}
