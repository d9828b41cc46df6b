public import OddityLinearAlgebra

/// Principal component analysis: an estimator of the few directions in which rows vary most.
///
///     let analysis = try PrincipalComponentAnalysis(components: .variance(0.95)).fitted(to: features)
///     let codes = analysis.applied(to: features)
///     let rebuilt = analysis.inverse(codes)
///
/// With x a row and μ the mean of the rows, its code is V(x − μ), where the rows of V are the leading
/// eigenvectors of the rows' covariance. Columns are not scaled here: those with large variance weigh
/// more, so prepare the table first.
///
/// Components along which the rows do not vary, beyond the rounding of their numbers, are never
/// kept, whatever was asked for: constant and repeated columns give fewer components, and rows that
/// are all equal, or a single row, give none (their codes have no columns, and the inverse gives the
/// mean). Ask ``PrincipalComponents/componentCount`` how many there are.
public struct PrincipalComponentAnalysis: Codable, Sendable, Equatable {
    /// How many components are kept.
    public enum Selection: Codable, Sendable, Equatable {
        /// So many, or as many as the rows have.
        case count(Int)
        /// As few as explain a share of the variance, above 0 and at most 1.
        case variance(Double)
        /// Those that explain more than a column does on average (Guttman 1954, Kaiser 1960).
        ///
        /// Of standardized columns that do not depend on each other, no component is of use; this rule
        /// keeps about half of them, and few where many columns say the same. If all components
        /// explain the same, one is kept.
        case aboveAverage
    }

    /// How the components are computed.
    public enum Solver: String, Codable, Sendable, CaseIterable {
        /// Exact where the smaller of rows and columns is at most 2,000, or where half as many
        /// components as that are needed; sketched otherwise.
        case automatic
        /// All eigenvalues of the covariance, or of the rows' inner products where there are fewer
        /// rows than columns: O(ls² + s³) for s the smaller, l the larger of rows and columns.
        case exact
        /// Only the leading ones, from random projections: O(rows × columns × components).
        ///
        /// Variances that hardly differ are told apart less well than by the exact solver.
        case sketched
    }

    /// How many components are kept.
    public var components: Selection
    /// How they are computed; automatic by default.
    public var solver: Solver
    /// Where the sketch's random directions come from; 0 by default.
    ///
    /// The exact solver draws nothing.
    public var seed: UInt64

    static let largestExactSize = 2000
    /// The components that a sketch starts with where their number is not known.
    static let firstSketchSize = 64

    /// Makes an estimator.
    ///
    /// - Parameters:
    ///   - components: how many components are kept.
    ///   - solver: how they are computed.
    ///   - seed: where the sketch's random directions come from.
    public init(components: Selection, solver: Solver = .automatic, seed: UInt64 = 0) {
        self.components = components
        self.solver = solver
        self.seed = seed
    }

    /// Learns the components of rows.
    ///
    /// - Parameter rows: finite numbers, at least one row and one column.
    /// - Throws: ``PreparationError`` for a selection that cannot be used, no rows, no columns, or a
    ///   number that is not finite.
    public func fitted(to rows: Matrix) throws -> PrincipalComponents {
        try components.validate()
        guard rows.rowCount > 0 else { throw PreparationError.noRows }
        guard rows.columnCount > 0 else { throw PreparationError.noUsableColumns }
        try rows.checkFinite()
        return PrincipalComponents(try axes(of: rows))
    }

    private func axes(of rows: Matrix) throws -> PrincipalAxes {
        let size = min(rows.rowCount, rows.columnCount)
        let width = rows.columnCount
        var sketchSize = PrincipalComponentAnalysis.firstSketchSize
        if case .count(let count) = components { sketchSize = min(count, size) }
        let isSketched =
            switch solver {
            case .exact: false
            case .sketched: true
            case .automatic: size > PrincipalComponentAnalysis.largestExactSize
            }
        // A sketch of more than half the size takes longer than the whole.
        while isSketched, solver == .sketched || sketchSize <= size / 2 {
            let axes = try PrincipalAxes.sketched(of: rows, count: sketchSize, seed: seed) {
                components.count(of: $0, totalVariance: $1, columnCount: width) ?? $0.count
            }
            let isEnough =
                axes.variances.count < sketchSize || sketchSize == size
                || components.isCount
            if isEnough { return axes }
            sketchSize = min(2 * sketchSize, size)
        }
        return try PrincipalAxes.exact(of: rows) {
            components.count(of: $0, totalVariance: $1, columnCount: width) ?? $0.count
        }
    }
}

extension PrincipalComponentAnalysis.Selection {
    /// Refuses a number or a share that cannot be kept.
    package func validate() throws {
        switch self {
        case .count(let count):
            guard count > 0 else { throw PreparationError.invalidComponentCount(count) }
        case .variance(let share):
            guard share > 0, share <= 1 else { throw PreparationError.invalidVarianceShare(share) }
        case .aboveAverage:
            break
        }
    }

    fileprivate var isCount: Bool {
        if case .count = self { true } else { false }
    }

    /// How many of the leading components to keep, or nil if these are not enough.
    func count(of variances: [Double], totalVariance: Double, columnCount: Int) -> Int? {
        switch self {
        case .count(let count):
            return min(count, variances.count)
        case .variance(let share):
            var sum = 0.0
            // Sums of all variances agree with the total only to rounding.
            let wanted = share * totalVariance * (1 - 1e-12)
            for (index, variance) in variances.enumerated() {
                sum += variance
                if share < 1, sum >= wanted { return index + 1 }
            }
            return nil
        case .aboveAverage:
            let average = totalVariance / Double(columnCount) * (1 + 1e-12)
            let count = variances.prefix { $0 > average }.count
            return variances.isEmpty ? nil : max(1, count)
        }
    }
}

extension Matrix {
    func checkFinite() throws {
        let place = withUnsafeElements { elements in
            // One sum finds out whether there is anything to look for.
            elements.reduce(0) { $0 + $1 * 0 } == 0 ? nil : elements.firstIndex { !$0.isFinite }
        }
        guard let place else { return }
        throw PreparationError.notFinite(
            column: "feature \(place % columnCount + 1)",
            row: place / columnCount + 1
        )
    }
}
