internal import OddityPreprocessing

extension GraphBuilder {
    /// Columns of numbers, filled, limited and scaled; see `NumericEncoder`.
    ///
    /// - Parameters:
    ///   - numbers: rows × columns of double precision, NaN where a value is missing.
    ///   - encoders: one for each column, each with a tail.
    /// - Returns: for each column its value and its indicator as features, which some columns have none of, and whether it is
    ///   evidence.
    func scaled(
        _ numbers: GraphValue,
        _ encoders: [NumericEncoder]
    ) -> (values: GraphValue, indicators: GraphValue, isEvidence: GraphValue) {
        func row(_ value: (NumericEncoder) -> Double) -> GraphValue { doubles(encoders.map(value)) }
        let isMissing = numbers.isMissing
        // What is infinite is as far away as the largest number.
        let finite = isMissing.choosing(row(\.fill), else: numbers)
            .atLeast(-Double.greatestFiniteMagnitude).atMost(Double.greatestFiniteMagnitude)
        let known = isMissing.choosing(
            row(\.fill),
            else: finite.atLeast(row(\.low)).atMost(row(\.high))
        )
        // tail · ln(1 + d / tail) of the distance d beyond the limits; halves, whose sums are finite.
        let halfTail = row { ($0.tail ?? 1) / 2 }
        let beyond = finite * 0.5 - known * 0.5
        let units = (beyond.applying("Abs") + halfTail).logarithm - halfTail.logarithm
        let excess = units * row { ($0.tail ?? 1) / $0.scale } * beyond.applying("Sign")
        let values = (known - row(\.center)) / row(\.scale) + excess
        let indicators = isMissing.choosing(
            floats(encoders.map { $0.indicatorFeature(of: 1) }),
            else: floats(encoders.map { $0.indicatorFeature(of: 0) })
        )
        let bounds = encoders.map(\.possible)
        let missingIsOdd = booleans(
            encoders.map { $0.indicator == nil && $0.content != .alwaysMissing }
        )
        let isEvidence =
            isMissing && missingIsOdd || numbers < doubles(bounds.map(\.low))
            || numbers > doubles(bounds.map(\.high))
        return (values.cast(to: .float), indicators, isEvidence)
    }
}

extension NumericEncoder {
    fileprivate func indicatorFeature(of share: Double) -> Float {
        indicator.map { Float((share - $0.center) / $0.scale) } ?? 0
    }

    /// The present values that training could have produced; none where `low` is above `high`.
    fileprivate var possible: (low: Double, high: Double) {
        switch content {
        case .varying: (-.greatestFiniteMagnitude, .greatestFiniteMagnitude)
        case .constant(let value): (value, value)
        case .alwaysMissing: (.infinity, -.infinity)
        }
    }
}
