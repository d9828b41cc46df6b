public import OddityLinearAlgebra

/// Distance to the nearest training rows, each feature standardized.
///
/// Ramaswamy, Rastogi and Shim, “Efficient algorithms for mining outliers from large data sets”,
/// SIGMOD 2000 (largest of k distances); Angiulli and Pizzuti, PKDD 2002 (their mean). Distances are
/// Euclidean.
public struct NearestNeighbors: BaselineDetector, Equatable {
    /// What becomes of the distances to the k nearest rows.
    public enum Aggregation: String, Sendable, CaseIterable {
        /// The distance to the k-th nearest.
        case largest
        /// The mean of the k distances.
        case mean
    }

    /// The number of neighbors, k; 5 by default.
    ///
    /// All training rows count where there are fewer.
    public var neighborCount: Int
    /// What becomes of their distances; the largest by default.
    public var aggregation: Aggregation

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - neighborCount: k, at least 1.
    ///   - aggregation: what becomes of the k distances.
    public init(neighborCount: Int = 5, aggregation: Aggregation = .largest) {
        self.neighborCount = neighborCount
        self.aggregation = aggregation
    }

    /// The method's name.
    public var name: String { "nearest neighbors" }

    /// Keeps the standardized rows; the seed is ignored.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one feature.
    ///   - seed: ignored.
    ///   - threadCount: ignored.
    /// - Throws: ``DetectorError`` for rows that cannot be used or fewer than 1 neighbor.
    public func fitted(
        to rows: Matrix,
        seed: UInt64,
        threadCount: Int
    ) throws -> FittedNearestNeighbors {
        guard neighborCount > 0 else {
            throw DetectorError.invalidSetting(
                name: "neighborCount",
                value: String(neighborCount),
                remedy: "give a whole number above 0"
            )
        }
        try rows.checkTrainable()
        return FittedNearestNeighbors(
            rows,
            neighborCount: min(neighborCount, rows.rowCount),
            aggregation: aggregation
        )
    }
}
