internal import OddityLinearAlgebra

extension CrossFit {
    /// What rows are judged by that are judged with themselves; nil where the largest deviation of a row does not count.
    ///
    /// - Parameter threadCount: threads to use; the result does not depend on it.
    func findingMeasures(threadCount: Int) -> FindingMeasures? {
        guard configuration.scoring == .residualAndCode else { return nil }
        let features = training.features
        return FindingMeasures(
            HeldOutMeasures(heldOutMeasures, isNarrow: inputSize == 1),
            features: features,
            neighborhoods: neighbors == nil
                ? nil
                : Neighborhoods(
                    features,
                    rows: Array(0..<features.rowCount),
                    preparer: training.preparer,
                    threadCount: threadCount
                ),
            scoring: configuration.scoring
        )
    }

    /// For each row its score among the others, by the member that did not see it and its largest deviation, in the
    /// order of the rows.
    func findingScores(by measures: FindingMeasures?) -> [RowScore] {
        measures.map { scores(ofLogarithms: $0.logarithms) } ?? heldOutScores
    }
}
