internal import OddityLinearAlgebra
internal import OddityModelFiles

extension CodeMeasure {
    /// What is known of the codes as named tensors.
    func tensors(prefix: String) throws -> [Tensor] {
        switch self {
        case .nearest(let code):
            [
                try Tensor(name: prefix + "mean", values: code.mean),
                try Tensor(name: prefix + "inverse_deviation", values: code.inverseDeviation),
                try Tensor(
                    name: prefix + "references",
                    shape: [code.references.rowCount, code.latentSize],
                    values: code.references.elements
                ),
            ]
        case .central(let code):
            [try Tensor(name: prefix + "center", values: code.center)]
                + (try code.whitening.map {
                    [
                        try Tensor(
                            name: prefix + "whitening",
                            shape: [$0.rowCount, $0.columnCount],
                            values: $0.elements
                        )
                    ]
                } ?? [])
        }
    }

    /// Reads what a kind of distance needs; every shape is checked.
    init(
        reading archive: ModelArchive,
        prefix: String,
        latentSize: Int,
        distance: TableDetector.CodeDistance,
        rank: Int = 1
    ) throws {
        switch distance {
        case .nearest:
            self = .nearest(
                try NearestCode(
                    reading: archive,
                    prefix: prefix,
                    latentSize: latentSize,
                    rank: rank
                )
            )
        case .mahalanobis, .center:
            let center = try archive.values(
                of: prefix + "center",
                shape: [latentSize],
                as: Float.self
            )
            let whitening =
                distance == .center
                ? nil
                : Matrix(
                    rowCount: latentSize,
                    columnCount: latentSize,
                    elements: try archive.values(
                        of: prefix + "whitening",
                        shape: [latentSize, latentSize],
                        as: Float.self
                    )
                )
            self = .central(CentralCode(center: center, whitening: whitening))
        }
    }
}

extension NearestCode {
    /// Reads reference codes; every shape is checked.
    convenience init(
        reading archive: ModelArchive,
        prefix: String,
        latentSize: Int,
        rank: Int = 1
    ) throws {
        let references = try archive.tensor(named: prefix + "references")
        guard references.shape.count == 2, references.shape[0] > 0,
            references.shape[1] == latentSize, 1...references.shape[0] ~= rank
        else { throw DetectorError.inconsistentModel("its reference codes have another size") }
        self.init(
            mean: try archive.values(of: prefix + "mean", shape: [latentSize], as: Float.self),
            inverseDeviation: try archive.values(
                of: prefix + "inverse_deviation",
                shape: [latentSize],
                as: Float.self
            ),
            references: Matrix(
                rowCount: references.shape[0],
                columnCount: latentSize,
                elements: try archive.values(of: prefix + "references", as: Float.self)
            ),
            rank: rank
        )
    }
}
