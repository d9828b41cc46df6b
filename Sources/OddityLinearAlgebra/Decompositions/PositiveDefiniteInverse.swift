internal import COddityBLAS

/// The inverse of a symmetric positive definite matrix of doubles.
///
/// LAPACK's `dpotrf` and `dpotri` (Cholesky's decomposition), with a relative error of about
/// condition × 2⁻⁵³.
///
/// - Complexity: O(size³) time, size² doubles.
public struct PositiveDefiniteInverse: Sendable {
    /// The inverse, row after row; symmetric bit for bit.
    public let elements: [Double]

    /// Inverts a matrix.
    ///
    /// - Parameters:
    ///   - elements: the matrix, row after row; only the upper triangle is read.
    ///   - size: its number of rows and columns.
    /// - Throws: ``DecompositionError/notPositiveDefinite(size:)``.
    public init(of elements: [Double], size: Int) throws(DecompositionError) {
        precondition(elements.count == size * size, "\(elements.count) elements for \(size)²")
        var matrix = elements
        guard PositiveDefiniteInverse.invert(&matrix, size: size) else {
            throw .notPositiveDefinite(size: size)
        }
        for row in 0..<size {
            for column in 0..<row { matrix[row * size + column] = matrix[column * size + row] }
        }
        self.elements = matrix
    }

    private static func invert(
        _ matrix: inout [Double],
        size: Int
    ) -> Bool {
        guard size > 0 else { return true }
        guard matrix.allSatisfy(\.isFinite) else { return false }
        _ = Products.singleThreaded
        var n = blasint(size)
        var stride = n
        // The upper triangle of rows is the lower triangle of columns.
        var triangle = CChar(UInt8(ascii: "L"))
        var info: blasint = 0
        dpotrf_(&triangle, &n, &matrix, &stride, &info, 1)
        guard info == 0 else { return false }
        dpotri_(&triangle, &n, &matrix, &stride, &info, 1)
        return info == 0
    }
}
