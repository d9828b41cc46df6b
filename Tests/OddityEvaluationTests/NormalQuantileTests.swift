import OddityEvaluation
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct NormalQuantileTests {
    @Test func normalQuantilesInvertTheDistribution() {
        for (p, x) in [(0.5, 0), (0.975, 1.959963984540054), (0.01, -2.3263478740408408)] {
            #expect(abs(normalQuantile(p) - x) < 1e-12)
        }
        for exponent in 1...12 {
            let p = pow(10, -Double(exponent))
            #expect(abs(erfc(-normalQuantile(p) / 2.0.squareRoot()) / 2 / p - 1) < 1e-9)
        }
    }
}
