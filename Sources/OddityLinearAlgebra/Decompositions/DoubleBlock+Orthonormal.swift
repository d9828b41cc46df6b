internal import COddityBLAS

extension DoubleBlock {
    /// Replaces the rows by orthonormal ones that span the same space, each in the span of the rows up
    /// to it (Householder QR of the transpose; signs are not defined).
    ///
    /// - Throws: ``DecompositionError`` if an element is not finite.
    mutating func orthonormalizeRows() throws {
        precondition(rowCount <= columnCount, "\(rowCount) rows of \(columnCount) numbers")
        guard rowCount > 0 else { return }
        guard elements.allSatisfy(\.isFinite) else {
            throw DecompositionError.notConverged(size: rowCount)
        }
        _ = Products.singleThreaded
        // Our rows are Fortran's columns.
        var m = blasint(columnCount)
        var n = blasint(rowCount)
        var depth = n
        var stride = m
        var factors = [Double](repeating: 0, count: rowCount)
        // LAPACK's block size is 32; 64 leaves room for another.
        var workCount = blasint(64 * rowCount)
        var work = [Double](repeating: 0, count: Int(workCount))
        var info: blasint = 0
        dgeqrf_(&m, &n, &elements, &stride, &factors, &work, &workCount, &info)
        if info == 0 {
            dorgqr_(&m, &n, &depth, &elements, &stride, &factors, &work, &workCount, &info)
        }
        guard info == 0 else { throw DecompositionError.notConverged(size: rowCount) }
    }
}
