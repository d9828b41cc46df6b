public import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Where rows lie in the plane in which training rows differ most: the first two principal components of their normal
/// scores.
///
/// A row's place depends on the row and the model alone.
public struct RowOverview: Sendable {
    private let preparer: TablePreparer
    private let scores: NormalScores
    private let components: PrincipalComponents

    /// The share of the training rows' variance that each of the two directions holds.
    public var explainedShare: [Double] { components.explainedShare }

    /// Finds the plane of a detector's training rows.
    ///
    /// - Returns: nil where the detector keeps no values of training rows.
    /// - Throws: `PreparationError` if they have no two directions.
    public init?(_ detector: FittedTableDetector) throws {
        guard let neighbors = detector.neighbors, neighbors.width > 1,
            neighbors.references.rowCount > 2
        else { return nil }
        preparer = detector.preparer
        scores = neighbors.scores
        components = try PrincipalComponentAnalysis(
            components: .count(2),
            seed: detector.configuration.seed
        ).fitted(to: neighbors.references)
    }

    /// The places of rows.
    ///
    /// - Parameter table: rows with the columns of the detector.
    /// - Throws: `PreparationError` if the table does not fit.
    public func points(of table: Table) throws -> [(x: Double, y: Double)] {
        let features = try preparer.applied(to: table).features
        var normal = Matrix(rowCount: features.rowCount, columnCount: features.columnCount)
        features.withUnsafeElements { source in
            normal.withUnsafeMutableElements { target in
                guard let source = source.baseAddress, let target = target.baseAddress else {
                    return
                }
                scores.write(source, rowCount: features.rowCount, to: target)
            }
        }
        let codes = components.applied(to: normal)
        return (0..<codes.rowCount).map { (Double(codes[$0, 0]), Double(codes[$0, 1])) }
    }
}
