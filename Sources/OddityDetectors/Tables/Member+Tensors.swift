internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityNeuralNetworks

extension Member {
    /// The member's numbers as named tensors.
    ///
    /// - Parameter isPooled: whether its calibration is that of all members, which is stored once.
    func tensors(prefix: String, isPooled: Bool) throws -> [Tensor] {
        var tensors = try network.tensors.map {
            try Tensor(name: prefix + "network." + $0.name, shape: $0.shape, values: $0.values)
        }
        if let codeMeasure { tensors += try codeMeasure.tensors(prefix: prefix + "codes.") }
        let own = prefix + "calibration."
        return try tensors
            + (isPooled
                ? [Tensor(name: own + "score", values: calibration.ownScore.values)]
                : calibration.tensors(prefix: own))
    }

    /// Reads a member; every shape is checked before anything is built.
    ///
    /// - Parameters:
    ///   - statistics: how distances and p-values are formed; nil as in models that don't say.
    ///   - pooled: the calibration of all members, where it is stored once.
    init(
        reading archive: ModelArchive,
        prefix: String,
        description: NetworkDescription,
        codeLayer: Int,
        configuration: TableDetector,
        statistics: TableStatistics?,
        pooled: MemberCalibration?,
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
                distance: configuration.codeDistance,
                rank: statistics?.codeRank ?? 1
            ) : nil
        let own = prefix + "calibration."
        if let pooled {
            calibration = MemberCalibration(
                residual: pooled.residual,
                distance: pooled.distance,
                neighbor: pooled.neighbor,
                score: pooled.score,
                ownScore: try archive.survivalFunction(
                    named: own + "score",
                    tailScale: TailScale.surprise
                )
            )
        } else {
            calibration = try MemberCalibration(
                reading: archive,
                prefix: own,
                scoring: configuration.scoring
            )
        }
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
    /// The distributions as named tensors.
    func tensors(prefix: String) throws -> [Tensor] {
        var tensors = [try Tensor(name: prefix + "score", values: score.values)]
        if let residual {
            tensors.insert(try Tensor(name: prefix + "residual", values: residual.values), at: 0)
        }
        if let distance {
            tensors.append(try Tensor(name: prefix + "distance", values: distance.values))
        }
        if let neighbor {
            tensors.append(try Tensor(name: prefix + "neighbor", values: neighbor.values))
        }
        return tensors
    }

    /// Reads the distributions of the measures that a scoring has.
    init(
        reading archive: ModelArchive,
        prefix: String,
        scoring: TableDetector.Scoring,
        comparesRows: Bool = false
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
            neighbor: comparesRows
                ? try archive.survivalFunction(
                    named: prefix + "neighbor",
                    tailScale: TailScale.measure
                ) : nil,
            score: try archive.survivalFunction(
                named: prefix + "score",
                tailScale: TailScale.surprise
            )
        )
    }
}
