internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityModelFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension FittedTableDetector {
    /// The release of the package, as models record it.
    public static let producer = "oddity 0.1.0"

    /// Rows that are stored with their scores, so that a reader can check that it reproduces them.
    private static let referenceRowCount = 8

    /// Writes the detector to one file, completely or not at all.
    ///
    /// The same detector gives the same bytes. The file holds no row of the training data; of rows it
    /// holds the latent codes that distances are measured to.
    ///
    /// - Throws: `ModelFileError` if the file cannot be written.
    public func write(to path: String) throws {
        try archive().write(to: path)
    }

    /// Reads a detector from a file, checks all of it, and checks that it reproduces the scores stored
    /// with its reference rows.
    ///
    /// - Throws: `ModelFileError` for a file that is damaged or no model, ``DetectorError`` for one whose
    ///   parts do not belong together or that does not reproduce its scores.
    public init(reading path: String) throws {
        let archive = try ModelArchive(reading: path)
        try self.init(archive)
        try checkReferences(archive)
        try archive.checkAllTensorsWereRead()
    }

    /// The bytes of the model file.
    ///
    /// - Throws: `ModelFileError` if the manifest is too long for a file.
    public func encoded() throws -> [UInt8] {
        try archive().encoded()
    }

    /// The detector as manifest and tensors.
    func archive() throws -> ModelArchive {
        let manifest = TableModelManifest(
            producer: FittedTableDetector.producer,
            configuration: configuration,
            preparer: preparer,
            trainingRowCount: trainingRowCount,
            trainingSource: trainingSource,
            evidenceSurprise: evidenceSurprise,
            decisionRule: decisionRule,
            histories: members.map(\.history)
        )
        var tensors: [Tensor] = []
        for (index, member) in members.enumerated() {
            tensors += try member.tensors(prefix: "members.\(index).")
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
        tensors.append(try Tensor(name: "calibration", values: calibration.values))
        if let analysis { tensors += try analysis.tensors() }
        return try ModelArchive(encoding: manifest, tensors: tensors)
    }

    init(_ archive: ModelArchive) throws {
        let manifest = try archive.manifest(as: TableModelManifest.self)
        let configuration = manifest.configuration
        try configuration.validate()
        try refuse(
            manifest.preparer.flaw ?? manifest.decisionRule.flaw ?? manifest.histories.flaw
        )
        guard manifest.trainingRowCount >= max(2, configuration.folds) else {
            throw DetectorError.inconsistentModel(
                "it was trained on \(manifest.trainingRowCount) rows"
            )
        }
        let featureCount = manifest.preparer.featureCount
        let analysis = try configuration.principalComponents.map { _ in
            try PrincipalComponents(archive, featureCount: featureCount)
        }
        let plan = configuration.plan(
            featureCount: analysis?.componentCount ?? featureCount,
            stepsPerEpoch: 1
        )
        guard manifest.histories.count == configuration.folds, featureCount > 0
        else { throw DetectorError.inconsistentModel("it has not one history for each member") }
        let members = try manifest.histories.enumerated().map { index, history in
            try Member(
                reading: archive,
                prefix: "members.\(index).",
                description: plan.description,
                codeLayer: plan.codeLayer,
                configuration: configuration,
                history: history
            )
        }
        guard manifest.evidenceSurprise >= 0, manifest.evidenceSurprise.isFinite else {
            throw DetectorError.inconsistentModel("its weight of evidence is no number from 0 up")
        }
        self.init(
            configuration: configuration,
            preparer: manifest.preparer,
            analysis: analysis,
            trainingRowCount: manifest.trainingRowCount,
            members: members,
            residualScale: try archive.values(
                of: "residual_scale",
                shape: [featureCount],
                as: Float.self
            ),
            evidenceSurprise: manifest.evidenceSurprise,
            calibration: try archive.survivalFunction(
                named: "calibration",
                tailScale: TailScale.surprise
            )
        )
        guard calibrationRowCount <= trainingRowCount,
            residualScale.allSatisfy({ $0 > 0 && $0.isFinite })
        else {
            throw DetectorError.inconsistentModel(
                "its \(calibrationRowCount) held-out rows do not belong to its \(trainingRowCount) rows"
            )
        }
        decisionRule = manifest.decisionRule
        trainingSource = manifest.trainingSource
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
        explainedScores(
            of: PreparedRows(features: rows, evidence: []),
            in: nil,
            reasonCount: 0,
            threadCount: 1
        ).map(\.score.score)
    }

    /// Another kind of processor rounds differently in the last digits, hence the tolerance.
    private func checkReferences(_ archive: ModelArchive) throws {
        let expected = try archive.values(of: "reference.scores", as: Double.self)
        try ModelArchive.checkReferenceCount(expected.count)
        let elements = try archive.values(
            of: "reference.features",
            shape: [expected.count, preparer.featureCount],
            as: Float.self
        )
        let rows = Matrix(
            rowCount: expected.count,
            columnCount: preparer.featureCount,
            elements: elements
        )
        try ModelArchive.checkReproduces(expected, by: scores(ofReferences: rows))
    }
}
