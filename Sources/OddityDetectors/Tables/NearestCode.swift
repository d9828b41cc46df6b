internal import OddityLinearAlgebra

/// The distance from a latent code to the nearest code of the training rows, or one of the nearest, each latent
/// dimension standardized over the training codes.
///
/// It never changes. A class, since it has many parts, which copies would count one by one.
///
/// - Complexity: O(references × latent size) a row, at the peak of products of matrices.
final class NearestCode: Sendable {
    /// Training codes that are kept at most; more are sampled.
    static let referenceLimit = 1000

    let mean: [Float]
    let inverseDeviation: [Float]
    /// Which of the nearest references is measured to: 1 is the nearest.
    let rank: Int
    private let searched: ReferenceRows
    /// Of a farther one the references in another form; nil for the nearest.
    private let ranked: RankedReferences?

    var latentSize: Int { mean.count }
    /// Standardized training codes, references × latent size.
    var references: Matrix { searched.matrix }

    /// Learns from training codes, one a row.
    convenience init(codes: Matrix, rank: Int = 1) {
        let count = Double(max(1, codes.rowCount))
        var mean = [Float](repeating: 0, count: codes.columnCount)
        var inverseDeviation = mean
        codes.withUnsafeElements { elements in
            for column in 0..<codes.columnCount {
                var sum = 0.0
                var squares = 0.0
                for row in 0..<codes.rowCount {
                    let value = Double(elements[row * codes.columnCount + column])
                    sum += value
                    squares += value * value
                }
                let average = sum / count
                let deviation = max(0, squares / count - average * average).squareRoot()
                mean[column] = Float(average)
                // A dimension that never moves says nothing about distance.
                inverseDeviation[column] = deviation > 1e-6 ? Float(1 / deviation) : 0
            }
        }
        var references = codes
        references.withUnsafeMutableElements { elements in
            for i in elements.indices {
                let column = i % codes.columnCount
                elements[i] = (elements[i] - mean[column]) * inverseDeviation[column]
            }
        }
        self.init(
            mean: mean,
            inverseDeviation: inverseDeviation,
            references: references,
            rank: rank
        )
    }

    /// Restores what was learned.
    init(mean: [Float], inverseDeviation: [Float], references: Matrix, rank: Int = 1) {
        self.mean = mean
        self.inverseDeviation = inverseDeviation
        self.rank = rank
        searched = ReferenceRows(references)
        ranked = rank > 1 ? RankedReferences(references, rank: rank) : nil
    }

    /// Which of the nearest references to measure to, for rows of some columns.
    ///
    /// The logarithm of the distance to the k-th nearest of many points in d dimensions varies by 1 / (d√k) by chance
    /// alone (Loftsgaarden and Quesenberry 1965). With one column the nearest is nothing but chance: there
    /// it is the 25th, at most a tenth of the references. From two columns on the nearest ranks best.
    static func rank(columnCount: Int, referenceCount: Int) -> Int {
        columnCount == 1 ? max(1, min(25, referenceCount / 10)) : 1
    }

    /// The number of floats of workspace that ``distances(ofTile:rowCount:excluding:workspace:into:)`` needs.
    func workspaceSize(tileSize: Int) -> Int {
        tileSize * (latentSize + 1 + (ranked == nil ? 0 : references.rowCount))
    }

    /// Writes the distance of each code of a tile.
    ///
    /// - Parameter excluded: for each row a reference not to count, or nil: a training row's own.
    func distances(
        ofTile codes: UnsafePointer<Float>,
        rowCount: Int,
        excluding excluded: [Int?] = [],
        workspace: UnsafeMutablePointer<Float>,
        into distances: inout [Double]
    ) {
        let size = latentSize
        let squares = workspace + rowCount * size
        mean.withUnsafeBufferPointer { mean in
            inverseDeviation.withUnsafeBufferPointer { inverseDeviation in
                for row in 0..<rowCount {
                    let (code, standardized) = (codes + row * size, workspace + row * size)
                    for j in 0..<size {
                        standardized[j] = (code[j] - mean[j]) * inverseDeviation[j]
                    }
                }
            }
        }
        if let ranked {
            ranked.squaredDistances(
                of: workspace,
                rowCount: rowCount,
                excluding: excluded,
                products: squares + rowCount,
                into: squares
            )
        } else {
            searched.squaredDistances(
                of: workspace,
                rowCount: rowCount,
                excluding: excluded[...],
                into: squares
            )
        }
        for row in 0..<rowCount { distances[row] = Double(squares[row].squareRoot()) }
    }
}
