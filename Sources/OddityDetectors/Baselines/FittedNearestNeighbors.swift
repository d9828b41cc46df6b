internal import COddityKernels
public import OddityLinearAlgebra

/// Training rows to measure distances to, kept by ``NearestNeighbors``.
public struct FittedNearestNeighbors: FittedBaseline {
    /// Training rows that a tile is multiplied with at a time.
    private static let blockSize = 1024
    /// Candidates beyond k: products of floats order rows that are nearly as near only roughly.
    private static let spareCount = 8

    private let scale: StandardScaler
    private let references: Matrix
    /// The same, features × rows.
    private let transposed: Matrix
    /// ½|r|² of each reference.
    private let halfNorms: [Float]
    private let neighborCount: Int
    private let aggregation: NearestNeighbors.Aggregation

    /// The features of a row.
    public var featureCount: Int { references.columnCount }

    init(_ rows: Matrix, neighborCount: Int, aggregation: NearestNeighbors.Aggregation) {
        scale = StandardScaler(of: rows)
        let references = scale.applied(to: rows)
        self.references = references
        transposed = references.transposed()
        self.neighborCount = neighborCount
        self.aggregation = aggregation
        let width = references.columnCount
        var norms = [Float](repeating: 0, count: references.rowCount)
        references.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            for row in 0..<references.rowCount {
                norms[row] = Float(oddity_sum_of_squares(base + row * width, width) / 2)
            }
        }
        halfNorms = norms
    }

    /// The distance of each row to its nearest training rows.
    ///
    /// The nearest rows r of a row x have the largest xᵀr − ½|r|²; these are products of tiles. The
    /// distances themselves are then computed from differences, so that a training row's own is 0.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, rows × ``featureCount``.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableRows(_:)``.
    /// - Complexity: O(training rows × features) a row.
    public func scores(of rows: Matrix, threadCount: Int) throws -> [Double] {
        try check(rows)
        let candidateCount = min(
            neighborCount + FittedNearestNeighbors.spareCount,
            references.rowCount
        )
        return RowTiles.values(of: rows, threadCount: threadCount) {
            Workspace(
                width: featureCount,
                blockSize: FittedNearestNeighbors.blockSize,
                candidateCount: candidateCount
            )
        } _: { tile, workspace, results in
            references.withUnsafeElements { elements in
                halfNorms.withUnsafeBufferPointer { norms in
                    guard let base = elements.baseAddress, let norms = norms.baseAddress else {
                        return
                    }
                    findCandidates(tile, norms, &workspace)
                    for place in 0..<tile.rowCount {
                        results[place] = score(ofRow: place, base, &workspace)
                    }
                }
            }
        }
    }

    private func findCandidates(
        _ tile: RowTiles.Tile,
        _ halfNorms: UnsafePointer<Float>,
        _ workspace: inout Workspace
    ) {
        let width = featureCount
        let rows = workspace.rows.baseAddress
        let products = workspace.products.baseAddress
        scale.standardize(tile.elements, rowCount: tile.rowCount, into: rows)
        workspace.forgetCandidates()
        let count = self.references.rowCount
        for start in stride(from: 0, to: count, by: FittedNearestNeighbors.blockSize) {
            let blockCount = min(FittedNearestNeighbors.blockSize, count - start)
            transposed.withUnsafeElements { elements in
                guard let base = elements.baseAddress else { return }
                Products.multiplyRows(
                    rows,
                    base + start,
                    into: products,
                    m: tile.rowCount,
                    n: blockCount,
                    k: width,
                    rightStride: count
                )
            }
            for place in 0..<tile.rowCount {
                workspace.addCandidates(
                    ofRow: place,
                    products: products + place * blockCount,
                    halfNorms: halfNorms + start,
                    first: start,
                    count: blockCount
                )
            }
        }
    }

    private func score(
        ofRow place: Int,
        _ references: UnsafePointer<Float>,
        _ workspace: inout Workspace
    ) -> Double {
        let width = featureCount
        let x = workspace.rows.baseAddress + place * width
        let difference = workspace.difference.baseAddress
        var squares = workspace.candidates(ofRow: place).map { candidate in
            let r = references + candidate * width
            for j in 0..<width { difference[j] = x[j] - r[j] }
            return oddity_sum_of_squares(difference, width)
        }
        squares.sort()
        switch aggregation {
        case .largest:
            return squares[neighborCount - 1].squareRoot()
        case .mean:
            let sum = squares.prefix(neighborCount).reduce(0) { $0 + $1.squareRoot() }
            return sum / Double(neighborCount)
        }
    }
}
