public import OddityLinearAlgebra

/// A simple detector to compare a network with.
///
/// Does the network earn its keep? A baseline is a configuration; it learns from prepared rows (see `TablePreparation`), all normal, and
/// has no labels, no calibration and no file.
///
///     let features = try preparer.applied(to: training).features
///     let forest = try IsolationForest().fitted(to: features, seed: 1)
///     let scores = try forest.scores(of: preparer.applied(to: table).features)
///
/// The same rows and seed give the same detector on any number of threads.
public protocol BaselineDetector: Sendable {
    /// What is learned.
    associatedtype Fitted: FittedBaseline

    /// The method's name, for tables of results.
    var name: String { get }

    /// Learns from normal rows.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one feature.
    ///   - seed: where random numbers come from; methods without any ignore it.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``DetectorError`` for rows or settings that cannot be used.
    func fitted(to rows: Matrix, seed: UInt64, threadCount: Int) throws -> Fitted
}

extension BaselineDetector {
    /// Learns from normal rows on the calling thread.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one feature.
    ///   - seed: where random numbers come from; methods without any ignore it.
    /// - Throws: ``DetectorError`` for rows or settings that cannot be used.
    public func fitted(to rows: Matrix, seed: UInt64) throws -> Fitted {
        try fitted(to: rows, seed: seed, threadCount: 1)
    }
}

/// A baseline that has learned.
public protocol FittedBaseline: Sendable {
    /// The features of a row.
    var featureCount: Int { get }

    /// How odd each row is: higher is odder.
    ///
    /// A row's score does not depend on the other rows nor on the number of threads. Scores of
    /// different methods have different units.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, rows × ``featureCount``.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableRows(_:)``.
    func scores(of rows: Matrix, threadCount: Int) throws -> [Double]
}

extension FittedBaseline {
    /// How odd each row is, on the calling thread: higher is odder.
    ///
    /// - Parameter rows: finite numbers, rows × ``featureCount``.
    /// - Throws: ``DetectorError/unusableRows(_:)``.
    public func scores(of rows: Matrix) throws -> [Double] {
        try scores(of: rows, threadCount: 1)
    }

    func check(_ rows: Matrix) throws {
        guard rows.columnCount == featureCount else {
            throw DetectorError.unusableRows(
                "rows have \(rows.columnCount) features where \(featureCount) were learned"
            )
        }
        try rows.checkFinite()
    }
}

/// The baselines with their defaults.
public enum Baselines {
    /// Nearest neighbors, isolation forest, ECOD and PCA reconstruction.
    public static var standard: [any BaselineDetector] {
        [NearestNeighbors(), IsolationForest(), ECOD(), PCAReconstruction()]
    }
}

extension Matrix {
    /// Checks that there is something to learn from.
    func checkTrainable() throws {
        guard rowCount > 0 else { throw DetectorError.tooFewRows(count: 0, needed: 1) }
        guard columnCount > 0 else { throw DetectorError.unusableRows("there are none") }
        try checkFinite()
    }

    fileprivate func checkFinite() throws {
        let place = withUnsafeElements { elements in
            // One sum finds out whether there is anything to look for.
            elements.reduce(0) { $0 + $1 * 0 } == 0 ? nil : elements.firstIndex { !$0.isFinite }
        }
        guard let place else { return }
        throw DetectorError.unusableRows(
            "row \(place / columnCount + 1), feature \(place % columnCount + 1) is not finite"
        )
    }
}
