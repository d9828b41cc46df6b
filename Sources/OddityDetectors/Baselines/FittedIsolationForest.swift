public import OddityLinearAlgebra
internal import OddityPlatform

/// The trees of an ``IsolationForest``.
public struct FittedIsolationForest: FittedBaseline {
    /// The features of a row.
    public let featureCount: Int
    private let trees: [IsolationTree]
    private let sampleCount: Int

    init(trees: [IsolationTree], sampleCount: Int, featureCount: Int) {
        self.trees = trees
        self.sampleCount = sampleCount
        self.featureCount = featureCount
    }

    /// 2^(−mean depth / c(sample)) of each row, from 0 to 1; ½ for forests of a single row.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, rows × ``featureCount``.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableRows(_:)``.
    /// - Complexity: O(trees × log sample) a row.
    public func scores(of rows: Matrix, threadCount: Int) throws -> [Double] {
        try check(rows)
        let usual = IsolationTree.searchDepth(among: sampleCount)
        return RowTiles.values(of: rows, threadCount: threadCount) {
            ()
        } _: { tile, _, results in
            for tree in trees {
                tree.addDepths(of: tile.elements, rowCount: tile.rows.count, to: results)
            }
            for place in 0..<tile.rows.count {
                let depth = results[place] / Double(trees.count)
                results[place] = usual > 0 ? exp2(-depth / usual) : 0.5
            }
        }
    }
}
