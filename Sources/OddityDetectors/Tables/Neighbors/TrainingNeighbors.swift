internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform
internal import OddityPreprocessing

/// The distance from a row to the nearest row of the training, both in normal scores.
///
/// It sees what a network smooths over: that no row like this one was ever there.
///
/// - Complexity: O(references × features) a row.
struct TrainingNeighbors: Sendable {
    let scores: NormalScores
    private let searched: ReferenceRows

    /// Training rows in normal scores, references × features.
    var references: Matrix { searched.matrix }
    var width: Int { references.columnCount }

    /// Restores what was learned.
    init(scores: NormalScores, references: Matrix) {
        self.scores = scores
        searched = ReferenceRows(references)
    }

    /// Learns from rows of features.
    ///
    /// - Parameter rows: those that may be references; many are sampled.
    init(_ features: Matrix, rows: [Int], preparer: TablePreparer, seed: UInt64) {
        let scores = NormalScores(features, rows: rows, preparer: preparer)
        let chosen = TrainingNeighbors.sample(
            of: rows,
            columnCount: features.columnCount,
            seed: seed
        )
        self.init(scores: scores, references: scores.scores(of: features.rows(at: chosen)))
    }

    /// The rows that are kept as references, ascending.
    ///
    /// As many as a search passes for 120,000 products, where a comparison costs as much as eight: 9,230 of five
    /// features, 3,157 of thirty; at least 500.
    static func sample(of rows: [Int], columnCount: Int, seed: UInt64) -> [Int] {
        let limit = max(500, 120_000 / (columnCount + 8))
        guard rows.count > limit else { return rows }
        var stream = RandomStream(seed: seed, use: .sampling, index: -2)
        var sample = rows
        stream.shuffle(&sample)
        return sample.prefix(limit).sorted()
    }

    /// The number of floats of workspace that a tile needs.
    func workspaceSize(tileSize: Int) -> Int {
        tileSize * (width + 1)
    }

    /// Writes the logarithm of the distance of each row of a tile.
    func logDistances(
        ofTile rows: UnsafePointer<Float>,
        rowCount: Int,
        workspace: UnsafeMutablePointer<Float>,
        into logarithms: inout [Double]
    ) {
        scores.write(rows, rowCount: rowCount, to: workspace)
        logDistances(
            ofScores: workspace,
            rowCount: rowCount,
            squares: workspace + rowCount * width,
            into: &logarithms
        )
    }

    /// Writes the logarithm of the distance of each row of a tile in normal scores.
    ///
    /// - Parameter excluded: for each row a reference not to count, or nil: a training row's own; empty for none.
    private func logDistances(
        ofScores rows: UnsafePointer<Float>,
        rowCount: Int,
        excluding excluded: ArraySlice<Int?> = [],
        squares: UnsafeMutablePointer<Float>,
        into logarithms: inout [Double]
    ) {
        searched.squaredDistances(
            of: rows,
            rowCount: rowCount,
            excluding: excluded,
            into: squares
        )
        for row in 0..<rowCount {
            logarithms[row] = log(max(Double(squares[row]).squareRoot(), 1e-12))
        }
    }

    /// The logarithms of the distances of rows that nothing was learned from.
    func logDistances(of features: Matrix, threadCount: Int) -> [Double] {
        logDistances(
            ofScores: scores.scores(of: features),
            excluding: [],
            threadCount: threadCount
        )
    }

    /// The logarithms of the distances of all rows of a matrix in normal scores.
    ///
    /// - Parameter excluded: for each row a reference not to count, or nil; empty for none.
    func logDistances(ofScores scores: Matrix, excluding excluded: [Int?], threadCount: Int)
        -> [Double]
    {
        let tileSize = InferencePlan.tileRowCount
        let tileCount = (scores.rowCount + tileSize - 1) / tileSize
        let pieceCount = min(tileCount, threadCount * 4)
        return Parallel.map(count: pieceCount, threadCount: threadCount) { piece in
            let squares = AlignedBuffer(count: tileSize)
            var tile = [Double](repeating: 0, count: tileSize)
            var result: [Double] = []
            for index in tileCount * piece / pieceCount..<tileCount * (piece + 1) / pieceCount {
                let first = index * tileSize
                let last = min(scores.rowCount, first + tileSize)
                scores.withUnsafeElements { elements in
                    guard let base = elements.baseAddress else { return }
                    logDistances(
                        ofScores: base + first * width,
                        rowCount: last - first,
                        excluding: excluded.isEmpty ? [] : excluded[first..<last],
                        squares: squares.baseAddress,
                        into: &tile
                    )
                }
                result += tile.prefix(last - first)
            }
            return result
        }.flatMap { $0 }
    }
}
