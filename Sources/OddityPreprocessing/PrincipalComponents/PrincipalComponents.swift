public import OddityLinearAlgebra

/// A transformer between rows and their principal components, learned by ``PrincipalComponentAnalysis``.
public struct PrincipalComponents: Sendable, Equatable {
    /// The mean of each column in training.
    public let mean: [Float]
    /// The components, one a row: components × columns.
    ///
    /// Each has unit length, is orthogonal to the others, and has a positive largest entry.
    public let components: Matrix
    /// The components, one a column.
    let transposedComponents: Matrix
    /// The variance of the training rows along each component, largest first.
    ///
    /// Divided by rows − 1.
    public let explainedVariance: [Double]
    /// The variance of the training rows along all components, also those not kept.
    public let totalVariance: Double

    /// The number of components.
    public var componentCount: Int { components.rowCount }
    /// The number of columns of a row.
    public var featureCount: Int { components.columnCount }

    /// Each component's share of the variance; all 0 for rows that do not vary.
    public var explainedShare: [Double] {
        explainedVariance.map { totalVariance > 0 ? $0 / totalVariance : 0 }
    }

    init(_ axes: PrincipalAxes) {
        mean = axes.mean.map { Float($0) }
        components = axes.axes
        transposedComponents = components.transposed()
        explainedVariance = axes.variances
        totalVariance = axes.totalVariance
    }

    /// Restores what was learned, from its stored parts.
    ///
    /// - Parameters:
    ///   - mean: the mean of each column.
    ///   - components: components × columns.
    ///   - explainedVariance: a number for each component, largest first.
    ///   - totalVariance: at least their sum, to rounding.
    /// - Throws: ``PreparationError/inconsistentComponents(_:)`` if sizes differ or a number cannot be.
    public init(
        mean: [Float],
        components: Matrix,
        explainedVariance: [Double],
        totalVariance: Double
    ) throws {
        func check(_ condition: Bool, _ flaw: String) throws {
            guard condition else { throw PreparationError.inconsistentComponents(flaw) }
        }
        try check(
            mean.count == components.columnCount && !mean.isEmpty,
            "\(mean.count) means for \(components.columnCount) columns"
        )
        try check(
            explainedVariance.count == components.rowCount,
            "\(explainedVariance.count) variances for \(components.rowCount) components"
        )
        try check(
            components.rowCount <= components.columnCount,
            "\(components.rowCount) components of \(components.columnCount) columns"
        )
        try check(
            mean.allSatisfy(\.isFinite) && components.elements.allSatisfy(\.isFinite)
                && explainedVariance.allSatisfy { $0.isFinite && $0 >= 0 },
            "a number is not finite or a variance is below 0"
        )
        try check(
            zip(explainedVariance, explainedVariance.dropFirst()).allSatisfy { $0 >= $1 },
            "the variances do not fall"
        )
        let sum = explainedVariance.reduce(0, +)
        try check(
            totalVariance.isFinite && totalVariance >= sum * (1 - 1e-6),
            "the total variance is \(totalVariance)"
        )
        self.mean = mean
        self.components = components
        transposedComponents = components.transposed()
        self.explainedVariance = explainedVariance
        self.totalVariance = totalVariance
    }

    /// The same analysis with only its first components.
    ///
    /// - Parameter count: at least 0; no more are kept than there are.
    public func keeping(_ count: Int) -> PrincipalComponents {
        PrincipalComponents(
            mean: mean,
            components: components.rows(0..<min(max(0, count), componentCount)),
            variances: Array(explainedVariance.prefix(max(0, count))),
            total: totalVariance
        )
    }

    private init(mean: [Float], components: Matrix, variances: [Double], total: Double) {
        self.mean = mean
        self.components = components
        transposedComponents = components.transposed()
        explainedVariance = variances
        totalVariance = total
    }
}
