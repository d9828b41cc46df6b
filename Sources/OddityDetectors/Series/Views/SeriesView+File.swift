internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

/// What a model file says of a view beside its numbers.
struct SeriesViewManifest: Codable {
    /// The columns that hold their distance from their recent level.
    var removed: [String]
    var preparer: TablePreparer
    var scaling: SeriesScaling
    /// The loss of each member by epoch.
    var histories: [[EpochRecord]]
}

extension SeriesViewManifest {
    init(_ view: SeriesView) {
        self.init(
            removed: view.removed,
            preparer: view.preparer,
            scaling: view.scaling,
            histories: view.members.map(\.history)
        )
    }
}

extension SeriesView {
    /// Networks and calibration as tensors whose names begin with `prefix`.
    func tensors(prefix: String) throws -> [Tensor] {
        var tensors: [Tensor] = []
        for (index, member) in members.enumerated() {
            let own = prefix + "members.\(index)."
            tensors += try member.network.tensors.map {
                try Tensor(name: own + "network." + $0.name, shape: $0.shape, values: $0.values)
            }
            tensors.append(try Tensor(name: own + "low", values: member.low))
            tensors.append(try Tensor(name: own + "high", values: member.high))
            if let codes = member.codes {
                tensors += try CodeMeasure.nearest(codes).tensors(prefix: own + "codes.")
            }
        }
        let size = calibration.factor.count
        tensors += [
            try Tensor(name: prefix + "calibration.factor", values: calibration.factor),
            try Tensor(
                name: prefix + "calibration.whitening",
                shape: [size, size],
                values: calibration.whitening.elements
            ),
            try Tensor(name: prefix + "calibration.score", values: calibration.score.values),
        ]
        if let distance = calibration.distance {
            tensors.append(
                try Tensor(name: prefix + "calibration.distance", values: distance.values)
            )
        }
        return tensors
    }

    /// Reads a view; every shape is checked before anything is built.
    init(
        reading archive: ModelArchive,
        prefix: String,
        _ manifest: SeriesViewManifest,
        _ configuration: SeriesDetector,
        windowLength: Int,
        warmUpCount: Int,
        options: SeriesOptions,
        heldOutCount: Int
    ) throws {
        let layout = SeriesLayout(
            configuration.network,
            manifest.scaling,
            windowLength: windowLength,
            warmUpCount: warmUpCount,
            options: options
        )
        let size = layout.judgedSize
        func distribution(_ name: String) throws -> SurvivalFunction {
            try archive.survivalFunction(
                named: prefix + "calibration." + name,
                tailScale: TailScale.measure
            )
        }
        let factor = try archive.values(
            of: prefix + "calibration.factor",
            shape: [size],
            as: Float.self
        )
        let whitening = try archive.values(
            of: prefix + "calibration.whitening",
            shape: [size, size],
            as: Float.self
        )
        self.init(
            removed: manifest.removed,
            windowLength: windowLength,
            preparer: manifest.preparer,
            scaling: manifest.scaling,
            members: try manifest.histories.enumerated().map { index, history in
                try SeriesMember(
                    reading: archive,
                    prefix: prefix + "members.\(index).",
                    description: configuration.network.description(layout),
                    layout: layout,
                    countsCodes: configuration.countsCodeDistance,
                    history: history
                )
            },
            calibration: SeriesCalibration(
                factor: factor,
                whitening: Matrix(rowCount: size, columnCount: size, elements: whitening),
                score: try distribution("score"),
                distance: configuration.countsCodeDistance ? try distribution("distance") : nil,
                heldOutCount: heldOutCount
            )
        )
    }
}

extension SeriesMember {
    /// Reads a member; every shape is checked before anything is built.
    fileprivate init(
        reading archive: ModelArchive,
        prefix: String,
        description: NetworkDescription,
        layout: SeriesLayout,
        countsCodes: Bool,
        history: [EpochRecord]
    ) throws {
        let size = [layout.rangeSize]
        self.init(
            network: try Network(
                description,
                tensors: archive.networkTensors(prefix: prefix + "network.")
            ),
            low: try archive.values(of: prefix + "low", shape: size, as: Float.self),
            high: try archive.values(of: prefix + "high", shape: size, as: Float.self),
            codes: countsCodes
                ? try NearestCode(
                    reading: archive,
                    prefix: prefix + "codes.",
                    latentSize: description.outputSize(ofLayer: layout.codeLayer)
                ) : nil,
            history: history
        )
        guard zip(low, high).allSatisfy({ $0 <= $1 && $0.isFinite && $1.isFinite }) else {
            throw DetectorError.inconsistentModel("a member's range ends before it begins")
        }
    }
}
