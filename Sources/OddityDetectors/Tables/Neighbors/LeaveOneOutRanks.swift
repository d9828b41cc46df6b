internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPlatform

/// The ranks of few training rows, from which each row is placed among the others as if only those had been learned.
///
/// Where a row is left out, the others' ranks close up. ``NormalScores/scores(of:learnedFrom:)`` leaves them where they are, which
/// makes a training row look nearer to the ends of a column than a new one as large: hardly so among many rows, but in each column
/// anew, so that one false alarm in five of a table of 60 rows and 60 columns came from it.
struct LeaveOneOutRanks {
    /// The products of rows, references and features for which it is worth its time: about a second.
    private static let workLimit = 1_000_000_000
    /// The most rows; among more a single one moves nothing.
    private static let rowLimit = 1_000

    private let features: Matrix
    /// For each ranked feature the different values.
    private let ranks: [Int: ValueRanks]
    /// For each row and feature the sum of the first and the last place of its value; -1 where the feature stays as it is.
    private let places: [Int32]
    /// The normal quantile of half a place among the others.
    private let quantiles: [Float]

    /// Ranks all rows of a matrix; nil where they are too many, or one.
    init?(_ features: Matrix, ranked: [Int], referenceCount: Int) {
        let count = features.rowCount
        guard (2...Self.rowLimit).contains(count),
            count * referenceCount * features.columnCount <= Self.workLimit
        else { return nil }
        var ranks: [Int: ValueRanks] = [:]
        var places = [Int32](repeating: -1, count: count * features.columnCount)
        for feature in ranked {
            let values = (0..<count).map { features[$0, feature] }
            let own = ValueRanks(sorted: values.sorted())
            for (row, value) in values.enumerated() {
                guard let index = own.index(of: value) else { continue }
                places[row * features.columnCount + feature] = Int32(own.placeSum(index))
            }
            ranks[feature] = own
        }
        self.features = features
        self.ranks = ranks
        self.places = places
        // No value lies at either end.
        quantiles = (0...2 * (count - 1)).map {
            0 < $0 && $0 < 2 * (count - 1)
                ? Float(normalQuantile(Double($0) / Double(2 * (count - 1)))) : .nan
        }
    }

    /// The logarithm of the distance from a row to the nearest of some others, as far as the row has not been learned.
    func logDistance(of row: Int, toNearestOf references: [Int]) -> Double {
        let width = features.columnCount
        let own = (0..<width).map { score(of: row, feature: $0) }
        let ownPlaces = places[row * width..<(row + 1) * width]
        var nearest = Float.infinity
        for reference in references where reference != row {
            var sum: Float = 0
            for feature in 0..<width {
                let place = places[reference * width + feature]
                let difference: Float
                if place < 0 {
                    difference = own[feature] - features[reference, feature]
                } else {
                    let ownPlace = ownPlaces[ownPlaces.startIndex + feature]
                    let closed = place - (place > ownPlace ? 2 : place == ownPlace ? 1 : 0)
                    difference = own[feature] - quantiles[Int(closed)]
                }
                sum += difference * difference
            }
            nearest = min(nearest, sum)
        }
        return log(max(Double(nearest).squareRoot(), 1e-12))
    }

    /// Where a row lies in a feature among the others.
    private func score(of row: Int, feature: Int) -> Float {
        let value = features[row, feature]
        guard let ranks = ranks[feature], let index = ranks.index(of: value) else { return value }
        let place = ranks.placeSum(index)
        if ranks.places[index].count > 1 { return quantiles[place - 1] }
        let last = ranks.values.count - 1
        func beyond(_ end: Int, _ place: Int) -> Float {
            quantiles[place] + (value - ranks.values[end]) / ranks.deviation(without: value)
        }
        if index == 0 { return last == 0 ? 0 : beyond(1, ranks.placeSum(1) - 2) }
        if index == last { return beyond(last - 1, ranks.placeSum(last - 1)) }
        let below = quantiles[ranks.placeSum(index - 1)]
        let above = quantiles[ranks.placeSum(index + 1) - 2]
        let (start, end) = (ranks.values[index - 1], ranks.values[index + 1])
        return below + (value - start) / (end - start) * (above - below)
    }
}
