import OddityLinearAlgebra
import Testing

@testable import OddityPreprocessing

/// Numbers with six digits.
@Suite struct ShortNumberTests {
    @Test func agreesWithC() {
        var stream = RandomStream(seed: 1, use: .sampling)
        var values: [Double] = [
            0, -0.0, 1, -1, 0.5, 999_999.5, 999_999.4, 1e6, 1e-4, 0.000099999, 123_456.5, 123_455.5,
            0.1, 0.000123456789, 1e300, -1e-300, 100_000, 99_999.95, 2.5, 1.000005, .infinity, .nan,
        ]
        for _ in 0..<50_000 {
            let word = stream.next()
            let digits = Double(word >> 40) - 8_388_608
            let scale = [1e-9, 1e-7, 1e-5, 1e-3, 1e-1, 1, 1e3][Int(word % 7)]
            values += [digits * scale, (digits * scale * 1e4).rounded() / 1e4, digits / 3 * scale]
        }
        for value in values { #expect(shortText(value) == systemShortText(value)) }
    }
}
