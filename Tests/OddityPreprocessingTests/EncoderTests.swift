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

    private let many = (0..<300).map { "level \($0)" }

    /// Rows of 300 levels, of which the first ones come more often, and of missing values.
    private var codes: [Int32] {
        let present = (0..<300).flatMap { level -> [Int32] in
            [Int32](repeating: Int32(level), count: 1 + 30 / (level + 1))
        }
        return present + [-1, -1]
    }

    @Test func manyLevelsHaveCodesOfFixedLength() {
        let encoder = CategoricalEncoding().fitted(to: codes, levels: many)
        #expect(encoder.featureCount == CategoricalEncoding.featureLimit)
        #expect(encoder.codeLength == CategoricalEncoding.featureLimit)
        let all = Array(Int32(0)..<300) + [-1]
        let features = encoder.applied(to: all, levels: many)
        for (row, code) in all.enumerated() {
            let level = features.withUnsafeElements { elements in
                elements.baseAddress.flatMap { encoder.level(of: $0 + row * features.columnCount) }
            }
            #expect(level == (code < 0 ? nil : many[Int(code)]))
        }
    }

    @Test func codesWeighAsMuchAsANumberAndLieApart() {
        let encoder = CategoricalEncoding().fitted(to: codes, levels: many)
        let features = encoder.applied(to: codes, levels: many)
        var variance = 0.0
        for column in 0..<features.columnCount {
            let values = (0..<features.rowCount).map { Double(features[$0, column]) }
            let mean = values.reduce(0, +) / Double(values.count)
            #expect(abs(mean) < 1e-6)
            variance += values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        }
        #expect(abs(variance - 1) < 1e-5)
        let each = encoder.applied(to: Array(0..<300), levels: many)
        // The squared distance of two one-hot rows is 2, in units of the scale.
        var distances: [Double] = []
        for row in 0..<300 {
            for other in 0..<row {
                let squares = (0..<each.columnCount).map { column in
                    let difference = Double(each[row, column] - each[other, column])
                    return difference * difference
                }
                distances.append(squares.reduce(0, +) * encoder.scale * encoder.scale)
            }
        }
        distances.sort()
        #expect(abs(distances.reduce(0, +) / Double(distances.count) - 2) < 0.02)
        #expect(distances.first.map { $0 > 1.1 } == true)
    }

    @Test func anUnseenLevelIsNoneOfTheCodes() {
        let encoder = CategoricalEncoding().fitted(to: codes, levels: many)
        let unseen = encoder.applied(to: [0], levels: ["other"])
        let none = (0..<unseen.columnCount).map { column in
            Float((0 - encoder.centers[column]) / encoder.scale)
        }
        #expect((0..<unseen.columnCount).map { unseen[0, $0] } == none)
    }

    @Test(arguments: [ScalingMethod.minMax, .none])
    func unscaledLevelsStayOneHot(_ scaling: ScalingMethod) {
        let encoder = CategoricalEncoding(scaling: scaling).fitted(to: codes, levels: many)
        #expect(encoder.codeLength == nil)
        #expect(encoder.featureCount == 301)
    }

    @Test func booleansAreWhatTheyAreHoweverTheyAreWritten() {
        let encoder = CategoricalEncoding().fitted(to: [0, 1, 1], levels: ["true", "false"])
        #expect(encoder.levels == ["false", "true"])
        let written = encoder.applied(
            to: [0, 1, 2, 3],
            levels: ["True", "FALSE", "true", "False"]
        )
        #expect(written == encoder.applied(to: [1, 0, 1, 0], levels: encoder.levels))
        #expect(
            encoder.applied(to: [0], levels: ["tRUE"])
                == encoder.applied(to: [0], levels: ["yes"])
        )
        // Where training told them apart, they are.
        let both = CategoricalEncoding().fitted(to: [0, 1], levels: ["true", "True"])
        #expect(
            both.applied(to: [0, 1], levels: ["True", "true"])[0, 0]
                != both.applied(to: [1], levels: ["True", "true"])[0, 0]
        )
    }

    @Test func asManyLevelsAsFeaturesStayOneHot() {
        let limit = CategoricalEncoding.featureLimit
        let levels = (0...limit).map { "level \($0)" }
        let exact = CategoricalEncoding().fitted(to: (0..<limit).map(Int32.init), levels: levels)
        #expect(exact.codeLength == nil && exact.featureCount == limit)
        let above = CategoricalEncoding().fitted(to: (0...limit).map(Int32.init), levels: levels)
        #expect(above.codeLength == limit && above.featureCount == limit)
    }
}
