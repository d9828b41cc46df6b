internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing

/// Computes what rows should hold, and how far they are from it.
final class ExpectationRows {
    /// Rounds in which several unknown columns are filled in, each given the others (Gauss–Seidel).
    private static let roundCount = 8
    /// The part of a cell that training could not have produced, and of one beyond all training rows: that of 20
    /// standard deviations, the distance at which numbers are clipped.
    static let foreignPart = 400.0

    let expectations: ColumnExpectations
    let layout: FeatureLayout
    let levels: [LevelCodes?]
    /// By column: the value of its indicator that lies between there and missing.
    private let indicatorThresholds: [Float]

    private var width: Int { expectations.featureCount }

    init(_ expectations: ColumnExpectations, preparer: TablePreparer) {
        self.expectations = expectations
        layout = FeatureLayout(preparer)
        levels = LevelCodes.all(of: preparer, layout)
        indicatorThresholds = preparer.columns.map { column in
            guard case .numeric(let encoder) = column.encoder, let scale = encoder.indicator else {
                return .infinity
            }
            return Float((0.5 - scale.center) / scale.scale)
        }
    }

    /// Writes a row's inputs, less their means.
    func writeInputs(
        _ row: UnsafePointer<Float>,
        to inputs: UnsafeMutablePointer<Float>
    ) {
        expectations.basis.write(row, to: inputs, width: width, expectations.ranges)
        expectations.mean.withUnsafeBufferPointer { mean in
            for i in 0..<expectations.inputCount { inputs[i] -= mean[i] }
        }
    }

    /// The columns whose cells lie beyond all training rows.
    func columnsOutside(_ row: UnsafePointer<Float>) -> [Int] {
        layout.kinds.indices.filter { column in
            guard case .number(let value?, _) = layout.kinds[column] else { return false }
            return expectations.ranges.excess(row[value], value) > 0
        }
    }

    /// What rows of inputs make others expect: deviations of numbers from their means, and of logits from their biases.
    func predict(
        _ inputs: UnsafePointer<Float>,
        rowCount: Int,
        into outputs: UnsafeMutablePointer<Float>
    ) {
        expectations.weights.withUnsafeElements { weights in
            guard let base = weights.baseAddress else { return }
            Products.multiplyRows(
                inputs,
                base,
                into: outputs,
                m: rowCount,
                n: width,
                k: expectations.inputCount
            )
        }
    }

    /// Puts in place of the columns' inputs what the others, and one another, make of them.
    func fill(_ columns: [Int], of inputs: UnsafeMutablePointer<Float>) {
        for column in columns {
            for feature in layout.ranges[column] {
                inputs[feature] = 0
                for hinge in expectations.hinges(ofFeature: feature) { inputs[hinge] = 0 }
            }
        }
        for _ in 0..<(columns.count == 1 ? 1 : ExpectationRows.roundCount) {
            for column in columns { fill(column, of: inputs) }
        }
    }

    private func fill(_ column: Int, of inputs: UnsafeMutablePointer<Float>) {
        let mean = expectations.mean
        switch layout.kinds[column] {
        case .watched: break
        case .number(let value, let indicator):
            let expectedIndicator = indicator.map { output($0, of: inputs) }
            if let value { set(value, to: output(value, of: inputs), of: inputs) }
            if let indicator, let expectedIndicator { inputs[indicator] = expectedIndicator }
        case .numbers(let features), .code(let features):
            let expected = features.map { output($0, of: inputs) }
            for (feature, value) in zip(features, expected) { set(feature, to: value, of: inputs) }
        case .levels(let features):
            guard let codes = levels[column] else { return }
            let probabilities = ExpectationRows.probabilities(
                features.map { Double(expectations.bias[$0] + output($0, of: inputs)) }
            )
            for (level, feature) in features.enumerated() {
                let code = codes.feature(level, probability: probabilities[level])
                inputs[feature] = Float(code) - mean[feature]
            }
        }
    }

    /// Puts a number's expectation, a deviation from its mean, in its place, and in those of its hinges.
    private func set(
        _ feature: Int,
        to output: Float,
        of inputs: UnsafeMutablePointer<Float>
    ) {
        let mean = expectations.mean
        let expected = expectations.ranges.clipped(mean[feature] + output, feature)
        inputs[feature] = expected - mean[feature]
        for input in expectations.hinges(ofFeature: feature) {
            let hinge = expectations.basis.hinge(
                input - width,
                at: expected,
                expectations.ranges
            )
            inputs[input] = hinge - mean[input]
        }
    }

    private func output(_ feature: Int, of inputs: UnsafePointer<Float>) -> Float {
        expectations.weights.withUnsafeElements { weights in
            var sum = 0.0
            for input in 0..<expectations.inputCount {
                sum += Double(inputs[input]) * Double(weights[input * width + feature])
            }
            return Float(sum)
        }
    }

    static func probabilities(_ logits: [Double]) -> [Double] {
        let total = LevelCodes.logarithmOfSum(logits)
        return logits.map { exp($0 - total) }
    }

    /// Each column's part in a row's oddity: about 1 for a normal cell, the square of a deviation.
    ///
    /// - Parameters:
    ///   - row: the features.
    ///   - outputs: what the inputs make others expect.
    ///   - unknown: the columns whose inputs were filled in; what follows from them is less sure.
    ///   - foreign: the columns whose cells training could not have produced.
    ///   - parts: a place for each column.
    func measure(
        _ row: UnsafePointer<Float>,
        outputs: UnsafePointer<Float>,
        unknown: [Int],
        foreign: [Int],
        into parts: inout [Double]
    ) {
        for column in layout.kinds.indices {
            guard !foreign.contains(column) else {
                parts[column] = ExpectationRows.foreignPart
                continue
            }
            func square(_ feature: Int) -> Double {
                let difference = Double(
                    row[feature] - expectations.mean[feature] - outputs[feature]
                )
                return difference * difference
                    / variance(ofFeature: feature, column: column, unknown: unknown)
            }
            switch layout.kinds[column] {
            case .watched: parts[column] = 0
            case .number(let value, let indicator):
                let isMissing = indicator.map { row[$0] > indicatorThresholds[column] } ?? false
                let expectsMissing = self.expectsMissing(column, outputs)
                var part = 0.0
                if let indicator, isMissing != expectsMissing { part += square(indicator) }
                if let value, !isMissing {
                    let excess = expectations.ranges.excess(row[value], value)
                    let spread = max(expectations.ranges.spread[value], .leastNormalMagnitude)
                    part += square(value)
                    part += ExpectationRows.foreignPart * Double(min(1, excess / spread))
                }
                parts[column] = part
            case .numbers(let features):
                parts[column] = features.reduce(0) { max($0, square($1)) }
            case .code(let features):
                // Their mean: a wrong level differs from the expected one in half of them.
                parts[column] =
                    features.reduce(0) { $0 + square($1) } / Double(features.count)
            case .levels(let features):
                guard let level = levels[column]?.level(in: row) else {
                    parts[column] = 0
                    continue
                }
                func logit(_ feature: Int) -> Double {
                    Double(expectations.bias[feature] + outputs[feature])
                }
                let largest = features.reduce(-Double.infinity) { max($0, logit($1)) }
                parts[column] = 2 * (largest - logit(features.lowerBound + level))
            }
        }
    }

    private func variance(ofFeature feature: Int, column: Int, unknown: [Int]) -> Double {
        var result = expectations.variance[feature]
        guard !unknown.isEmpty else { return result }
        expectations.weights.withUnsafeElements { weights in
            for other in unknown where other != column {
                var reach = 0.0
                func add(_ input: Int) {
                    let weight = Double(abs(weights[input * width + feature]))
                    reach += weight * Double(expectations.deviation[input])
                }
                for own in layout.ranges[other] {
                    add(own)
                    for hinge in expectations.hinges(ofFeature: own) { add(hinge) }
                }
                result += reach * reach
            }
        }
        return result
    }

    private func expectsMissing(_ column: Int, _ outputs: UnsafePointer<Float>) -> Bool {
        guard case .number(_, let indicator?) = layout.kinds[column] else { return false }
        return expectations.mean[indicator] + outputs[indicator] > indicatorThresholds[column]
    }

    /// Writes the features of the value that a column should hold.
    ///
    /// - Returns: for a category the probability of the level.
    func writeExpected(
        _ column: Int,
        outputs: UnsafePointer<Float>,
        to features: UnsafeMutablePointer<Float>
    ) -> Double? {
        switch layout.kinds[column] {
        case .watched: return nil
        case .number(let value, let indicator):
            if let value {
                features[value] = expectations.ranges.clipped(
                    expectations.mean[value] + outputs[value],
                    value
                )
            }
            if let indicator {
                features[indicator] = expectations.mean[indicator] + outputs[indicator]
            }
            return nil
        case .numbers(let range), .code(let range):
            for feature in range {
                features[feature] = expectations.ranges.clipped(
                    expectations.mean[feature] + outputs[feature],
                    feature
                )
            }
            return nil
        case .levels(let range):
            guard let codes = levels[column] else { return nil }
            let probabilities = ExpectationRows.probabilities(
                range.map { Double(expectations.bias[$0] + outputs[$0]) }
            )
            let best = probabilities.indices.reduce(0) {
                probabilities[$1] > probabilities[$0] ? $1 : $0
            }
            for (feature, code) in zip(range, codes.code(of: best)) {
                features[feature] = Float(code)
            }
            return probabilities[best]
        }
    }
}
