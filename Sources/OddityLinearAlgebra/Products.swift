internal import COddityBLAS
internal import COddityKernels

/// Matrix products: through the system's BLAS, or row by row where a row's result must not depend on other rows.
package enum Products {
    /// OpenBLAS starts one thread a core unless told otherwise; here whole trainings and shards run
    /// side by side, so each product stays on its own thread.
    static let singleThreaded: Void = openblas_set_num_threads(1)

    /// C ← αAB + βC on row-major storage, where A is m × k and B is k × n after transposition.
    ///
    /// - Parameters:
    ///   - left: A, stored m × k, or k × m when `transposeLeft`.
    ///   - right: B, stored k × n, or n × k when `transposeRight`.
    ///   - result: C, stored m × n.
    ///   - m: the rows of C.
    ///   - n: the columns of C.
    ///   - k: the inner size.
    ///   - transposeLeft: whether A is stored transposed.
    ///   - transposeRight: whether B is stored transposed.
    ///   - scale: α, 1 by default.
    ///   - keep: β, 0 by default (C is then not read).
    ///   - leftStride: the floats from one stored row of A to the next, its row's length by default.
    ///   - rightStride: the same of B.
    ///   - resultStride: the same of C.
    /// - Complexity: O(mnk), about 100 GFLOP/s on one core with AVX-512.
    package static func multiply(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>,
        m: Int,
        n: Int,
        k: Int,
        transposeLeft: Bool = false,
        transposeRight: Bool = false,
        scale: Float = 1,
        keep: Float = 0,
        leftStride: Int? = nil,
        rightStride: Int? = nil,
        resultStride: Int? = nil
    ) {
        guard m > 0, n > 0 else { return }
        _ = singleThreaded
        cblas_sgemm(
            CblasRowMajor,
            transposeLeft ? CblasTrans : CblasNoTrans,
            transposeRight ? CblasTrans : CblasNoTrans,
            blasint(m),
            blasint(n),
            blasint(k),
            scale,
            left,
            blasint(max(1, leftStride ?? (transposeLeft ? m : k))),
            right,
            blasint(max(1, rightStride ?? (transposeRight ? k : n))),
            keep,
            result,
            blasint(resultStride ?? n)
        )
    }

    /// C ← AB, or C ← C + AB, on row-major storage, where every row of C follows from its row of A alone: bit for bit the
    /// same whatever the number of rows and wherever the row stands.
    ///
    /// BLAS promises no such thing, and kernels for AVX2 indeed round a row by its place. Scores come from these
    /// products; training, in which rows meet anyway, may take either.
    ///
    /// - Parameters:
    ///   - left: A, m × k.
    ///   - right: B, k × n.
    ///   - result: C, m × n.
    ///   - m: the rows of C.
    ///   - n: the columns of C.
    ///   - k: the inner size.
    ///   - adds: whether to add to what C holds.
    ///   - leftStride: the floats from one row of A to the next, its row's length by default.
    ///   - rightStride: the same of B.
    ///   - resultStride: the same of C.
    /// - Complexity: O(mnk), for n a multiple of 16 as fast as BLAS: 100 to 117 GFLOP/s on one core with AVX-512.
    package static func multiplyRows(
        _ left: UnsafePointer<Float>,
        _ right: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>,
        m: Int,
        n: Int,
        k: Int,
        adds: Bool = false,
        leftStride: Int? = nil,
        rightStride: Int? = nil,
        resultStride: Int? = nil
    ) {
        let product = oddity_product(
            left: left,
            right: right,
            result: result,
            left_stride: leftStride ?? k,
            right_stride: rightStride ?? n,
            result_stride: resultStride ?? n,
            rows: m,
            columns: n,
            depth: k,
            adds: adds ? 1 : 0
        )
        withUnsafePointer(to: product) { oddity_row_products($0) }
    }
}

extension Matrix {
    /// The product of this matrix and another.
    ///
    /// - Parameters:
    ///   - other: n × k when `transposed`, else k × n, where k is this matrix's column count.
    ///   - transposed: whether to multiply by the transpose of `other`.
    package func multiplied(by other: Matrix, transposed: Bool = false) -> Matrix {
        let n = transposed ? other.rowCount : other.columnCount
        precondition(
            columnCount == (transposed ? other.columnCount : other.rowCount),
            "inner sizes differ: \(columnCount)"
        )
        let result = Matrix(rowCount: rowCount, columnCount: n)
        Products.multiply(
            storage.baseAddress,
            other.storage.baseAddress,
            into: result.storage.baseAddress,
            m: rowCount,
            n: n,
            k: columnCount,
            transposeRight: transposed
        )
        return result
    }
}
