internal import COddityBLAS

/// All eigenvalues and eigenvectors of a symmetric matrix of doubles.
///
/// LAPACK's `dsyevd` (divide and conquer; Cuppen 1981, Gu and Eisenstat 1995). The eigenvectors are
/// orthonormal to about size × 2⁻⁵², also where eigenvalues coincide.
///
/// - Complexity: O(size³) time, 3 × size² doubles.
public struct SymmetricEigensystem: Sendable {
    /// The eigenvalues, largest first.
    public let values: [Double]
    /// The eigenvectors, one after the other in the order of ``values``, each of unit length.
    public let vectors: [Double]

    /// Decomposes a symmetric matrix.
    ///
    /// - Parameters:
    ///   - elements: the matrix, row after row; only the upper triangle is read.
    ///   - size: its number of rows and columns.
    /// - Throws: ``DecompositionError`` if the elements are not finite.
    public init(of elements: [Double], size: Int) throws {
        precondition(elements.count == size * size, "\(elements.count) elements for \(size)²")
        var matrix = elements
        var values = [Double](repeating: 0, count: size)
        try SymmetricEigensystem.decompose(&matrix, into: &values)
        // Column-major columns are our rows; only the order, ascending, has to be turned round.
        for row in 0..<size / 2 {
            let other = size - 1 - row
            values.swapAt(row, other)
            for column in 0..<size {
                matrix.swapAt(row * size + column, other * size + column)
            }
        }
        self.values = values
        vectors = matrix
    }

    private static func decompose(_ matrix: inout [Double], into values: inout [Double]) throws {
        guard !values.isEmpty else { return }
        let size = values.count
        guard matrix.allSatisfy(\.isFinite) else {
            throw DecompositionError.notConverged(size: size)
        }
        _ = Products.singleThreaded
        var n = blasint(size)
        var workCount = blasint(1 + 6 * size + 2 * size * size)
        var wholeCount = blasint(3 + 5 * size)
        var work = [Double](repeating: 0, count: Int(workCount))
        var whole = [blasint](repeating: 0, count: Int(wholeCount))
        var info: blasint = 0
        var vectorsToo = CChar(UInt8(ascii: "V"))
        // The upper triangle of rows is the lower triangle of columns.
        var triangle = CChar(UInt8(ascii: "L"))
        var stride = n
        dsyevd_(
            &vectorsToo,
            &triangle,
            &n,
            &matrix,
            &stride,
            &values,
            &work,
            &workCount,
            &whole,
            &wholeCount,
            &info,
            1,
            1
        )
        guard info == 0 else { throw DecompositionError.notConverged(size: size) }
    }
}
