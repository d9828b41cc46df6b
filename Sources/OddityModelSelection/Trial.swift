/// A configuration that a search has tried.
public struct Trial<Base: SearchableDetector>: Sendable, Equatable {
    /// Its number, from 1; the first is the detector that the search started from.
    public let number: Int
    /// What was tried, with its full number of epochs.
    public let configuration: Base
    /// The size of the code.
    public let latentSize: Int
    /// What came of it, in the order of growing ``TrialResult/share``.
    public internal(set) var results: [TrialResult]
    /// Why it could not be trained; nil for a trial that could.
    public internal(set) var failure: String?

    /// The result of the longest training.
    public var lastResult: TrialResult? { results.last }

    func result(ofShare share: Int) -> TrialResult? {
        results.first { $0.share == SearchStrategy.shares[share] }
    }
}

/// What came of training a configuration for some of its epochs.
public struct TrialResult: Codable, Sendable, Equatable {
    /// The share of the configuration's epochs that was trained, in (0, 1].
    public let share: Double
    /// The mean loss over rows that the networks did not see.
    public let heldOutLoss: Double
    /// For each fold and each planted change, how well the fold's network tells held-out rows from the
    /// changed ones: the AUROC, 0.5 for guessing.
    public let separations: [[Double]]
    /// How well labelled rows were told apart; nil without labels.
    public let validation: DetectionFigures?

    /// The mean of ``separations``.
    public var separation: Double { separations.map(\.mean).mean }
}

/// How well scores tell anomalies from normal rows.
public struct DetectionFigures: Codable, Sendable, Equatable {
    /// The area under the ROC curve.
    public let auroc: Double
    /// The average precision.
    public let averagePrecision: Double
    /// The least expected cost per row over all thresholds.
    public let leastCost: Double
}

extension [Double] {
    var mean: Double { reduce(0, +) / Double(count) }
}
