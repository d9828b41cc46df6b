internal import COddityBLAS

/// Products of doubles through the system's BLAS, on one thread.
enum DoubleProducts {
    /// C ← AB + βC on row-major storage with row strides, A m × k, B k × n or n × k when `transposeRight`.
    static func multiply(
        _ left: UnsafePointer<Double>,
        _ right: UnsafePointer<Double>,
        into result: UnsafeMutablePointer<Double>,
        m: Int,
        n: Int,
        k: Int,
        leftStride: Int,
        rightStride: Int,
        resultStride: Int,
        transposeRight: Bool = false,
        keep: Double = 0
    ) {
        guard m > 0, n > 0 else { return }
        _ = Products.singleThreaded
        cblas_dgemm(
            CblasRowMajor,
            CblasNoTrans,
            transposeRight ? CblasTrans : CblasNoTrans,
            blasint(m),
            blasint(n),
            blasint(k),
            1,
            left,
            blasint(max(1, leftStride)),
            right,
            blasint(max(1, rightStride)),
            keep,
            result,
            blasint(resultStride)
        )
    }

    /// C ← AAᵀ + C, or AᵀA + C when `transposed`, in the upper triangle of C, which is size × size.
    static func addSquare(
        _ block: UnsafePointer<Double>,
        to result: UnsafeMutablePointer<Double>,
        size: Int,
        depth: Int,
        stride: Int,
        transposed: Bool = false
    ) {
        guard size > 0 else { return }
        _ = Products.singleThreaded
        cblas_dsyrk(
            CblasRowMajor,
            CblasUpper,
            transposed ? CblasTrans : CblasNoTrans,
            blasint(size),
            blasint(depth),
            1,
            block,
            blasint(max(1, stride)),
            1,
            result,
            blasint(size)
        )
    }
}
