/// Trains configurations on the folds and judges them.
protocol TrialEvaluator<Base>: Sendable {
    /// What is tried.
    associatedtype Base: SearchableDetector

    /// Trains a configuration for a share of its epochs.
    ///
    /// - Returns: what came of it, and the detector, which is that of a fit when all epochs were trained.
    func result(
        of configuration: Base,
        share: Double,
        threadCount: Int
    ) throws -> (TrialResult, Base.Fitted)
}
