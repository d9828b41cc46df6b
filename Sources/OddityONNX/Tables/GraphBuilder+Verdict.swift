internal import OddityDetectors
internal import OddityPlatform

extension GraphBuilder {
    /// The names of the outputs, as converters of scikit-learn's detectors name them: verdict, score and p-value.
    static let outputNames = ["label", "scores", "p_value"]

    /// What a detector says of rows.
    ///
    /// - Parameters:
    ///   - logarithm: of the p-value by the fit, one column.
    ///   - error: the reconstruction error, one column; nil where the rule does not look at it.
    func verdict(
        logarithm: GraphValue,
        error: GraphValue?,
        _ arithmetic: TableArithmetic,
        rule: DecisionRule
    ) -> (isAnomaly: GraphValue, score: GraphValue, pValue: GraphValue) {
        var logarithm = logarithm
        var count = arithmetic.heldOutCount
        if let newer = arithmetic.newer {
            logarithm = logarithms(of: newer.scores, at: -logarithm / log(10))
            count = newer.count
        }
        let score = -logarithm / log(10)
        let pValue = logarithm.exponential.atLeast(1 / Double(count + 1))
        // What is not a number is not known to be normal.
        let isNormal =
            switch rule {
            case .falseAlarmRate(let rate): pValue > DecisionRule.largestPValue(of: rate)
            case .score(let threshold): score < threshold
            case .error(let threshold): (error ?? score) < threshold
            }
        return (!isNormal, score, pValue)
    }
}
