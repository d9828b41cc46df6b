internal import COddityKernels

/// Elementary functions on blocks of floats, with the widest vectors the CPU has.
///
/// Input and output have the same length and may be the same memory. The bound at each function is
/// the largest relative error against double precision over all normal results; NaN stays NaN.
package enum Elementwise {
    /// eˣ; relative error below 2e-7.
    ///
    /// Below −103 the result is 0, above 88.7 infinity.
    package static func exp(
        _ x: UnsafeBufferPointer<Float>,
        into y: UnsafeMutableBufferPointer<Float>
    ) {
        apply(oddity_exp, x, y)
    }

    /// eˣ − 1; relative error below 4e-7.
    package static func expMinusOne(
        _ x: UnsafeBufferPointer<Float>,
        into y: UnsafeMutableBufferPointer<Float>
    ) {
        apply(oddity_expm1, x, y)
    }

    /// 1 / (1 + e⁻ˣ); relative error below 3e-7.
    package static func sigmoid(
        _ x: UnsafeBufferPointer<Float>,
        into y: UnsafeMutableBufferPointer<Float>
    ) {
        apply(oddity_sigmoid, x, y)
    }

    /// tanh x; relative error below 4e-7.
    package static func tanh(
        _ x: UnsafeBufferPointer<Float>,
        into y: UnsafeMutableBufferPointer<Float>
    ) {
        apply(oddity_tanh, x, y)
    }

    /// log(1 + eˣ); relative error below 4e-7.
    package static func softplus(
        _ x: UnsafeBufferPointer<Float>,
        into y: UnsafeMutableBufferPointer<Float>
    ) {
        apply(oddity_softplus, x, y)
    }

    private static func apply(
        _ kernel: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void,
        _ x: UnsafeBufferPointer<Float>,
        _ y: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(x.count == y.count, "\(x.count) inputs for \(y.count) outputs")
        guard let input = x.baseAddress, let output = y.baseAddress else { return }
        kernel(input, output, x.count)
    }
}
