internal import COddityKernels
internal import OddityLinearAlgebra

/// A squared Mahalanobis distance: |B(x − μ)|² with B the symmetric square root of a precision matrix.
///
/// - Complexity: O(size²) a row, as one matrix product a tile of 64.
struct Whitening: Sendable {
    /// The least variance along a direction: below it, differences are rounding.
    private static let leastVariance = 1e-6
    /// What is added to the variances of residuals, as a share of their mean.
    private static let ridge = 0.01

    /// μ.
    let mean: [Float]
    /// B, size × size.
    let matrix: Matrix

    var size: Int { mean.count }

    init(mean: [Float], matrix: Matrix) {
        self.mean = mean
        self.matrix = matrix
    }

    /// The distance from the mean of rows: all principal components but two by their own variance,
    /// the rest pooled.
    ///
    /// Patches without their mean have no variance in one direction; what is pooled with it
    /// is as good as noise.
    init(components rows: Matrix) throws {
        let size = rows.columnCount
        let kept = max(1, size - 2)
        let axes = try PrincipalAxes.exact(of: rows) { variances, _ in min(kept, variances.count) }
        let sum = axes.variances.reduce(0, +)
        let restCount = max(1, size - axes.variances.count)
        let mean = axes.totalVariance / Double(size)
        // No direction counts a million times as much as the average one.
        let least = max(Whitening.leastVariance * mean, Whitening.leastVariance * 1e-2)
        let rest = max((axes.totalVariance - sum) / Double(restCount), least)
        self.init(
            mean: axes.mean.map { Float($0) },
            matrix: Whitening.root(
                vectors: axes.axes.elements.map { Double($0) },
                scales: axes.variances.map { 1 / max($0, least).squareRoot() },
                rest: 1 / rest.squareRoot(),
                size: size
            )
        )
    }

    /// The distance from 0 of residuals whose second moments Σ = E[eeᵀ] are given: eᵀ(Σ + λI)⁻¹e with
    /// λ one hundredth of the mean of Σ's diagonal.
    init(moments: [Double], size: Int) throws {
        let trace = (0..<size).reduce(0) { $0 + moments[$1 * size + $1] }
        let ridge = max(Whitening.ridge * trace / Double(size), Whitening.leastVariance)
        let system = try SymmetricEigensystem(of: moments, size: size)
        self.init(
            mean: [Float](repeating: 0, count: size),
            matrix: Whitening.root(
                vectors: system.vectors,
                // Rounding may leave an eigenvalue just below 0.
                scales: system.values.map { 1 / (max(0, $0) + ridge).squareRoot() },
                rest: 0,
                size: size
            )
        )
    }

    /// Σᵢ (scaleᵢ − rest) vᵢvᵢᵀ + rest · I for orthonormal vᵢ.
    static func root(vectors: [Double], scales: [Double], rest: Double, size: Int) -> Matrix {
        var root = [Double](repeating: 0, count: size * size)
        root.withUnsafeMutableBufferPointer { root in
            vectors.withUnsafeBufferPointer { vectors in
                for (index, scale) in scales.enumerated() {
                    for i in 0..<size {
                        let weight = (scale - rest) * vectors[index * size + i]
                        for j in 0..<size {
                            root[i * size + j] += weight * vectors[index * size + j]
                        }
                    }
                }
                for i in 0..<size { root[i * size + i] += rest }
            }
        }
        return Matrix(rowCount: size, columnCount: size, elements: root.map { Float($0) })
    }

    /// Writes the squared distance of each of some rows.
    ///
    /// - Parameters:
    ///   - rows: `count` rows of ``size`` numbers, which are overwritten.
    ///   - workspace: as many numbers.
    func distances(
        of rows: UnsafeMutablePointer<Float>,
        workspace: UnsafeMutablePointer<Float>,
        count: Int,
        into distances: UnsafeMutablePointer<Float>
    ) {
        let size = size
        mean.withUnsafeBufferPointer { mean in
            for row in 0..<count {
                let x = rows + row * size
                for j in 0..<size { x[j] -= mean[j] }
            }
        }
        matrix.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            Products.multiplyRows(
                rows,
                base,
                into: workspace,
                m: count,
                n: size,
                k: size
            )
        }
        for row in 0..<count {
            distances[row] = Float(oddity_sum_of_squares(workspace + row * size, size))
        }
    }
}
