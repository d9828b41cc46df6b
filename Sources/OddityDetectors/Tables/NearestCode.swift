internal import COddityKernels
internal import OddityLinearAlgebra

/// The distance from a latent code to the nearest code of the training rows, or one of the nearest, each latent
/// dimension standardized over the training codes.
///
/// - Complexity: O(references × latent size) a row, as one matrix product a tile.
struct NearestCode: Sendable {
    /// Training codes that are kept at most; more are sampled.
    static let referenceLimit = 1000

    let mean: [Float]
    let inverseDeviation: [Float]
    /// Standardized training codes, references × latent size.
    let references: Matrix
    /// Which of the nearest references is measured to: 1 is the nearest.
    let rank: Int
    /// The same, latent size × references.
    private let transposed: Matrix
    /// ½|r|² of each reference.
    private let halfNorms: [Float]

    var latentSize: Int { mean.count }

    /// Learns from training codes, one a row.
    init(codes: Matrix, rank: Int = 1) {
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
        self.references = references
        self.rank = rank
        transposed = references.transposed()
        halfNorms = (0..<references.rowCount).map { row in
            references.row(row).reduce(0) { $0 + $1 * $1 } / 2
        }
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
        tileSize * (latentSize + references.rowCount)
    }

    /// Writes the distance of each code of a tile.
    ///
    /// The nearest reference is found by |x − r|² = |x|² − 2(xᵀr − ½|r|²) with one product; its distance
    /// is then computed from the differences, so that a repeated row is at distance 0.
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
        let count = references.rowCount
        let standardized = workspace
        let products = workspace + rowCount * size
        for row in 0..<rowCount {
            for j in 0..<size {
                standardized[row * size + j] =
                    (codes[row * size + j] - mean[j]) * inverseDeviation[j]
            }
        }
        transposed.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            Products.multiplyRows(
                standardized,
                base,
                into: products,
                m: rowCount,
                n: count,
                k: size
            )
        }
        references.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            for (row, reference) in excluded.enumerated() {
                if let reference { products[row * count + reference] = -.infinity }
            }
            halfNorms.withUnsafeBufferPointer { norms in
                guard let norms = norms.baseAddress else { return }
                for row in 0..<rowCount {
                    let own = products + row * count
                    var best = oddity_index_of_largest_difference(own, norms, count)
                    for _ in 1..<rank {
                        own[best] = -.infinity
                        best = oddity_index_of_largest_difference(own, norms, count)
                    }
                    var sum: Float = 0
                    for j in 0..<size {
                        let difference = standardized[row * size + j] - base[best * size + j]
                        sum += difference * difference
                    }
                    distances[row] = Double(sum.squareRoot())
                }
            }
        }
    }
}
