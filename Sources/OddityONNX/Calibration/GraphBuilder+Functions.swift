internal import OddityEvaluation
internal import OddityPlatform

extension GraphBuilder {
    /// The values of functions in pieces.
    ///
    /// The piece is found in two steps, of as many comparisons as the square root of the number of pieces each.
    ///
    /// - Parameters:
    ///   - functions: one for each column, or one for all.
    ///   - x: of double precision.
    func values(of functions: [PiecewiseFunction], at x: GraphValue) -> GraphValue {
        let most = functions.reduce(1) { max($0, $1.ends.count) }
        let size = Int(Double(most).squareRoot().rounded(.up))
        let blockCount = (most + size - 1) / size
        let room = blockCount * size
        let ends = functions.map { function in
            function.ends + Array(repeating: .infinity, count: room - function.ends.count)
        }
        let pieces = functions.map { function in
            function.pieces
                + Array(repeating: .init(value: 0), count: room + 1 - function.pieces.count)
        }
        let places = Array(functions.indices)

        // The last end of each block tells which block a number belongs to.
        let lastEnds = ends.flatMap { own in
            (0..<blockCount).map { own[($0 + 1) * size - 1] }
        }
        let block = (x.expanded > doubles(lastEnds, shape: [functions.count, blockCount])).count
            .atMost(Double(blockCount - 1))
        let blockEnds = doubles(ends.flatMap { $0 }, shape: [functions.count * blockCount, size])
            .rows(at: block + integers(places.map { $0 * blockCount }))
        let piece =
            block * Double(size) + (x.expanded > blockEnds).count
            + integers(places.map { $0 * (room + 1) })
        let numbers = pieces.flatMap { $0.flatMap { [$0.start, $0.value, $0.slope] } }
        let found = doubles(numbers, shape: [functions.count * (room + 1), 3]).rows(at: piece)
        return found.column(1) + found.column(2) * (x - found.column(0))
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
