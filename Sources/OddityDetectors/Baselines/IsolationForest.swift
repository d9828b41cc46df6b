public import OddityLinearAlgebra

/// Random trees that part rows until each stands alone: odd rows soon do.
///
/// Liu, Ting and Zhou, “Isolation forest”, ICDM 2008. Each tree cuts a sample of rows at random
/// thresholds of random features (only of those that vary where it cuts). A row's score is
/// 2^(−h / c(sample)), with h its mean depth over the trees and c(m) the mean depth of an
/// unsuccessful search among m rows; it lies between 0 and 1.
public struct IsolationForest: BaselineDetector, Equatable {
    /// The number of trees; 100 by default.
    public var treeCount: Int
    /// The rows that a tree is grown from; 256 by default, all rows where there are fewer.
    public var sampleCount: Int

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - treeCount: the number of trees, at least 1.
    ///   - sampleCount: the rows that a tree is grown from, at least 2.
    public init(treeCount: Int = 100, sampleCount: Int = 256) {
        self.treeCount = treeCount
        self.sampleCount = sampleCount
    }

    /// The method's name.
    public var name: String { "isolation forest" }

    /// Grows the trees.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one feature.
    ///   - seed: where samples and cuts come from.
    ///   - threadCount: threads to use; the forest does not depend on it.
    /// - Throws: ``DetectorError`` for rows that cannot be used, no tree, or fewer than 2 sampled rows.
    public func fitted(
        to rows: Matrix,
        seed: UInt64,
        threadCount: Int
    ) throws -> FittedIsolationForest {
        guard treeCount >= 1 else {
            throw DetectorError.invalidSetting(
                name: "treeCount",
                value: String(treeCount),
                remedy: "give a whole number above 0"
            )
        }
        guard sampleCount >= 2 else {
            throw DetectorError.invalidSetting(
                name: "sampleCount",
                value: String(sampleCount),
                remedy: "give a whole number above 1"
            )
        }
        try rows.checkTrainable()
        let size = min(sampleCount, rows.rowCount)
        let trees = Parallel.map(count: treeCount, threadCount: threadCount) { index in
            IsolationTree(of: rows, sampleCount: size, seed: seed, index: index)
        }
        return FittedIsolationForest(
            trees: trees,
            sampleCount: size,
            featureCount: rows.columnCount
        )
    }
}
