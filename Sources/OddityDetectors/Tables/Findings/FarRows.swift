internal import OddityLinearAlgebra
internal import OddityPlatform

/// Rows so far out that they would spoil what is learned of the others.
enum FarRows {
    /// The largest share of rows that is taken for far out.
    static let largestShare = 0.2
    /// The number of rows that chance may put beyond the last one that is taken for far out.
    private static let expectedCount = 0.5

    /// How far out rows are: −ln of the share of normal rows that are at least as odd by one of four measures, times
    /// their number (Bonferroni).
    ///
    /// The measures are what the member that did not see the row makes of it, and the row's largest deviation in one
    /// feature, which rows of one kind cannot hide from one another. The roots of lengths are taken to fall off
    /// exponentially: S(d) = exp(−c √d) is heavier than what normal and exponential columns give, so that few
    /// normal rows are left out, and lighter than any power of d, so that a row far from all others is told from them.
    ///
    /// - Parameters:
    ///   - rows: what the members that did not see them measured.
    ///   - features: their features.
    ///   - countsUncertainty: whether the scale of few rows is uncertain; without it distances are taken as they were estimated, for what
    ///     counts that itself.
    static func surprises(
        of rows: [RowMeasures],
        features: Matrix,
        scoring: TableDetector.Scoring,
        countsUncertainty: Bool = true
    ) -> [Double] {
        var largest = rows.map(\.surprise)
        var count = 1
        func add(_ values: [Double], minimumScale: Double) {
            guard values.count == rows.count, !values.isEmpty else { return }
            let tail = RobustTail(values, minimumScale: minimumScale)
            for row in values.indices {
                let surprise =
                    countsUncertainty
                    ? tail.surprise(of: values[row]) : log(2) + tail.distance(of: values[row])
                largest[row] = max(largest[row], surprise)
            }
            count += 1
        }
        let residuals = rows.compactMap(\.residual)
        if scoring.usesLikelihood {
            add(residuals, minimumScale: TailScale.surprise)
        } else {
            // The logarithm of a squared residual.
            add(roots(residuals.map { $0 / 2 }), minimumScale: TailScale.measure)
        }
        add(roots(rows.compactMap(\.logDistance)), minimumScale: TailScale.measure)
        add(roots(rows.compactMap(\.logNeighbor)), minimumScale: TailScale.measure)
        add(roots(LargestDeviations.logarithms(of: features)), minimumScale: TailScale.measure)
        return largest.map { $0 - log(Double(count)) }
    }

    /// The roots of lengths of which the logarithms are given, in units of their median.
    private static func roots(_ logarithms: [Double]) -> [Double] {
        guard !logarithms.isEmpty else { return [] }
        return logarithms.map(MedianRoots(logarithms).root(ofLogarithm:))
    }

    /// The oddest rows, the farthest out first.
    static func oddest(_ count: Int, by surprises: [Double]) -> [Int] {
        surprises.indices.sorted { (surprises[$0], $1) > (surprises[$1], $0) }
            .prefix(count).map { $0 }
    }

    /// The rows that are so far out that fewer than half a row is expected there, the farthest first.
    ///
    /// - Parameter limit: the most rows to name.
    static func positions(by surprises: [Double], limit: Int) -> [Int] {
        let threshold = log(Double(surprises.count) / expectedCount)
        return oddest(max(limit, 0), by: surprises).filter { surprises[$0] > threshold }
    }
}
