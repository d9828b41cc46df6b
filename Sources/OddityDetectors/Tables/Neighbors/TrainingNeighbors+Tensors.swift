internal import OddityLinearAlgebra
internal import OddityModelFiles

extension TrainingNeighbors {
    /// What is known of training rows as named tensors.
    func tensors() throws -> [Tensor] {
        var tensors = [
            try Tensor(
                name: "neighbors.references",
                shape: [references.rowCount, width],
                values: references.elements
            ),
            try Tensor(name: "neighbors.deviations", values: scores.curves.map(\.deviation)),
        ]
        let values = scores.curves.flatMap(\.values)
        // A table of categories has none.
        guard !values.isEmpty else { return tensors }
        tensors.append(try Tensor(name: "neighbors.values", values: values))
        tensors.append(
            try Tensor(name: "neighbors.quantiles", values: scores.curves.flatMap(\.quantiles))
        )
        return tensors
    }

    /// The number of learned values of each feature.
    var knotCounts: [Int] { scores.curves.map(\.values.count) }

    /// Reads what is known of training rows; every shape and number is checked.
    init(reading archive: ModelArchive, featureCount: Int, knotCounts: [Int]) throws {
        let flaw = DetectorError.inconsistentModel(
            "what it knows of its training rows does not fit together"
        )
        guard knotCounts.count == featureCount,
            knotCounts.allSatisfy({ 0...NormalScores.knotLimit ~= $0 })
        else { throw flaw }
        let total = knotCounts.reduce(0, +)
        func knots(_ name: String) throws -> [Float] {
            total == 0
                ? [] : try archive.values(of: "neighbors." + name, shape: [total], as: Float.self)
        }
        let values = try knots("values")
        let quantiles = try knots("quantiles")
        let deviations = try archive.values(
            of: "neighbors.deviations",
            shape: [featureCount],
            as: Float.self
        )
        var curves: [NormalScores.Curve] = []
        var start = 0
        for (count, deviation) in zip(knotCounts, deviations) {
            let own = Array(values[start..<start + count])
            guard deviation > 0, deviation.isFinite, own.allSatisfy(\.isFinite),
                zip(own, own.dropFirst()).allSatisfy(<)
            else { throw flaw }
            curves.append(
                NormalScores.Curve(
                    values: own,
                    quantiles: Array(quantiles[start..<start + count]),
                    deviation: deviation
                )
            )
            start += count
        }
        let references = try archive.tensor(named: "neighbors.references")
        guard references.shape.count == 2, references.shape[0] > 0,
            references.shape[1] == featureCount, quantiles.allSatisfy(\.isFinite)
        else { throw flaw }
        self.init(
            scores: NormalScores(curves: curves),
            references: Matrix(
                rowCount: references.shape[0],
                columnCount: featureCount,
                elements: try archive.values(of: "neighbors.references", as: Float.self)
            )
        )
    }
}
