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
            scaling: views[0].scaling,
            trendColumns: trendColumns.isEmpty ? nil : trendColumns,
            season: season,
            distances: views.count > 1 ? SeriesViewManifest(views[1]) : nil,
            trainingStepCount: provenance.trainingCount,
            trainingEntityCount: trainingEntityCount,
            trainingSource: provenance.source,
            calibrationStepCount: views[0].calibration.heldOutCount,
            decisionRule: decision.rule,
            decisionOrigin: decision.origin,
            recalibrationSource: recalibration?.source,
            alarms: alarms,
            histories: views[0].members.map(\.history)
        )
        var tensors: [Tensor] = []
        let references = views.map(referenceSteps)
        for ((view, prefix), reference) in zip(zip(views, Self.prefixes), references) {
            tensors += try view.tensors(prefix: prefix)
            tensors.append(
                try Tensor(
                    name: prefix + "reference.features",
                    shape: [reference.rowCount, reference.columnCount],
                    values: reference.elements
                )
            )
        }
        tensors.append(
            try Tensor(name: "reference.scores", values: scores(ofReferences: references))
        )
        tensors += try trainingHeldOut.tensors() + (recalibration?.tensors() ?? [])
        return try ModelArchive(encoding: manifest, tensors: tensors)
    }

    /// What the names of each view's tensors begin with.
    private static let prefixes = ["", "distances."]

    /// The parts of a model file.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    public init(_ archive: ModelArchive) throws {
        let manifest = try archive.manifest(as: SeriesModelManifest.self)
        let configuration = manifest.configuration
        try refuseSettings { try configuration.validate() }
        try refuse(manifest.flaw)
        self.init(
            configuration: configuration,
            options: manifest.options,
            clock: manifest.clock,
            window: manifest.window,
            views: try zip(manifest.views, Self.prefixes).map { view, prefix in
                try SeriesView(
                    reading: archive,
                    prefix: prefix,
                    view,
                    configuration,
                    windowLength: manifest.windowLength(of: view),
                    warmUpCount: manifest.window.steps,
                    options: manifest.options,
                    heldOutCount: manifest.calibrationStepCount
                )
            },
            season: manifest.season,
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

    /// Steps of noise that grows, from a fixed stream: where numbers are distances, far enough that all parts of the view
    /// have a say in the score.
    private func referenceSteps(_ view: SeriesView) -> Matrix {
        let width = view.preparer.featureCount
        var steps = Matrix(
            rowCount: FittedSeriesDetector.referenceStepCount,
            columnCount: width
        )
        let growth: Float = view.removed.isEmpty ? 1 / 4 : 1
        var stream = RandomStream(seed: configuration.seed, use: .sampling, index: -1)
        steps.withUnsafeMutableElements { elements in
            stream.fillUniform(elements, from: -1, to: 1)
            for i in elements.indices { elements[i] *= Float(i / width + 1) * growth }
        }
        return steps
    }

    private func scores(ofReferences steps: [Matrix]) -> [Double] {
        var past = DetectorPast(self)
        let tracked = (0..<FittedSeriesDetector.referenceStepCount).map { row in
            TrackedChunk.Step(
                entity: 0,
                instant: nil,
                placement: row == 0 ? .starts : .continues
            )
        }
        let judged = judged(
            tracked,
            steps.map { PreparedRows(features: $0) },
            past: &past.views,
            workspaces: makeWorkspaces(),
            includesWarmUp: true,
            threadCount: 1
        )
        // Ranks depend on all views.
        return judged.ranks.isEmpty ? judged.scores.compactMap { $0?.score } : judged.ranks
    }

    /// The scores stored with the reference steps, and the same computed anew.
    ///
    /// - Throws: `ModelFileError` where the file holds none that fit.
    public func referenceScores(
        in archive: ModelArchive
    ) throws -> (stored: [Double], computed: [Double]) {
        let count = FittedSeriesDetector.referenceStepCount
        let stored = try archive.values(of: "reference.scores", shape: [count], as: Double.self)
        let steps = try zip(views, Self.prefixes).map { view, prefix in
            let width = view.preparer.featureCount
            return Matrix(
                rowCount: count,
                columnCount: width,
                elements: try archive.values(
                    of: prefix + "reference.features",
                    shape: [count, width],
                    as: Float.self
                )
            )
        }
        return (stored, scores(ofReferences: steps))
    }
}
