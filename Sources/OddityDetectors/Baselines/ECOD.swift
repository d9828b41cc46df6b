public import OddityLinearAlgebra
internal import OddityPlatform

/// How far out in its tails a row lies, feature by feature.
///
/// Li et al., “ECOD: unsupervised outlier detection using empirical cumulative distribution functions”,
/// TKDE 2022. A feature's part of the score is −ln of the smaller tail's probability; the score is the
/// sum over features.
///
/// Two choices: as in the authors' code in PyOD, the larger tail score is taken for each feature (the
/// article takes the largest of three sums); and a tail's probability is (1 + training rows at least
/// as far out) / (training rows + 1), so that values beyond all training rows have a score and a
/// row's score does not depend on the rows beside it.
public struct ECOD: BaselineDetector, Equatable {
    /// Makes the configuration; the method has no settings.
    public init() {}

    /// The method's name.
    public var name: String { "ECOD" }

    /// Sorts each feature's values.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one feature.
    ///   - seed: ignored.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError`` for rows that cannot be used.
    public func fitted(to rows: Matrix, seed: UInt64, threadCount: Int) throws -> FittedECOD {
        try rows.checkTrainable()
        let width = rows.columnCount
        let columns = Parallel.map(count: width, threadCount: threadCount) { column in
            rows.withUnsafeElements { elements in
                var values = (0..<rows.rowCount).map { elements[$0 * width + column] }
                values.sort()
                return values
            }
        }
        return FittedECOD(columns: columns)
    }
}

/// The training rows' values by feature, sorted, kept by ``ECOD``.
public struct FittedECOD: FittedBaseline {
    private let columns: [[Float]]
    /// −ln((1 + i) / (n + 1)) for i rows of n.
    private let tailScores: [Double]

    /// The features of a row.
    public var featureCount: Int { columns.count }

    init(columns: [[Float]]) {
        self.columns = columns
        let count = columns.first?.count ?? 0
        tailScores = (0...count).map { -log(Double(1 + $0) / Double(count + 1)) }
    }

    /// The sum over features of −ln of the smaller tail's probability.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, rows × ``featureCount``.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableRows(_:)``.
    /// - Complexity: O(features × log training rows) a row.
    public func scores(of rows: Matrix, threadCount: Int) throws -> [Double] {
        try check(rows)
        let width = featureCount
        return RowTiles.values(of: rows, threadCount: threadCount) {
            ()
        } _: { tile, _, results in
            for (feature, values) in columns.enumerated() {
                values.withUnsafeBufferPointer { values in
                    for place in 0..<tile.rows.count {
                        let x = tile.elements[place * width + feature]
                        let below = values.firstIndex(without: { $0 < x })
                        let notAbove = values.firstIndex(without: { $0 <= x })
                        // Rows at most as large, and rows at least as large.
                        let farther = min(notAbove, values.count - below)
                        results[place] += tailScores[farther]
                    }
                }
            }
        }
    }
}

extension UnsafeBufferPointer<Float> {
    /// Where sorted values stop having a property that the first ones have.
    fileprivate func firstIndex(without isBefore: (Float) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
