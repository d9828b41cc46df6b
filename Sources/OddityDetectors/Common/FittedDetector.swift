public import OddityModelFiles

/// What was learned from normal data: it scores, decides, and is saved to one file.
///
/// Tables, images and series have detectors of their own, since what they look at differs; how a verdict is
/// given, what is kept of the held-out data, and how a file is read and written is the same for all. A fitted
/// detector never changes by use, so any number of threads may score with it, each with a scorer of its own.
public protocol FittedDetector: Sendable {
    /// How it was made.
    associatedtype Configuration: Detector
    /// What scores with workspaces that are kept between calls.
    associatedtype Scorer: DetectorScorer

    /// What it looks at.
    static var kind: DetectorKind { get }
    /// How it was made.
    var configuration: Configuration { get }
    /// What the normal data of the fit got from members that had not seen them.
    var trainingHeldOut: HeldOutScores { get }
    /// Newer normal data that scores are measured against instead; nil for those of the fit.
    var recalibration: Recalibration? { get set }
    /// When something is called an anomaly, and how that was chosen; changing it needs no new fit.
    var decision: Decision { get set }
    /// Where it comes from.
    var provenance: Provenance { get set }
    /// For each member how the training of its network went.
    var histories: [TrainingHistory] { get }
    /// How many rows, images or steps a day brings; nil where nothing tells.
    var rowsPerDay: Double? { get }

    /// A scorer with workspaces of its own: it serves one thread.
    func makeScorer() -> Scorer

    /// The parts of a model file, checked against each other but not yet against its reference scores.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    init(_ archive: ModelArchive) throws
    /// The detector as manifest and tensors.
    ///
    /// - Throws: `ModelFileError`.
    func archive() throws -> ModelArchive
    /// The scores that its file holds for its reference data, and the same computed anew.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError`` where the file holds none that fit.
    func referenceScores(in archive: ModelArchive) throws -> (stored: [Double], computed: [Double])
}

/// Scores with workspaces that are kept between calls, for one thread.
///
/// What it says does not depend on what it scored before, but for series, whose past is what they are judged by.
public protocol DetectorScorer<Input> {
    /// What it scores: a table, or images as rows of a matrix.
    associatedtype Input

    /// Scores rows, images or steps; nil where too little was seen for a score.
    ///
    /// - Throws: what does not fit, as for the detector.
    mutating func rowScores(of input: Input) throws -> [RowScore?]
}

extension FittedDetector {
    /// The normal data that scores are measured against, and what they got: none that a member had seen.
    public var heldOut: HeldOutScores { recalibration?.heldOut ?? trainingHeldOut }

    /// Rows and images that stand alone come at any pace.
    public var rowsPerDay: Double? { nil }

    /// The number of members.
    public var memberCount: Int { histories.count }

    /// When something is called an anomaly.
    ///
    /// Setting it says that it was given by hand.
    public var decisionRule: DecisionRule {
        get { decision.rule }
        set { decision = Decision(rule: newValue, origin: .given) }
    }

    /// Whether a score is an anomaly's: the one place where that is decided.
    public func isAnomaly(_ score: RowScore) -> Bool { decision.rule.isAnomaly(score) }

    /// The least score, or the least error, that is called an anomaly; infinite where the held-out data cannot
    /// back any alarm at the rate.
    public var threshold: Double { decision.rule.threshold(heldOutCount: heldOut.count) }

    /// The rate of the decision where the held-out data cannot back a single alarm at it.
    public var unreachableRate: UnreachableRate? {
        UnreachableRate(decision.rule, heldOut: heldOut)
    }

    /// The one place where a p-value among the held-out data of the fit becomes a score.
    ///
    /// - Parameters:
    ///   - logarithm: the natural logarithm of the p-value, continued beyond the held-out data.
    ///   - error: the reconstruction error.
    func rowScore(logarithm: Double, error: Double) -> RowScore {
        recalibrated(
            HeldOutScores.score(
                logarithm: logarithm,
                error: error,
                heldOutCount: trainingHeldOut.count
            )
        )
    }

    /// What a score by the fit is, measured against the data that are in force.
    package func recalibrated(_ score: RowScore) -> RowScore {
        recalibration?.score(of: score) ?? score
    }

    /// A score with its verdict.
    func verdict(_ score: RowScore, reasons: [Reason] = []) -> Verdict {
        Verdict(score: score, isAnomaly: isAnomaly(score), reasons: reasons)
    }
}
