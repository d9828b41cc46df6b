extension CrossFit {
    /// What rows are judged by that are judged with themselves; nil where the largest deviation of a row does not count.
    func findingMeasures() -> FindingMeasures? {
        guard configuration.scoring == .residualAndCode else { return nil }
        return FindingMeasures(
            HeldOutMeasures(heldOutMeasures, isNarrow: inputSize == 1),
            features: training.features,
            scoring: configuration.scoring
        )
    }

    /// For each row its score among the others, by the member that did not see it and its largest deviation, in the
    /// order of the rows.
    func findingScores(by measures: FindingMeasures?) -> [RowScore] {
        measures.map { scores(ofLogarithms: $0.logarithms) } ?? heldOutScores
    }
}
