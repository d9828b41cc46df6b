internal import COddityKernels
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
    /// Training rows in normal scores, references × features.
    let references: Matrix
    /// The same in blocks, each features × its references.
    private let blocks: [Matrix]
    /// ½|r|² of each reference.
    private let halfNorms: [Float]

    /// The references whose products with a tile are formed at a time, and searched while they are near.
    private static let blockSize = 512

    var width: Int { references.columnCount }

    /// Restores what was learned.
    init(scores: NormalScores, references: Matrix) {
        self.scores = scores
        self.references = references
        let size = TrainingNeighbors.blockSize
        blocks = stride(from: 0, to: references.rowCount, by: size).map { start in
            let end = min(start + size, references.rowCount)
            return references.rows(at: Array(start..<end)).transposed()
        }
        halfNorms = (0..<references.rowCount).map { row in
            references.row(row).reduce(0) { $0 + $1 * $1 } / 2
        }
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
        tileSize * (width + TrainingNeighbors.blockSize)
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
            products: workspace + rowCount * width,
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
        products: UnsafeMutablePointer<Float>,
        into logarithms: inout [Double]
    ) {
        let width = width
        var nearest = [(place: Int, merit: Float)](repeating: (0, -.infinity), count: rowCount)
        for (index, block) in blocks.enumerated() {
            let start = index * TrainingNeighbors.blockSize
            let size = block.columnCount
            block.withUnsafeElements { elements in
                guard let base = elements.baseAddress else { return }
                Products.multiplyRows(
                    rows,
                    base,
                    into: products,
                    m: rowCount,
                    n: size,
                    k: width
                )
            }
            halfNorms.withUnsafeBufferPointer { norms in
                guard let norms = norms.baseAddress.map({ $0 + start }) else { return }
                for row in 0..<rowCount {
                    let own = products + row * size
                    if !excluded.isEmpty, let place = excluded[excluded.startIndex + row],
                        start..<start + size ~= place
                    {
                        own[place - start] = -.infinity
                    }
                    let best = oddity_index_of_largest_difference(own, norms, size)
                    let merit = own[best] - norms[best]
                    if merit > nearest[row].merit { nearest[row] = (start + best, merit) }
                }
            }
        }
        references.withUnsafeElements { elements in
            for row in 0..<rowCount {
                var sum: Float = 0
                for j in 0..<width {
                    let difference =
                        rows[row * width + j] - elements[nearest[row].place * width + j]
                    sum += difference * difference
                }
                logarithms[row] = log(max(Double(sum).squareRoot(), 1e-12))
            }
        }
    }

    /// The logarithms of the distances of rows that nothing was learned from.
    func logDistances(of features: Matrix, threadCount: Int) -> [Double] {
        logDistances(
            ofScores: scores.scores(of: features),
            excluding: [Int?](repeating: nil, count: features.rowCount),
            threadCount: threadCount
        )
    }

    /// The logarithms of the distances of all rows of a matrix in normal scores.
    ///
    /// - Parameter excluded: for each row a reference not to count, or nil.
    func logDistances(ofScores scores: Matrix, excluding excluded: [Int?], threadCount: Int)
        -> [Double]
    {
        let tileSize = InferencePlan.tileRowCount
        let tileCount = (scores.rowCount + tileSize - 1) / tileSize
        let pieceCount = min(tileCount, threadCount * 4)
        return Parallel.map(count: pieceCount, threadCount: threadCount) { piece in
            let products = AlignedBuffer(count: tileSize * TrainingNeighbors.blockSize)
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
                        excluding: excluded[first..<last],
                        products: products.baseAddress,
                        into: &tile
                    )
                }
                result += tile.prefix(last - first)
            }
            return result
        }.flatMap { $0 }
    }
}
