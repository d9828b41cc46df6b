internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityNeuralNetworks

extension ImageMember {
    /// The member's numbers as named tensors.
    func tensors(prefix: String) throws -> [Tensor] {
        let codes = try code?.tensors(prefix: prefix + "codes.") ?? []
        guard let parts else { return try pixels.tensors(prefix: prefix + "pixels.") + codes }
        return try parts.global.tensors(prefix: prefix + "global.")
            + pixels.tensors(prefix: prefix + "pixels.")
            + parts.structure.tensors(prefix: prefix + "patches.")
            + parts.structureWhitening.tensors(prefix: prefix + "patches.error.")
            + parts.raw.tensors(prefix: prefix + "raw.") + codes
    }

    /// Reads a member; every shape is checked before anything is built.
    init(
        reading archive: ModelArchive,
        prefix: String,
        configuration: ImageDetector,
        geometry: ImageGeometry,
        history: ImageTrainingHistory
    ) throws {
        let pixels = try ScaledNetwork(
            reading: archive,
            prefix: prefix + "pixels.",
            inputSize: geometry.pooledCount,
            sizes: configuration.pixelSizes,
            description: try configuration.pixelDescription(of: geometry),
            history: history.pixels
        )
        let parts =
            configuration.measures == .all
            ? try ImageMemberParts(
                reading: archive,
                prefix: prefix,
                configuration: configuration,
                geometry: geometry,
                history: history
            ) : nil
        self.init(
            pixels: pixels,
            parts: parts,
            code: try configuration.codeLayer(geometry).map { layer in
                let network = (parts?.global ?? pixels).network
                return try CodeMeasure(
                    reading: archive,
                    prefix: prefix + "codes.",
                    latentSize: network.description.outputSize(ofLayer: layer),
                    distance: configuration.codeDistance
                )
            }
        )
    }
}

extension ImageMemberParts {
    fileprivate init(
        reading archive: ModelArchive,
        prefix: String,
        configuration: ImageDetector,
        geometry: ImageGeometry,
        history: ImageTrainingHistory
    ) throws {
        self.init(
            global: try ScaledNetwork(
                reading: archive,
                prefix: prefix + "global.",
                inputSize: geometry.descriptorSize,
                sizes: configuration.globalSizes,
                history: history.global
            ),
            structure: try ScaledNetwork(
                reading: archive,
                prefix: prefix + "patches.",
                inputSize: geometry.structure.patchSize,
                sizes: configuration.patchSizes,
                history: history.patches
            ),
            structureWhitening: try Whitening(
                reading: archive,
                prefix: prefix + "patches.error.",
                size: geometry.structure.patchSize
            ),
            raw: try Whitening(
                reading: archive,
                prefix: prefix + "raw.",
                size: geometry.raw.patchSize
            )
        )
    }
}

extension ScaledNetwork {
    fileprivate func tensors(prefix: String) throws -> [Tensor] {
        try network.tensors.map {
            try Tensor(name: prefix + "network." + $0.name, shape: $0.shape, values: $0.values)
        } + [
            try Tensor(name: prefix + "mean", values: scaling.mean),
            try Tensor(name: prefix + "factor", values: [scaling.factor]),
        ]
    }

    fileprivate init(
        reading archive: ModelArchive,
        prefix: String,
        inputSize: Int,
        sizes: [Int],
        description: NetworkDescription? = nil,
        history: [EpochRecord]
    ) throws {
        let factor = try archive.values(of: prefix + "factor", shape: [1], as: Float.self)[0]
        guard factor > 1e-3 else {
            throw DetectorError.inconsistentModel("the scale of a network is out of range")
        }
        self.init(
            scaling: UniformScaler(
                mean: try archive.values(of: prefix + "mean", shape: [inputSize], as: Float.self),
                factor: factor
            ),
            network: try Network(
                description ?? ScaledNetwork.description(inputSize: inputSize, sizes: sizes),
                tensors: archive.networkTensors(prefix: prefix + "network.")
            ),
            history: history
        )
    }
}

extension Whitening {
    fileprivate func tensors(prefix: String) throws -> [Tensor] {
        [
            try Tensor(name: prefix + "mean", values: mean),
            try Tensor(name: prefix + "whitening", shape: [size, size], values: matrix.elements),
        ]
    }

    fileprivate init(reading archive: ModelArchive, prefix: String, size: Int) throws {
        self.init(
            mean: try archive.values(of: prefix + "mean", shape: [size], as: Float.self),
            matrix: Matrix(
                rowCount: size,
                columnCount: size,
                elements: try archive.values(
                    of: prefix + "whitening",
                    shape: [size, size],
                    as: Float.self
                )
            )
        )
    }
}
