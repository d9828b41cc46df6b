import OddityLinearAlgebra
import OddityPreprocessing
import Testing

/// Single columns: estimator, transformer, inverse.
@Suite struct EncoderTests {
    @Test func numbersComeBack() {
        let encoder = NumericEncoding(scaling: .robust).fitted(to: [1, 2, 3, 4, .nan, 10])
        let features = encoder.applied(to: [2.5, .nan])
        #expect(features.columnCount == 2)
        #expect(value(encoder, features, row: 0).map { abs($0 - 2.5) < 1e-6 } == true)
        #expect(value(encoder, features, row: 1) == nil)
    }

    private func value(_ encoder: NumericEncoder, _ features: Matrix, row: Int) -> Double? {
        features.withUnsafeElements { elements in
            elements.baseAddress.flatMap { encoder.value(of: $0 + row * features.columnCount) }
        }
    }

    @Test func levelsComeBack() {
        let encoder = CategoricalEncoding().fitted(to: [0, 1, 1, 2, -1], levels: ["b", "a", "c"])
        #expect(encoder.levels == ["a", "b", "c"])
        let features = encoder.applied(to: [2, -1, 0], levels: ["c", "b", "a"])
        let levels = (0..<3).map { row in
            features.withUnsafeElements { elements in
                elements.baseAddress.flatMap { encoder.level(of: $0 + row * features.columnCount) }
            }
        }
        #expect(levels == ["a", nil, "c"])
    }
}
