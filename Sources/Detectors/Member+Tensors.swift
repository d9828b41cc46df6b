internal import Evaluation
internal import LinearAlgebra
internal import ModelFiles
internal import NeuralNetworks

extension Member {
    /// The member's numbers as named tensors.
    func tensors(prefix: String) throws -> [Tensor] {
        var tensors = try network.tensors.map {
            try Tensor(name: prefix + "network." + $0.name, shape: $0.shape, values: $0.values)
        }
        if let nearestCode {
            tensors += [
                try Tensor(name: prefix + "codes.mean", values: nearestCode.mean),
                try Tensor(
                    name: prefix + "codes.inverse_deviation",
                    values: nearestCode.inverseDeviation
                ),
                try Tensor(
                    name: prefix + "codes.references",
                    shape: [nearestCode.references.rowCount, nearestCode.latentSize],
                    values: nearestCode.references.elements
                ),
            ]
        }
        return try tensors + calibration.tensors(prefix: prefix + "calibration.")
    }

    /// Reads a member; every shape is checked before anything is built.
    init(
        reading archive: ModelArchive,
        prefix: String,
        description: NetworkDescription,
        codeLayer: Int,
        scoring: Autoencoder.Scoring,
        history: [EpochRecord]
    ) throws {
        network = try Network(
            description,
            tensors: archive.networkTensors(prefix: prefix + "network.")
        )
        self.history = history
        nearestCode =
            scoring == .residualAndCode
            ? try NearestCode(
                reading: archive,
                prefix: prefix + "codes.",
                latentSize: description.outputSize(ofLayer: codeLayer)
            ) : nil
        calibration = try MemberCalibration(
            reading: archive,
            prefix: prefix + "calibration.",
            hasDistances: scoring == .residualAndCode
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

    fileprivate func networkTensors(prefix: String) throws -> [StoredTensor] {
        try tensors.filter { $0.name.hasPrefix(prefix) }.map { tensor in
            StoredTensor(
                name: String(tensor.name.dropFirst(prefix.count)),
                shape: tensor.shape,
                values: try values(of: tensor.name, as: Float.self)
            )
        }
    }
}

extension NearestCode {
    fileprivate init(reading archive: ModelArchive, prefix: String, latentSize: Int) throws {
        let references = try archive.tensor(named: prefix + "references")
        guard references.shape.count == 2, references.shape[0] > 0,
            references.shape[1] == latentSize
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
            )
        )
    }
}

extension MemberCalibration {
    fileprivate func tensors(prefix: String) throws -> [Tensor] {
        var tensors = [
            try Tensor(name: prefix + "residual", values: residual.values),
            try Tensor(name: prefix + "score", values: score.values),
        ]
        if let distance {
            tensors.append(try Tensor(name: prefix + "distance", values: distance.values))
        }
        return tensors
    }

    fileprivate init(reading archive: ModelArchive, prefix: String, hasDistances: Bool) throws {
        self.init(
            residual: try archive.survivalFunction(
                named: prefix + "residual",
                tailScale: TailScale.measure
            ),
            distance: hasDistances
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
