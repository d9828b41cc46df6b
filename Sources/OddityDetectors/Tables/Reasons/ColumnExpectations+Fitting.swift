internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing

extension ColumnExpectations {
    /// The most rows that are learned from; of more, evenly spaced ones are taken.
    static let rowLimit = 20_000
    /// Hinges are used for a column whose held-out error they cut to at most this share.
    private static let worthwhileError = 0.25
    /// What logits may be divided by: √2 to the power of −4 … 12.
    private static let temperatures = (-4...12).map { pow(2, Double($0) / 2) }

    /// Learns what to expect from training rows; nil for tables without features or with too many.
    ///
    /// - Parameters:
    ///   - rows: the features of the training rows.
    ///   - preparer: what the features are.
    ///   - heldOut: rows to hold out in turn, to tell how well columns are predicted.
    ///   - threadCount: threads to use; the result does not depend on it.
    init?(_ rows: Matrix, preparer: TablePreparer, heldOut: [[Int]], threadCount: Int) throws {
        let layout = FeatureLayout(preparer)
        guard layout.featureCount > 0, layout.featureCount <= ColumnExpectations.featureLimit else {
            return nil
        }
        let spacing =
            (rows.rowCount + ColumnExpectations.rowLimit - 1) / ColumnExpectations.rowLimit
        let sample = rows.rows(at: Array(stride(from: 0, to: rows.rowCount, by: max(1, spacing))))
        let folds = heldOut.map { $0.filter { $0 % spacing == 0 }.map { $0 / spacing } }
        let ranges = FeatureRanges(of: rows, sample: sample)
        let plain = CurveBasis(features: [], knots: [], scales: [])
        let fit = Fit(layout: layout, preparer: preparer, ranges: ranges)
        let straight = try fit.candidate(sample, plain, folds: folds, threadCount: threadCount)
        let hingeCount = layout.values.count * CurveBasis.hingeCount
        guard hingeCount > 0, layout.featureCount + hingeCount <= ColumnExpectations.featureLimit
        else {
            self.init(straight, ranges: ranges)
            return
        }
        let curved = try fit.candidate(
            sample,
            CurveBasis(features: layout.values, rows: sample, ranges: ranges),
            folds: folds,
            threadCount: threadCount
        )
        let bent = layout.ranges.indices.filter {
            curved.errors[$0] <= ColumnExpectations.worthwhileError * straight.errors[$0]
                && straight.errors[$0] > 0
        }
        self.init(
            bent.isEmpty
                ? straight : straight.taking(bent.map { layout.ranges[$0] }, from: curved),
            ranges: ranges
        )
    }

    private init(_ candidate: Candidate, ranges: FeatureRanges) {
        let weights = candidate.weights
        self.init(
            mean: weights.mean.map { Float($0) },
            weights: Matrix(
                rowCount: weights.inputCount,
                columnCount: weights.featureCount,
                elements: weights.weights.map { Float($0) }
            ),
            bias: weights.bias.map { Float($0) },
            variance: candidate.variance.map { $0 ?? 1 },
            deviation: weights.variance.map { Float($0.squareRoot()) },
            ranges: ranges,
            basis: candidate.basis
        )
    }

    /// Weights with what they make of held-out rows.
    private struct Candidate: Sendable {
        var weights: ConditionalWeights
        let basis: CurveBasis
        /// The mean squared difference of each feature on held-out rows, at least its conditional variance; nil for
        /// levels.
        var variance: [Double?]
        /// For each column the mean over its features, or the nats of a level.
        let errors: [Double]

        /// These weights, but for some features those of another candidate that has hinges.
        func taking(_ ranges: [Range<Int>], from other: Candidate) -> Candidate {
            var weights = other.weights
            var variance = variance
            let width = weights.featureCount
            let taken = Set(ranges.flatMap { Array($0) })
            for feature in 0..<width {
                if taken.contains(feature) {
                    variance[feature] = other.variance[feature]
                    continue
                }
                weights.bias[feature] = self.weights.bias[feature]
                for input in 0..<weights.inputCount {
                    weights.weights[input * width + feature] =
                        input < width ? self.weights.weights[input * width + feature] : 0
                }
            }
            return Candidate(weights: weights, basis: other.basis, variance: variance, errors: [])
        }
    }

    /// Sums over held-out rows.
    private struct HeldOutErrors: Sendable {
        var squares: [Double]
        /// For each column of categories and each temperature the nats of the levels that rows hold.
        var nats: [[Double]]
        var rowCount = 0
    }

    private struct Fit: Sendable {
        let layout: FeatureLayout
        let levels: [LevelCodes?]
        let ranges: FeatureRanges

        init(layout: FeatureLayout, preparer: TablePreparer, ranges: FeatureRanges) {
            self.layout = layout
            self.ranges = ranges
            levels = LevelCodes.all(of: preparer, layout)
        }

        /// For each column its inputs.
        func groups(_ basis: CurveBasis) -> [[Int]] {
            layout.ranges.map { range in
                Array(range)
                    + range.flatMap { feature in
                        basis.hinges(ofFeature: feature).map { $0 + layout.featureCount }
                    }
            }
        }

        func candidate(
            _ rows: Matrix,
            _ basis: CurveBasis,
            folds: [[Int]],
            threadCount: Int
        ) throws -> Candidate {
            let inputs = basis.count > 0 ? basis.extended(rows, ranges) : rows
            let groups = self.groups(basis)
            @Sendable func weights(_ rows: Matrix) throws -> ConditionalWeights {
                try ConditionalWeights(
                    rows,
                    featureCount: layout.featureCount,
                    groups: groups,
                    levels: levels
                )
            }
            let parts = try Parallel.map(count: folds.count, threadCount: threadCount) { fold in
                let out = Set(folds[fold])
                let kept = (0..<inputs.rowCount).filter { !out.contains($0) }
                return self.errors(
                    of: inputs.rows(at: folds[fold]),
                    by: try weights(inputs.rows(at: kept))
                )
            }
            var final = try weights(inputs)
            let rowCount = Double(max(1, parts.reduce(0) { $0 + $1.rowCount }))
            var variance: [Double?] = (0..<layout.featureCount).map { feature in
                parts.reduce(0) { $0 + $1.squares[feature] } / rowCount
            }
            var errors = layout.ranges.map { range in
                range.reduce(0) { $0 + (variance[$1] ?? 0) } / Double(max(1, range.count))
            }
            for (feature, least) in final.conditionalVariance.enumerated() {
                variance[feature] = variance[feature].map { max($0, least) }
            }
            for (column, codes) in levels.enumerated() {
                guard let codes else { continue }
                let nats = ColumnExpectations.temperatures.indices.map { index in
                    parts.reduce(0) { $0 + $1.nats[column][index] } / rowCount
                }
                let best = nats.indices.min { nats[$0] < nats[$1] } ?? 0
                errors[column] = nats[best]
                for feature in codes.features { variance[feature] = nil }
                final.soften(codes, by: ColumnExpectations.temperatures[best])
            }
            return Candidate(weights: final, basis: basis, variance: variance, errors: errors)
        }

        private func errors(of rows: Matrix, by weights: ConditionalWeights) -> HeldOutErrors {
            let outputs = weights.outputs(of: rows)
            let width = layout.featureCount
            let temperatures = ColumnExpectations.temperatures
            var result = HeldOutErrors(
                squares: [Double](repeating: 0, count: width),
                nats: levels.map { $0 == nil ? [] : temperatures.map { _ in 0 } },
                rowCount: rows.rowCount
            )
            rows.withUnsafeElements { x in
                outputs.withUnsafeElements { y in
                    guard let x = x.baseAddress, let y = y.baseAddress else { return }
                    for row in 0..<rows.rowCount {
                        let own = x + row * weights.inputCount
                        let output = y + row * width
                        for j in 0..<width {
                            let difference = Double(own[j]) - weights.mean[j] - Double(output[j])
                            result.squares[j] += difference * difference
                        }
                        for (column, codes) in levels.enumerated() {
                            guard let codes, let level = codes.level(in: own) else { continue }
                            for (index, temperature) in temperatures.enumerated() {
                                let logits = codes.features.enumerated().map { place, j in
                                    log(codes.shares[place])
                                        + (weights.bias[j] + Double(output[j])) / temperature
                                }
                                result.nats[column][index] +=
                                    LevelCodes.logarithmOfSum(logits) - logits[level]
                            }
                        }
                    }
                }
            }
            return result
        }
    }
}

extension ConditionalWeights {
    /// Divides logits by a temperature, and then adds the logarithms of the shares.
    fileprivate mutating func soften(_ codes: LevelCodes, by temperature: Double) {
        for (place, feature) in codes.features.enumerated() {
            bias[feature] = bias[feature] / temperature + log(codes.shares[place])
            for input in 0..<inputCount { weights[input * featureCount + feature] /= temperature }
        }
    }
}

extension LevelCodes {
    /// For each column its levels, or nil for numbers and columns without features.
    static func all(of preparer: TablePreparer, _ layout: FeatureLayout) -> [LevelCodes?] {
        zip(preparer.columns, layout.kinds).map { column, kind in
            guard case .levels(let features) = kind,
                case .categorical(let encoder) = column.encoder
            else { return nil }
            return LevelCodes(encoder, features: features)
        }
    }

    /// ln Σ exp x.
    static func logarithmOfSum(_ x: [Double]) -> Double {
        let largest = x.max() ?? 0
        return largest + log(x.reduce(0) { $0 + exp($1 - largest) })
    }
}
