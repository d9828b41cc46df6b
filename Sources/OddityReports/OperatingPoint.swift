public import OddityEvaluation

/// A threshold and what it does, as a line of the report's table and a marker on its curves.
public struct OperatingPoint: Equatable, Sendable {
    /// What the threshold is called, such as “Youden's J”.
    public var name: String
    /// How it was chosen, in a few words.
    public var note: String
    /// Rows with `score >= threshold` are called anomalies.
    public var threshold: Double
    /// What the threshold does to the rows.
    public var confusionMatrix: ConfusionMatrix
    /// Whether it is the model's own, the one that its verdicts use.
    public var isModelsOwn: Bool

    /// Makes an operating point.
    ///
    /// - Parameters:
    ///   - name: What the threshold is called.
    ///   - note: How it was chosen, in a few words.
    ///   - threshold: Rows with `score >= threshold` are called anomalies.
    ///   - confusionMatrix: What the threshold does to the rows.
    ///   - isModelsOwn: Whether it is the one that the model's verdicts use.
    public init(
        name: String,
        note: String = "",
        threshold: Double,
        confusionMatrix: ConfusionMatrix,
        isModelsOwn: Bool = false
    ) {
        self.name = name
        self.note = note
        self.threshold = threshold
        self.confusionMatrix = confusionMatrix
        self.isModelsOwn = isModelsOwn
    }
}
