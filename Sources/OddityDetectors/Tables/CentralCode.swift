internal import OddityLinearAlgebra

/// The distance from a latent code to one centre: |W(c − μ)|, or |c − μ| without W.
///
/// - Complexity: O(latent size²) a row, as one matrix product a tile; O(latent size) without W.
struct CentralCode: Sendable {
    /// What is added to each variance, as a share of it.
    static let ridge = 0.01

    /// μ.
    let center: [Float]
    /// W with WᵀW = Σ⁻¹, latent size × latent size; nil for the distance as it is.
    let whitening: Matrix?
    /// Wᵀ.
    private let transposed: Matrix?

    var latentSize: Int { center.count }

    /// The distance from a given centre.
    init(center: [Float], whitening: Matrix? = nil) {
        self.center = center
        self.whitening = whitening
        transposed = whitening?.transposed()
    }

    /// The distance from the mean of training codes, one a row.
    init(meanOf codes: Matrix) {
        self.init(center: CodeMoments(codes).mean.map { Float($0) })
    }

    /// The Mahalanobis distance from training codes, one a row.
    ///
    /// With the correlation matrix R = VΛVᵀ of the dimensions that move and their deviations D,
    /// W = (Λ + εI)^−½ Vᵀ D⁻¹, where ε is ``ridge``: Σ = D(R + εI)D. A dimension that never moves is 0 in D⁻¹.
    ///
    /// - Throws: `DecompositionError` if the codes are not finite.
    init(mahalanobisOf codes: Matrix) throws {
        let size = codes.columnCount
        let moments = CodeMoments(codes)
        let system = try SymmetricEigensystem(of: moments.correlations, size: size)
        var whitening = Matrix(rowCount: size, columnCount: size)
        whitening.withUnsafeMutableElements { elements in
            for i in 0..<size {
                // Rounding may leave an eigenvalue just below 0.
                let scale = 1 / (max(0, system.values[i]) + CentralCode.ridge).squareRoot()
                for j in 0..<size {
                    elements[i * size + j] = Float(
                        scale * system.vectors[i * size + j] * moments.inverseDeviation[j]
                    )
                }
            }
        }
        self.init(center: moments.mean.map { Float($0) }, whitening: whitening)
    }

    /// The number of floats of workspace that a tile needs.
    func workspaceSize(tileSize: Int) -> Int {
        tileSize * latentSize * (whitening == nil ? 1 : 2)
    }

    /// Writes the distance of each code of a tile.
    func distances(
        ofTile codes: UnsafePointer<Float>,
        rowCount: Int,
        workspace: UnsafeMutablePointer<Float>,
        into distances: inout [Double]
    ) {
        let size = latentSize
        center.withUnsafeBufferPointer { center in
            for row in 0..<rowCount {
                for j in 0..<size { workspace[row * size + j] = codes[row * size + j] - center[j] }
            }
        }
        var differences = workspace
        transposed?.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            differences = workspace + rowCount * size
            Products.multiplyRows(
                workspace,
                base,
                into: differences,
                m: rowCount,
                n: size,
                k: size
            )
        }
        for row in 0..<rowCount {
            var sum = 0.0
            for j in 0..<size {
                let difference = Double(differences[row * size + j])
                sum += difference * difference
            }
            distances[row] = sum.squareRoot()
        }
    }
}
