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
    ///   - detector: what judges by them.
    func verdict(
        logarithm: GraphValue,
        error: GraphValue?,
        by detector: some FittedDetector
    ) -> (isAnomaly: GraphValue, score: GraphValue, pValue: GraphValue) {
        var logarithm = logarithm
        if let newer = detector.recalibration {
            logarithm = logarithms(of: newer.survival, at: -logarithm / log(10))
        }
        let score = -logarithm / log(10)
        let pValue = logarithm.exponential.atLeast(1 / Double(detector.heldOut.count + 1))
        // What is not a number is not known to be normal.
        let isNormal =
            switch detector.decision.rule {
            case .falseAlarmRate(let rate): pValue > DecisionRule.largestPValue(of: rate)
            case .score(let threshold): score < threshold
            case .error(let threshold): (error ?? score) < threshold
            }
        return (!isNormal, score, pValue)
    }

    /// Makes what is said of rows the outputs.
    func output(_ verdict: (isAnomaly: GraphValue, score: GraphValue, pValue: GraphValue)) {
        output(verdict.isAnomaly.cast(to: .integer), as: Self.outputNames[0])
        output(verdict.score.cast(to: .float), as: Self.outputNames[1])
        output(verdict.pValue, as: Self.outputNames[2])
    }
}
