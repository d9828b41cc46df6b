internal import OddityEvaluation
internal import OddityImages
internal import OddityLinearAlgebra
public import OddityModelFiles

extension FittedImageDetector {
    /// Images that are stored with their scores, so that a reader can check that it reproduces them.
    private static let referenceImageCount = 4

    /// The detector as manifest and tensors, which hold no training image: of them all they hold means.
    ///
    /// - Throws: `ModelFileError`.
    public func archive() throws -> ModelArchive {
        let manifest = ImageModelManifest(
            producer: provenance.producer,
            configuration: configuration,
            shape: shape,
            preparer: preparer,
            trainingImageCount: provenance.trainingCount,
            trainingGroupCount: provenance.groupCount,
            trainingSource: provenance.source,
            decisionRule: decision.rule,
            decisionOrigin: decision.origin,
            recalibrationSource: recalibration?.source,
            histories: networkHistories
        )
        var tensors: [Tensor] = []
        for (index, member) in members.enumerated() {
            tensors += try member.tensors(prefix: "members.\(index).")
        }
        let references = referenceImages()
        tensors += [
            try Tensor(
                name: "reference.pictures",
                shape: [references.rowCount, references.columnCount],
                values: references.elements
            ),
            try Tensor(
                name: "reference.scores",
                values: try scores(of: references).map(\.score)
            ),
            try Tensor(name: "patches.least_length", values: [basis.leastLength]),
        ]
        tensors += try trainingHeldOut.tensors() + (recalibration?.tensors() ?? [])
        return try ModelArchive(encoding: manifest, tensors: tensors + calibration.tensors())
    }

    /// The parts of a model file.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    public init(_ archive: ModelArchive) throws {
        let manifest = try archive.manifest(as: ImageModelManifest.self)
        try refuseSettings {
            try manifest.configuration.validate()
            try manifest.shape.validate()
        }
        try refuse(manifest.flaw)
        // Images as large as the claimed shape are in the file, so nothing larger is ever allocated.
        let references = try archive.tensor(named: "reference.pictures").shape
        guard references.count == 2, references[0] > 0,
            references[1] == manifest.shape.elementCount
        else { throw DetectorError.inconsistentModel("its reference images have another size") }
        let leastLength = try archive.values(
            of: "patches.least_length",
            shape: [1],
            as: Float.self
        )[0]
        guard leastLength >= 0 else {
            throw DetectorError.inconsistentModel("the least length of patches is below 0")
        }
        let geometry = ImageGeometry(
            manifest.shape,
            pooledSide: manifest.configuration.pooledSide
        )
        let members = try manifest.histories.enumerated().map { index, history in
            try ImageMember(
                reading: archive,
                prefix: "members.\(index).",
                configuration: manifest.configuration,
                geometry: geometry,
                history: history
            )
        }
        let calibration = try ImageCalibration(
            reading: archive,
            configuration: manifest.configuration,
            geometry: geometry
        )
        self.init(
            configuration: manifest.configuration,
            basis: ImageBasis(
                geometry: geometry,
                leastLength: leastLength,
                keepsPixelMaps: manifest.configuration.keepsPixelMaps,
                codeLayer: manifest.configuration.codeLayer(geometry)
            ),
            heldOut: try HeldOutScores(
                reading: archive,
                unit: .image,
                count: calibration.surprise.values.count
            ),
            provenance: Provenance(
                producer: manifest.producer,
                source: manifest.trainingSource,
                trainingCount: manifest.trainingImageCount,
                groupCount: manifest.trainingGroupCount
            ),
            members: members,
            calibration: calibration
        )
        // Each image was held out once, whatever tiles it has.
        guard trainingHeldOut.count == provenance.trainingCount else {
            throw DetectorError.inconsistentModel(
                "its \(trainingHeldOut.count) held-out images do not belong to its "
                    + "\(provenance.trainingCount) images"
            )
        }
        preparer = manifest.preparer
        recalibration = try Recalibration(
            reading: archive,
            unit: trainingHeldOut.unit,
            source: manifest.recalibrationSource
        )
        decision = Decision(rule: manifest.decisionRule, origin: manifest.decisionOrigin ?? .given)
    }

    /// Images of noise of growing contrast, from a fixed stream.
    private func referenceImages() -> Matrix {
        let count = FittedImageDetector.referenceImageCount
        var images = Matrix(rowCount: count, columnCount: shape.elementCount)
        var stream = RandomStream(seed: configuration.seed, use: .sampling, index: -1)
        images.withUnsafeMutableElements { elements in
            stream.fillUniform(elements, from: -0.5, to: 0.5)
            for i in elements.indices {
                let contrast = Float(i / shape.elementCount + 1) / Float(count)
                elements[i] = 0.5 + contrast * elements[i]
            }
        }
        return images
    }

    /// The scores stored with the reference images, and the same computed anew.
    ///
    /// - Throws: `ModelFileError` where the file holds none that fit.
    public func referenceScores(
        in archive: ModelArchive
    ) throws -> (stored: [Double], computed: [Double]) {
        let stored = try archive.values(of: "reference.scores", as: Double.self)
        try ModelArchive.check(stored.count, ofReferences: Self.referenceImageCount)
        let elements = try archive.values(
            of: "reference.pictures",
            shape: [stored.count, shape.elementCount],
            as: Float.self
        )
        let images = Matrix(
            rowCount: stored.count,
            columnCount: shape.elementCount,
            elements: elements
        )
        return (stored, try scores(of: images).map(\.score))
    }
}
