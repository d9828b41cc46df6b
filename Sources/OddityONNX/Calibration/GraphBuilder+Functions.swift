internal import OddityEvaluation
internal import OddityPlatform

extension GraphBuilder {
    /// The values of functions in pieces.
    ///
    /// - Parameters:
    ///   - functions: one for each column, or one for all.
    ///   - x: of double precision.
    func values(of functions: [PiecewiseFunction], at x: GraphValue) -> GraphValue {
        let pieces = functions.map { $0.pieces.map { [$0.start, $0.value, $0.slope] } }
        let found = chosen(of: pieces, ends: functions.map(\.ends), at: x) { $0 > $1 }
        return found.column(1) + found.column(2) * (x - found.column(0))
    }

    /// For each element the numbers of the piece that it lies in.
    ///
    /// The piece is found in two steps, of as many comparisons as the square root of the number of pieces each.
    ///
    /// - Parameters:
    ///   - pieces: for each column, or for all, the numbers of each piece.
    ///   - ends: where pieces end, ascending, one fewer for each column.
    ///   - x: of double precision.
    ///   - isBeyond: whether a number lies beyond an end.
    /// - Returns: the elements with one more axis, of the numbers of their pieces.
    func chosen(
        of pieces: [[[Double]]],
        ends: [[Double]],
        at x: GraphValue,
        isBeyond: (GraphValue, GraphValue) -> GraphValue
    ) -> GraphValue {
        let most = ends.reduce(1) { max($0, $1.count) }
        let size = Int(Double(most).squareRoot().rounded(.up))
        let blockCount = (most + size - 1) / size
        let room = blockCount * size
        let width = pieces[0][0].count
        let filledEnds = ends.map { $0 + Array(repeating: .infinity, count: room - $0.count) }
        let filled = pieces.map { own in
            own
                + Array(
                    repeating: [Double](repeating: 0, count: width),
                    count: room + 1 - own.count
                )
        }
        let places = Array(pieces.indices)

        // The last end of each block tells which block a number belongs to.
        let lastEnds = filledEnds.flatMap { own in
            (0..<blockCount).map { own[($0 + 1) * size - 1] }
        }
        let block = isBeyond(x.expanded, doubles(lastEnds, shape: [places.count, blockCount])).count
            .atMost(Double(blockCount - 1))
        let blockEnds = doubles(
            filledEnds.flatMap { $0 },
            shape: [places.count * blockCount, size]
        )
        .rows(at: block + integers(places.map { $0 * blockCount }))
        let piece =
            block * Double(size) + isBeyond(x.expanded, blockEnds).count
            + integers(places.map { $0 * (room + 1) })
        return doubles(
            filled.flatMap { $0.flatMap { $0 } },
            shape: [places.count * (room + 1), width]
        )
        .rows(at: piece)
    }

    /// The logarithms of a survival function, see `SurvivalFunction`.
    ///
    /// - Parameter x: of double precision.
    func logarithms(of survival: SurvivalFunction, at x: GraphValue) -> GraphValue {
        let counts = SurvivalCounts(survival)
        let total = Double(survival.values.count)
        let body = values(of: [counts.reaching], at: x).logarithm - log(total + 1)
        let beyond = (x - counts.end).positivePart / survival.tailScale
        let short = (x.number(survival.values[0]) - x).positivePart / survival.tailScale
        let lower = short / (short + 1) * log1p(1 / total)
        return (body - beyond + lower).atMost(0)
    }
}
