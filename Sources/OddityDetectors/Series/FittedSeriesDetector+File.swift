internal import OddityEvaluation
internal import OddityLinearAlgebra
public import OddityModelFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

extension FittedSeriesDetector {
    /// Steps that are stored with their scores, so that a reader can check that it reproduces them.
    private static let referenceStepCount = 8

    /// The detector as manifest and tensors, which hold no row of the training data.
    ///
    /// - Throws: `ModelFileError`.
    public func archive() throws -> ModelArchive {
        let manifest = SeriesModelManifest(
            producer: provenance.producer,
            configuration: configuration,
            options: options,
            clock: clock,
            window: window,
            preparer: preparer,
            scaling: scaling,
            trainingStepCount: provenance.trainingCount,
            trainingEntityCount: trainingEntityCount,
            trainingSource: provenance.source,
            calibrationStepCount: calibration.heldOutCount,
            decisionRule: decision.rule,
            decisionOrigin: decision.origin,
            recalibrationSource: recalibration?.source,
            alarms: alarms,
            histories: members.map(\.history)
        )
        var tensors: [Tensor] = []
        for (index, member) in members.enumerated() {
            let prefix = "members.\(index)."
            tensors += try member.network.tensors.map {
                try Tensor(name: prefix + "network." + $0.name, shape: $0.shape, values: $0.values)
            }
            tensors.append(try Tensor(name: prefix + "low", values: member.low))
            tensors.append(try Tensor(name: prefix + "high", values: member.high))
            if let codes = member.codes {
                tensors += try CodeMeasure.nearest(codes).tensors(prefix: prefix + "codes.")
            }
        }
        let size = layout.evidenceSize
        let references = referenceSteps()
        tensors += [
            try Tensor(name: "calibration.factor", values: calibration.factor),
            try Tensor(
                name: "calibration.whitening",
                shape: [size, size],
                values: calibration.whitening.elements
            ),
            try Tensor(name: "calibration.score", values: calibration.score.values),
            try Tensor(
                name: "reference.features",
                shape: [references.rowCount, references.columnCount],
                values: references.elements
            ),
            try Tensor(name: "reference.scores", values: scores(ofReferences: references)),
        ]
        if let distance = calibration.distance {
            tensors.append(try Tensor(name: "calibration.distance", values: distance.values))
        }
        tensors += try trainingHeldOut.tensors() + (recalibration?.tensors() ?? [])
        return try ModelArchive(encoding: manifest, tensors: tensors)
    }

    /// The parts of a model file.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    public init(_ archive: ModelArchive) throws {
        let manifest = try archive.manifest(as: SeriesModelManifest.self)
        let configuration = manifest.configuration
        try refuseSettings { try configuration.validate() }
        try refuse(manifest.flaw)
        let window = manifest.window.steps
        let layout = SeriesLayout(
            configuration.network,
            manifest.scaling,
            windowLength: window,
            options: manifest.options
        )
        let size = layout.evidenceSize
        let factor = try archive.values(of: "calibration.factor", shape: [size], as: Float.self)
        let whitening = try archive.values(
            of: "calibration.whitening",
            shape: [size, size],
            as: Float.self
        )
        self.init(
            configuration: configuration,
            options: manifest.options,
            clock: manifest.clock,
            window: manifest.window,
            preparer: manifest.preparer,
            scaling: manifest.scaling,
            members: try manifest.histories.enumerated().map { index, history in
                try SeriesMember(
                    reading: archive,
                    prefix: "members.\(index).",
                    description: configuration.network.description(layout),
                    layout: layout,
                    countsCodes: configuration.countsCodeDistance,
                    history: history
                )
            },
            calibration: SeriesCalibration(
                factor: factor,
                whitening: Matrix(rowCount: size, columnCount: size, elements: whitening),
                score: try archive.survivalFunction(
                    named: "calibration.score",
                    tailScale: TailScale.measure
                ),
                distance: configuration.countsCodeDistance
                    ? try archive.survivalFunction(
                        named: "calibration.distance",
                        tailScale: TailScale.measure
                    ) : nil,
                heldOutCount: manifest.calibrationStepCount
            ),
            heldOut: try HeldOutScores(
                reading: archive,
                unit: .step,
                count: manifest.calibrationStepCount
            ),
            provenance: Provenance(
                producer: manifest.producer,
                source: manifest.trainingSource,
                trainingCount: manifest.trainingStepCount
            ),
            trainingEntityCount: manifest.trainingEntityCount
        )
        recalibration = try Recalibration(
            reading: archive,
            unit: trainingHeldOut.unit,
            source: manifest.recalibrationSource
        )
        decision = Decision(rule: manifest.decisionRule, origin: manifest.decisionOrigin ?? .given)
        alarms = manifest.alarms
    }

    /// Steps of noise that grows, from a fixed stream.
    private func referenceSteps() -> Matrix {
        let width = preparer.featureCount
        var steps = Matrix(
            rowCount: FittedSeriesDetector.referenceStepCount,
            columnCount: width
        )
        var stream = RandomStream(seed: configuration.seed, use: .sampling, index: -1)
        steps.withUnsafeMutableElements { elements in
            stream.fillUniform(elements, from: -1, to: 1)
            for i in elements.indices { elements[i] *= Float(i / width + 1) / 4 }
        }
        return steps
    }

    private func scores(ofReferences steps: Matrix) -> [Double] {
        var past = SeriesPast()
        let tracked = (0..<steps.rowCount).map { row in
            TrackedChunk.Step(
                entity: 0,
                instant: nil,
                placement: row == 0 ? .starts : .continues
            )
        }
        return judged(
            tracked,
            PreparedRows(features: steps),
            past: &past,
            workspaces: SeriesWorkspaces(members, layout),
            includesWarmUp: true,
            threadCount: 1
        ).scores.compactMap { $0?.score }
    }

    /// The scores stored with the reference steps, and the same computed anew.
    ///
    /// - Throws: `ModelFileError` where the file holds none that fit.
    public func referenceScores(
        in archive: ModelArchive
    ) throws -> (stored: [Double], computed: [Double]) {
        let count = FittedSeriesDetector.referenceStepCount
        let stored = try archive.values(of: "reference.scores", shape: [count], as: Double.self)
        let elements = try archive.values(
            of: "reference.features",
            shape: [count, preparer.featureCount],
            as: Float.self
        )
        let steps = Matrix(
            rowCount: count,
            columnCount: preparer.featureCount,
            elements: elements
        )
        return (stored, scores(ofReferences: steps))
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
