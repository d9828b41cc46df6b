internal import OddityEvaluation
internal import OddityLinearAlgebra
public import OddityModelFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension FittedTableDetector {
    /// Rows that are stored with their scores, so that a reader can check that it reproduces them.
    private static let referenceRowCount = 8

    /// The detector as manifest and tensors.
    ///
    /// Of training rows they hold the latent codes and the values that distances are measured to; without
    /// ``TableDetector/storesRows`` the codes alone.
    ///
    /// - Throws: `ModelFileError`.
    public func archive() throws -> ModelArchive {
        let manifest = TableModelManifest(
            producer: provenance.producer,
            configuration: configuration,
            preparer: preparer,
            trainingRowCount: provenance.trainingCount,
            trainingSource: provenance.source,
            leftOutRowCount: provenance.leftOutCount > 0 ? provenance.leftOutCount : nil,
            evidenceSurprise: evidenceSurprise,
            statistics: statistics,
            decisionRule: decision.rule,
            decisionOrigin: decision.origin,
            recalibrationSource: recalibration?.source,
            recalibrationColumns: recalibration?.mixedColumns.isEmpty == false
                ? recalibration?.mixedColumns : nil,
            histories: members.map(\.history)
        )
        var tensors: [Tensor] = []
        for (index, member) in members.enumerated() {
            tensors += try member.tensors(prefix: "members.\(index).", isPooled: isPooled)
        }
        let references = referenceRows()
        let scores = scores(ofReferences: references)
        tensors.append(
            try Tensor(
                name: "reference.features",
                shape: [references.rowCount, references.columnCount],
                values: references.elements
            )
        )
        tensors.append(try Tensor(name: "reference.scores", values: scores))
        tensors.append(try Tensor(name: "residual_scale", values: residualScale))
        tensors += try calibrationTensors()
        if let analysis { tensors += try analysis.tensors() }
        tensors += try trainingHeldOut.tensors() + (recalibration?.tensors() ?? [])
        if let expectations { tensors += try expectations.tensors() }
        if let sketch { tensors += try sketch.tensors() }
        if let heldOutRows { tensors += try heldOutRows.tensors() }
        return try ModelArchive(encoding: manifest, tensors: tensors)
    }

    /// The parts of a model file.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    public init(_ archive: ModelArchive) throws {
        let manifest = try archive.manifest(as: TableModelManifest.self)
        let configuration = manifest.configuration
        try refuseSettings { try configuration.validate() }
        try refuse(manifest.flaw)
        let featureCount = manifest.preparer.featureCount
        let analysis = try configuration.principalComponents.map { _ in
            try PrincipalComponents(archive, featureCount: featureCount)
        }
        let plan = configuration.plan(
            featureCount: analysis?.componentCount ?? featureCount,
            stepsPerEpoch: 1
        )
        // The layers of other networks follow from the size of their rows.
        guard
            configuration.importedLayers == nil
                || (try? plan.description.validate()) != nil
                    && plan.description.outputSize == featureCount
        else {
            throw DetectorError.inconsistentModel("its layers do not rebuild its columns")
        }
        let pooled = try manifest.statistics.map {
            try MemberCalibration(
                reading: archive,
                prefix: "calibration.",
                scoring: configuration.scoring,
                comparesRows: $0.knotCounts != nil
            )
        }
        let members = try manifest.histories.enumerated().map { index, history in
            try Member(
                reading: archive,
                prefix: "members.\(index).",
                description: plan.description,
                codeLayer: plan.codeLayer,
                configuration: configuration,
                statistics: manifest.statistics,
                pooled: pooled,
                history: history
            )
        }
        let calibration = try CombinedCalibration(
            reading: archive,
            statistics: manifest.statistics
        )
        let heldOut = try HeldOutScores(
            reading: archive,
            unit: .row,
            count: pooled?.score.values.count ?? calibration.rowCount
        )
        self.init(
            configuration: configuration,
            preparer: manifest.preparer,
            analysis: analysis,
            provenance: Provenance(
                producer: manifest.producer,
                source: manifest.trainingSource,
                trainingCount: manifest.trainingRowCount,
                leftOutCount: manifest.leftOutRowCount ?? 0
            ),
            members: members,
            residualScale: try archive.values(
                of: "residual_scale",
                shape: [featureCount],
                as: Float.self
            ),
            noise: try ResidualNoise(
                reading: archive,
                featureCount: featureCount,
                statistics: manifest.statistics
            ),
            evidenceSurprise: manifest.evidenceSurprise,
            calibration: calibration,
            neighbors: try manifest.statistics?.knotCounts.map {
                try TrainingNeighbors(
                    reading: archive,
                    featureCount: featureCount,
                    knotCounts: $0
                )
            },
            heldOut: heldOut,
            expectations: try ColumnExpectations(archive, preparer: manifest.preparer),
            sketch: try RowSketch(reading: archive),
            heldOutRows: try HeldOutRows(
                reading: archive,
                count: heldOut.scores.count,
                columnCount: manifest.preparer.columns.count
            )
        )
        // With several folds each row was held out once.
        let isCount =
            isPooled && configuration.folds > 1
            ? trainingHeldOut.count == provenance.trainingCount
            : trainingHeldOut.count <= provenance.trainingCount
        guard isCount else {
            throw DetectorError.inconsistentModel(
                "its \(trainingHeldOut.count) held-out rows do not belong to its "
                    + "\(provenance.trainingCount) rows"
            )
        }
        guard residualScale.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw DetectorError.inconsistentModel("a scale of its residuals is not above 0")
        }
        recalibration = try Recalibration(
            reading: archive,
            unit: trainingHeldOut.unit,
            source: manifest.recalibrationSource,
            mixedColumns: manifest.recalibrationColumns
        )
        decision = Decision(rule: manifest.decisionRule, origin: manifest.decisionOrigin ?? .given)
    }

    /// Rows around and far from the training rows, from a fixed stream.
    private func referenceRows() -> Matrix {
        var rows = Matrix(
            rowCount: FittedTableDetector.referenceRowCount,
            columnCount: preparer.featureCount
        )
        var stream = RandomStream(seed: configuration.seed, use: .sampling, index: -1)
        rows.withUnsafeMutableElements { elements in
            stream.fillNormal(elements)
            let width = preparer.featureCount
            for i in elements.indices { elements[i] *= Float(i / width + 1) / 2 }
        }
        return rows
    }

    private func scores(ofReferences rows: Matrix) -> [Double] {
        verdicts(
            of: PreparedRows(features: rows, evidence: []),
            in: nil,
            reasonCount: 0,
            threadCount: 1
        ).map(\.score.score)
    }

    /// The scores stored with the reference rows, and the same computed anew.
    ///
    /// - Throws: `ModelFileError` where the file holds none that fit.
    public func referenceScores(
        in archive: ModelArchive
    ) throws -> (stored: [Double], computed: [Double]) {
        let stored = try archive.values(of: "reference.scores", as: Double.self)
        try ModelArchive.check(stored.count, ofReferences: Self.referenceRowCount)
        let elements = try archive.values(
            of: "reference.features",
            shape: [stored.count, preparer.featureCount],
            as: Float.self
        )
        let rows = Matrix(
            rowCount: stored.count,
            columnCount: preparer.featureCount,
            elements: elements
        )
        return (stored, scores(ofReferences: rows))
    }
}
