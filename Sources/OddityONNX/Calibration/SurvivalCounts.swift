internal import OddityEvaluation

/// What a survival function counts, as functions in pieces.
///
/// A row that equals held-out ones has the very value of these where both are computed alike. Elsewhere it differs by rounding, which must
/// not decide where equal values make a step: so there what is near a value is equal to it, unless another value is nearly as near.
struct SurvivalCounts {
    /// One of the held-out values, with its neighborhood.
    private struct Group {
        var value: Double
        /// How many values are equal.
        var count: Int
        /// How many values are equal or larger.
        var reaching: Int
        /// Where what is equal to it begins and ends; the value itself where rounding makes no difference.
        var low: Double
        var high: Double
    }

    private let groups: [Group]
    private let total: Int

    /// The part of the way to the next value up to which anything is equal: values of rows that are nearly equal are as near to one
    /// another as rounding, and differ all the same.
    private static let nearShare = 1e-3

    /// - Parameters:
    ///   - tolerance: what differs by less is equal, and by less than a thousandth of the way to the next value.
    ///   - widensAll: whether what is near a value is equal to it everywhere, not where several are equal alone.
    init(
        _ survival: SurvivalFunction,
        tolerance: Double = Tolerance.measure,
        widensAll: Bool = false
    ) {
        let values = survival.values
        total = values.count
        var groups: [Group] = []
        for (place, value) in values.enumerated() {
            if let last = groups.last, last.value == value {
                groups[groups.count - 1].count += 1
            } else {
                let reaching = values.count - place
                groups.append(
                    Group(value: value, count: 1, reaching: reaching, low: value, high: value)
                )
            }
        }
        for place in groups.indices {
            let below = place > 0 ? groups[place].value - groups[place - 1].value : .infinity
            let above =
                place + 1 < groups.count
                ? groups[place + 1].value - groups[place].value : .infinity
            guard widensAll || groups[place].count > 1 else { continue }
            groups[place].low -= min(tolerance, below * Self.nearShare)
            groups[place].high += min(tolerance, above * Self.nearShare)
        }
        self.groups = groups
    }

    /// Where the held-out values end.
    var end: Double { groups.last?.high ?? 0 }

    /// How many values are at least as large, or a part of one more between two values: what the logarithm is taken of.
    var reaching: PiecewiseFunction {
        var result = PiecewiseFunction()
        for (place, group) in groups.enumerated() {
            var piece = PiecewiseFunction.Piece(value: Double(total))
            if place > 0 {
                let lower = groups[place - 1].value
                piece.start = lower
                piece.value = Double(group.reaching + 1)
                piece.slope = -1 / (group.value - lower)
            }
            result.append(piece, upTo: group.low)
            guard group.low < group.high else { continue }
            result.append(.init(value: Double(group.reaching)), upTo: group.high)
        }
        result.append(.init(value: 1), upTo: nil)
        return result
    }

    /// How many values are equal.
    var equal: PiecewiseFunction {
        var result = PiecewiseFunction()
        for group in groups {
            result.append(.init(value: 0), upTo: group.low)
            result.append(.init(value: Double(group.count)), upTo: group.high)
        }
        result.append(.init(value: 0), upTo: nil)
        return result
    }
}
