import Foundation
import OddityLinearAlgebra
import Testing

/// The kernels against double precision on a dense grid; the bounds are those of the documentation.
@Suite struct ElementwiseTests {
    typealias Function =
        @Sendable (UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
    typealias Case = (
        name: String, kernel: Function, exact: @Sendable (Double) -> Double, bound: Double
    )

    static let cases: [Case] = [
        ("exp", Elementwise.exp, Foundation.exp, 2e-7),
        ("expm1", Elementwise.expMinusOne, Foundation.expm1, 4e-7),
        ("sigmoid", Elementwise.sigmoid, { 1 / (1 + Foundation.exp(-$0)) }, 3e-7),
        ("tanh", Elementwise.tanh, Foundation.tanh, 4e-7),
        (
            "softplus", Elementwise.softplus,
            { $0 > 0 ? $0 + log1p(Foundation.exp(-$0)) : log1p(Foundation.exp($0)) }, 4e-7
        ),
    ]

    @Test(arguments: 0..<5) func staysWithinItsErrorBound(index: Int) {
        let (name, kernel, exact, bound) = Self.cases[index]
        let x = stride(from: Float(-87), through: 87, by: 0.0037).map { $0 } + [1e-6, -1e-6, 1e-20]
        let y = applied(kernel, to: x)
        var worst = 0.0
        for (input, output) in zip(x, y) {
            let expected = exact(Double(input))
            guard abs(expected) >= Double(Float.leastNormalMagnitude) else { continue }
            worst = max(worst, abs(Double(output) - expected) / abs(expected))
        }
        #expect(worst < bound, "\(name) is off by \(worst)")
    }

    @Test func extremesAndNaN() {
        let x: [Float] = [-.infinity, -1000, 0, 1000, .infinity, .nan]
        #expect(applied(Elementwise.exp, to: x).dropLast() == [0, 0, 1, .infinity, .infinity])
        #expect(applied(Elementwise.sigmoid, to: x).dropLast() == [0, 0, 0.5, 1, 1])
        #expect(applied(Elementwise.tanh, to: x).dropLast() == [-1, -1, 0, 1, 1])
        for (_, kernel, _, _) in Self.cases { #expect(applied(kernel, to: x)[5].isNaN) }
    }

    private func applied(_ kernel: Function, to x: [Float]) -> [Float] {
        var y = [Float](repeating: -1, count: x.count)
        x.withUnsafeBufferPointer { input in y.withUnsafeMutableBufferPointer { kernel(input, $0) }
        }
        return y
    }
}
