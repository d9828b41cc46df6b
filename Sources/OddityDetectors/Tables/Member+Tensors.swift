internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityNeuralNetworks

extension Member {
    /// The member's numbers as named tensors.
    func tensors(prefix: String) throws -> [Tensor] {
        var tensors = try network.tensors.map {
            try Tensor(name: prefix + "network." + $0.name, shape: $0.shape, values: $0.values)
        }
        if let codeMeasure { tensors += try codeMeasure.tensors(prefix: prefix + "codes.") }
        return try tensors + calibration.tensors(prefix: prefix + "calibration.")
    }

    /// Reads a member; every shape is checked before anything is built.
    init(
        reading archive: ModelArchive,
        prefix: String,
        description: NetworkDescription,
        codeLayer: Int,
        configuration: TableDetector,
        history: [EpochRecord]
    ) throws {
        network = try Network(
            description,
            tensors: archive.networkTensors(prefix: prefix + "network.")
        )
        self.history = history
        codeMeasure =
            configuration.scoring.usesCode
            ? try CodeMeasure(
                reading: archive,
                prefix: prefix + "codes.",
                latentSize: description.outputSize(ofLayer: codeLayer),
                distance: configuration.codeDistance
            ) : nil
        calibration = try MemberCalibration(
            reading: archive,
            prefix: prefix + "calibration.",
            scoring: configuration.scoring
        )
    }
}

extension ModelArchive {
    /// The distribution of a stored calibration sample.
    func survivalFunction(named name: String, tailScale: Double) throws -> SurvivalFunction {
        let sample = try values(of: name, as: Double.self)
        guard !sample.isEmpty else {
            throw DetectorError.inconsistentModel("its calibration sample is empty")
        }
        return SurvivalFunction(heldOut: sample, minimumTailScale: tailScale)
    }

    func networkTensors(prefix: String) throws -> [StoredTensor] {
        try tensors.filter { $0.name.hasPrefix(prefix) }.map { tensor in
            StoredTensor(
                name: String(tensor.name.dropFirst(prefix.count)),
                shape: tensor.shape,
                values: try values(of: tensor.name, as: Float.self)
            )
        }
    }
}

extension MemberCalibration {
    fileprivate func tensors(prefix: String) throws -> [Tensor] {
        var tensors = [try Tensor(name: prefix + "score", values: score.values)]
        if let residual {
            tensors.insert(try Tensor(name: prefix + "residual", values: residual.values), at: 0)
        }
        if let distance {
            tensors.append(try Tensor(name: prefix + "distance", values: distance.values))
        }
        return tensors
    }

    fileprivate init(
        reading archive: ModelArchive,
        prefix: String,
        scoring: TableDetector.Scoring
    ) throws {
        self.init(
            residual: scoring == .code
                ? nil
                : try archive.survivalFunction(
                    named: prefix + "residual",
                    tailScale: TailScale.residual(scoring)
                ),
            distance: scoring.usesCode
                ? try archive.survivalFunction(
                    named: prefix + "distance",
                    tailScale: TailScale.measure
                ) : nil,
            score: try archive.survivalFunction(
                named: prefix + "score",
                tailScale: TailScale.surprise
            )
        )
    }
}
