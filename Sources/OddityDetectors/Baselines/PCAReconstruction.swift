public import OddityLinearAlgebra
public import OddityPreprocessing

/// The linear autoencoder: what the leading principal components of standardized features leave over.
///
/// A row's score is the mean over features of its squared residual. An autoencoder with linear
/// layers and squared error learns the same reconstruction (Baldi and Hornik 1989), so this is what
/// a network's curves have to beat.
///
/// By default those components are kept that explain more than one feature does (Guttman 1954,
/// Kaiser 1960): a rule without a number to tune. A large share of the variance would leave over
/// little but noise, and odd rows are rebuilt along with the others.
/// At least one direction is always left over, or the score would be rounding alone.
public struct PCAReconstruction: BaselineDetector, Equatable {
    /// How many components are kept; those above the average by default.
    public var components: PrincipalComponentAnalysis.Selection

    /// Makes a configuration.
    ///
    /// - Parameter components: how many components are kept.
    public init(components: PrincipalComponentAnalysis.Selection = .aboveAverage) {
        self.components = components
    }

    /// The method's name.
    public var name: String { "PCA reconstruction" }

    /// Finds the components of the standardized rows.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one feature.
    ///   - seed: where the directions come from that large rows are sketched with.
    ///   - threadCount: ignored.
    /// - Throws: ``DetectorError`` for rows that cannot be used, `PreparationError` for a selection that
    ///   cannot.
    public func fitted(
        to rows: Matrix,
        seed: UInt64,
        threadCount: Int
    ) throws -> FittedPCAReconstruction {
        try rows.checkTrainable()
        let scale = StandardScaler(of: rows)
        let analysis = try PrincipalComponentAnalysis(components: components, seed: seed)
            .fitted(to: scale.applied(to: rows))
        return FittedPCAReconstruction(
            scale: scale,
            analysis: analysis.keeping(rows.columnCount - 1)
        )
    }
}

/// The scale and the components kept by ``PCAReconstruction``.
public struct FittedPCAReconstruction: FittedBaseline {
    private let scale: StandardScaler
    /// The components of the standardized training rows.
    public let analysis: PrincipalComponents

    /// The features of a row.
    public var featureCount: Int { analysis.featureCount }

    init(scale: StandardScaler, analysis: PrincipalComponents) {
        self.scale = scale
        self.analysis = analysis
    }

    /// The mean over features of each row's squared residual, in standardized units.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, rows × ``featureCount``.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableRows(_:)``.
    /// - Complexity: O(features × components) a row.
    public func scores(of rows: Matrix, threadCount: Int) throws -> [Double] {
        try check(rows)
        let width = featureCount
        let standardized = scale.applied(to: rows)
        let codes = analysis.applied(to: standardized, threadCount: threadCount)
        let rebuilt = analysis.inverse(codes, threadCount: threadCount)
        return standardized.withUnsafeElements { x in
            rebuilt.withUnsafeElements { y in
                (0..<rows.rowCount).map { row in
                    var sum = 0.0
                    for i in row * width..<(row + 1) * width {
                        let difference = Double(x[i] - y[i])
                        sum += difference * difference
                    }
                    return sum / Double(width)
                }
            }
        }
    }
}
