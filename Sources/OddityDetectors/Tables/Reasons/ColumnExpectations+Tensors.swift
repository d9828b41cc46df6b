internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityPreprocessing

extension ColumnExpectations {
    private static let prefix = "expectations."

    /// The expectations as named tensors.
    func tensors() throws -> [Tensor] {
        func tensor(_ name: String, _ values: [Float]) throws -> Tensor {
            try Tensor(name: ColumnExpectations.prefix + name, values: values)
        }
        return [
            try tensor("mean", mean),
            try Tensor(
                name: ColumnExpectations.prefix + "weights",
                shape: [inputCount, featureCount],
                values: weights.elements
            ),
            try tensor("bias", bias),
            try Tensor(name: ColumnExpectations.prefix + "variance", values: variance),
            try tensor("deviation", deviation), try tensor("low", ranges.low),
            try tensor("high", ranges.high), try tensor("spread", ranges.spread),
        ]
            + (basis.count == 0
                ? []
                : [try tensor("knots", basis.knots), try tensor("knot_scales", basis.scales)])
    }

    /// Reads expectations; nil from a file that has none, as those of the first releases.
    ///
    /// - Throws: ``DetectorError/inconsistentModel(_:)`` where sizes disagree.
    init?(_ archive: ModelArchive, preparer: TablePreparer) throws {
        let prefix = ColumnExpectations.prefix
        guard archive.tensors.contains(where: { $0.name.hasPrefix(prefix) }) else { return nil }
        let width = preparer.featureCount
        func numbers(_ name: String, _ count: Int) throws -> [Float] {
            try archive.values(of: prefix + name, shape: [count], as: Float.self)
        }
        let values = FeatureLayout(preparer).values
        let isCurved = try archive.tensor(named: prefix + "mean").shape != [width]
        let hingeCount = isCurved ? values.count * CurveBasis.hingeCount : 0
        let knots = isCurved ? try numbers("knots", hingeCount) : []
        let inputCount = width + knots.count
        self.init(
            mean: try numbers("mean", inputCount),
            weights: Matrix(
                rowCount: inputCount,
                columnCount: width,
                elements: try archive.values(
                    of: prefix + "weights",
                    shape: [inputCount, width],
                    as: Float.self
                )
            ),
            bias: try numbers("bias", width),
            variance: try archive.values(
                of: prefix + "variance",
                shape: [width],
                as: Double.self
            ),
            deviation: try numbers("deviation", inputCount),
            ranges: FeatureRanges(
                low: try numbers("low", width),
                high: try numbers("high", width),
                spread: try numbers("spread", width)
            ),
            basis: CurveBasis(
                features: isCurved ? values : [],
                knots: knots,
                scales: isCurved ? try numbers("knot_scales", hingeCount) : []
            )
        )
        guard variance.allSatisfy({ $0 > 0 }), deviation.allSatisfy({ $0 >= 0 }),
            ranges.spread.allSatisfy({ $0 >= 0 })
        else {
            throw DetectorError.inconsistentModel("a variance of its expectations is not positive")
        }
        guard zip(ranges.low, ranges.high).allSatisfy({ $0 <= $1 }) else {
            throw DetectorError.inconsistentModel("the range of a feature ends before it begins")
        }
    }
}
