internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityPreprocessing

extension PrincipalComponents {
    /// The analysis as named tensors.
    func tensors() throws -> [Tensor] {
        [
            try Tensor(name: "components.mean", values: mean),
            try Tensor(
                name: "components.axes",
                shape: [componentCount, featureCount],
                values: components.elements
            ),
            try Tensor(name: "components.variances", values: explainedVariance),
            try Tensor(name: "components.total_variance", values: [totalVariance]),
        ]
    }

    /// Reads an analysis of rows of `featureCount` features; every shape is checked.
    init(_ archive: ModelArchive, featureCount: Int) throws {
        let axes = try archive.tensor(named: "components.axes")
        guard axes.shape.count == 2, axes.shape[0] > 0, axes.shape[1] == featureCount else {
            throw DetectorError.inconsistentModel("its principal components have another size")
        }
        try self.init(
            mean: try archive.values(of: "components.mean", shape: [featureCount], as: Float.self),
            components: Matrix(
                rowCount: axes.shape[0],
                columnCount: featureCount,
                elements: try archive.values(of: "components.axes", as: Float.self)
            ),
            explainedVariance: try archive.values(of: "components.variances", as: Double.self),
            totalVariance: try archive.values(
                of: "components.total_variance",
                shape: [1],
                as: Double.self
            )[0]
        )
    }
}
