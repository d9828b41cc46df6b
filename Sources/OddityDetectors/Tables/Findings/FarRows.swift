internal import OddityPlatform

/// Rows so far out that they would spoil what is learned of the others.
enum FarRows {
    /// The largest share of rows that is taken for far out.
    static let largestShare = 0.2
    /// The number of rows that chance may put beyond the last one that is taken for far out.
    private static let expectedCount = 0.5

    /// How far out rows are: −ln of the share of normal rows that are at least as odd.
    ///
    /// The roots of distances, and of residuals, are taken to fall off exponentially: S(d) = exp(−c √d) is heavier
    /// than what normal and exponential columns give, so that few normal rows are left out, and lighter than any power
    /// of d, so that a row far from all others is told from them.
    ///
    /// - Parameter rows: what the members that did not see them measured.
    static func surprises(of rows: [RowMeasures], scoring: TableDetector.Scoring) -> [Double] {
        var sums = rows.map(\.surprise)
        func add(_ values: [Double], minimumScale: Double) {
            guard values.count == rows.count, !values.isEmpty else { return }
            let tail = RobustTail(values, minimumScale: minimumScale)
            for row in values.indices { sums[row] += tail.surprise(of: values[row]) }
        }
        let residuals = rows.compactMap(\.residual)
        if scoring.usesLikelihood {
            add(residuals, minimumScale: TailScale.surprise)
        } else {
            // The logarithm of a squared residual.
            addRoots(residuals.map { $0 / 2 }, add)
        }
        addRoots(rows.compactMap(\.logDistance), add)
        addRoots(rows.compactMap(\.logNeighbor), add)
        let tail = RobustTail(sums, minimumScale: TailScale.surprise)
        return sums.map(tail.surprise)
    }

    /// Adds the roots of lengths of which the logarithms are given, in units of their median.
    private static func addRoots(_ logarithms: [Double], _ add: ([Double], Double) -> Void) {
        guard !logarithms.isEmpty else { return }
        let median = logarithms.sorted()[(logarithms.count - 1) / 2]
        // Beyond e⁶⁰ medians everything is far out.
        add(logarithms.map { exp(min($0 - median, 60) / 2) }, TailScale.measure)
    }

    /// The oddest rows, the farthest out first.
    static func oddest(_ count: Int, of rows: [RowMeasures], scoring: TableDetector.Scoring)
        -> [Int]
    {
        let surprises = surprises(of: rows, scoring: scoring)
        return surprises.indices.sorted { (surprises[$0], $1) > (surprises[$1], $0) }
            .prefix(count).map { $0 }
    }

    /// The rows that are so far out that fewer than half a row is expected there, the farthest first.
    ///
    /// - Parameters:
    ///   - rows: what the members that did not see them measured.
    ///   - limit: the most rows to name.
    static func positions(
        in rows: [RowMeasures],
        scoring: TableDetector.Scoring,
        limit: Int
    ) -> [Int] {
        let surprises = surprises(of: rows, scoring: scoring)
        let threshold = log(Double(rows.count) / expectedCount)
        return oddest(max(limit, 0), of: rows, scoring: scoring).filter {
            surprises[$0] > threshold
        }
    }
}
