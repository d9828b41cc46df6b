internal import OddityPlatform

/// Rows so far out that they would spoil what is learned of the others.
enum FarRows {
    /// The largest share of rows that is taken for far out.
    static let largestShare = 0.2
    /// The number of rows that chance may put beyond the last one that is taken for far out.
    private static let expectedCount = 0.5

    /// How far out rows are: −ln of the share of normal rows that are at least as odd.
    ///
    /// - Parameter rows: what the members that did not see them measured.
    static func surprises(of rows: [RowMeasures]) -> [Double] {
        var sums = rows.map(\.surprise)
        for measure in [\RowMeasures.residual, \.logDistance, \.logNeighbor] {
            let values = rows.compactMap { $0[keyPath: measure] }
            guard values.count == rows.count, !values.isEmpty else { continue }
            let tail = RobustTail(values, minimumScale: TailScale.measure)
            for row in values.indices { sums[row] += tail.surprise(of: values[row]) }
        }
        let tail = RobustTail(sums, minimumScale: TailScale.surprise)
        return sums.map(tail.surprise)
    }

    /// The oddest rows, the farthest out first.
    static func oddest(_ count: Int, of rows: [RowMeasures]) -> [Int] {
        let surprises = surprises(of: rows)
        return surprises.indices.sorted { (surprises[$0], $1) > (surprises[$1], $0) }
            .prefix(count).map { $0 }
    }

    /// The rows that are so far out that fewer than half a row is expected there, the farthest first.
    ///
    /// - Parameters:
    ///   - rows: what the members that did not see them measured.
    ///   - limit: the most rows to name.
    static func positions(in rows: [RowMeasures], limit: Int) -> [Int] {
        let surprises = surprises(of: rows)
        let threshold = log(Double(rows.count) / expectedCount)
        return oddest(max(limit, 0), of: rows).filter { surprises[$0] > threshold }
    }
}
