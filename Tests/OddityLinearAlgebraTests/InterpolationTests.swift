import COddityKernels
import OddityLinearAlgebra
import Testing

/// The function between knots, many numbers at a time.
@Suite struct InterpolationTests {
    private let scale: Float = 1.3

    private func interpolated(
        _ numbers: [Float],
        _ values: [Float],
        _ results: [Float],
        stride: Int = 1
    ) -> [Float] {
        var found = numbers
        values.withUnsafeBufferPointer { values in
            results.withUnsafeBufferPointer { results in
                let knots = oddity_knots(
                    values: values.baseAddress,
                    results: results.baseAddress,
                    count: values.count,
                    scale: scale
                )
                found.withUnsafeMutableBufferPointer { found in
                    withUnsafePointer(to: knots) {
                        oddity_interpolate(
                            $0,
                            found.baseAddress,
                            found.baseAddress,
                            found.count / stride,
                            stride
                        )
                    }
                }
            }
        }
        return found
    }

    /// One number at a time, by halves.
    private func plain(_ x: Float, _ values: [Float], _ results: [Float]) -> Float {
        let last = values.count - 1
        if x <= values[0] { return results[0] + (x - values[0]) / scale }
        if x >= values[last] { return results[last] + (x - values[last]) / scale }
        var (low, high) = (0, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if values[middle] <= x { low = middle } else { high = middle }
        }
        let fraction = (x - values[low]) / (values[high] - values[low])
        return results[low] + fraction * (results[high] - results[low])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 31, 375, 512])
    func isThatOfOneNumberAfterTheOther(knotCount: Int) {
        var stream = RandomStream(seed: 7, use: .sampling, index: knotCount)
        var values: [Float] = [-3]
        while values.count < knotCount {
            values.append(values[values.count - 1] + Float.random(in: 0.001..<0.1, using: &stream))
        }
        let results = values.indices.map { Float($0) / 7 - 2 }
        // The knots themselves, between them, and beyond.
        let numbers =
            values + [-.infinity, .infinity, -1e30, 1e30]
            + (0..<1_000).map { _ in
                Float.random(in: -4..<values[values.count - 1] + 1, using: &stream)
            }
        let found = interpolated(numbers, values, results)
        for (x, y) in zip(numbers, found) {
            #expect(y.bitPattern == plain(x, values, results).bitPattern, "at \(x)")
        }
    }

    @Test func whatIsNotANumberStaysNone() {
        let numbers = [Float](repeating: .nan, count: 19)
        for count in [1, 2, 40] {
            let values = (0..<count).map { Float($0) }
            #expect(interpolated(numbers, values, values).allSatisfy { $0.isNaN })
        }
    }

    @Test func numbersBetweenThoseAskedForStay() {
        let numbers = (0..<60).map { Float($0) / 10 }
        let found = interpolated(numbers, [0, 2, 6], [0, 1, 9], stride: 3)
        for (place, x) in numbers.enumerated() {
            #expect(found[place] == (place % 3 == 0 ? plain(x, [0, 2, 6], [0, 1, 9]) : x))
        }
    }
}
