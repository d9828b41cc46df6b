public import OddityDatasets
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
public import OddityPreprocessing

/// A fitted detector: it scores rows, explains them, and is saved to one file.
///
/// It is a value that never changes by use, so that any number of threads may score with it.
public struct FittedTableDetector: FittedDetector {
    /// Rows of tables.
    public static let kind = DetectorKind.table

    /// How it was made.
    public let configuration: TableDetector
    /// How tables become rows of the network.
    public let preparer: TablePreparer
    /// What turns rows into the network's inputs; nil when they are taken as they are.
    public let analysis: PrincipalComponents?
    /// What the training rows got from the members that had not seen them.
    public let trainingHeldOut: HeldOutScores
    /// When a row is called an anomaly; a p-value of at most 0.01 by default.
    public var decision = Decision.standard
    /// Newer normal data that scores are measured against; nil for those of the fit.
    public var recalibration: Recalibration?
    /// Where it comes from.
    public var provenance: Provenance
    let members: [Member]
    /// For each feature, what its squared residual is multiplied by: one over its held-out mean.
    let residualScale: [Float]
    /// What a cell that training could not have produced adds to a member's score.
    let evidenceSurprise: Double
    /// What of a residual is not known better.
    let noise: ResidualNoise
    /// From the members' p-values to one.
    let calibration: CombinedCalibration
    /// What is known of the training rows themselves; nil when rows are not compared with them.
    let neighbors: TrainingNeighbors?
    /// What columns should hold, for reasons; nil for very wide tables and in files of the first releases.
    let expectations: ColumnExpectations?
    /// What rows of the training are known again by; nil where many are equal, and in older files.
    let sketch: RowSketch?
    /// What the held-out rows held; nil in older files, and where nothing of rows is stored.
    let heldOutRows: HeldOutRows?

    init(
        configuration: TableDetector,
        preparer: TablePreparer,
        analysis: PrincipalComponents?,
        provenance: Provenance,
        members: [Member],
        residualScale: [Float],
        noise: ResidualNoise,
        evidenceSurprise: Double,
        calibration: CombinedCalibration,
        neighbors: TrainingNeighbors?,
        heldOut: HeldOutScores,
        expectations: ColumnExpectations?,
        sketch: RowSketch?,
        heldOutRows: HeldOutRows?
    ) {
        self.sketch = sketch
        self.heldOutRows = heldOutRows
        trainingHeldOut = heldOut
        self.provenance = provenance
        self.expectations = expectations
        self.residualScale = residualScale
        self.evidenceSurprise = evidenceSurprise
        self.noise = noise
        self.calibration = calibration
        self.neighbors = neighbors
        self.configuration = configuration
        self.preparer = preparer
        self.analysis = analysis
        self.members = members
    }

    /// The number of the network's inputs.
    var inputSize: Int { analysis?.componentCount ?? preparer.featureCount }

    /// The squared error, in units of a feature's held-out one, that a cell adds whose value training
    /// could not have produced: that of five standard deviations.
    static let evidenceWeight = 25.0

    /// The columns that a table must have.
    public var requiredSchema: Schema { preparer.requiredSchema }
    /// The number of columns it looks at.
    public var columnCount: Int { preparer.columns.count }
    /// The number of training rows whose values the model holds, to measure distances to; 0 for none.
    public var storedRowCount: Int { neighbors?.references.rowCount ?? 0 }
    /// For each member how its training went.
    public var histories: [TrainingHistory] {
        members.map { TrainingHistory($0.history, keepsBest: configuration.svddWeight == nil) }
    }
    /// The number of parameters of each network.
    public var parameterCount: Int { members[0].network.parameterCount }
    /// The sizes of the layers from the input to the output.
    public var layerSizes: [Int] {
        if let layers = configuration.importedLayers {
            return [inputSize]
                + layers.compactMap { if case .dense(let size, _) = $0 { size } else { nil } }
        }
        let encoder = configuration.resolvedHiddenSizes(featureCount: inputSize)
        return [inputSize] + encoder + encoder.dropLast().reversed()
            + [inputSize]
    }
}

extension FittedTableDetector: MemberGroup {}
