internal import OddityImages
internal import OddityLinearAlgebra
internal import OddityModelFiles

extension FittedImageDetector {
    /// Images that are stored with their scores, so that a reader can check that it reproduces them.
    private static let referenceImageCount = 4

    /// Writes the detector to one file, completely or not at all.
    ///
    /// The same detector gives the same bytes. The file holds no training image; of them all it
    /// holds means.
    ///
    /// - Throws: `ModelFileError` if the file cannot be written.
    public func write(to path: String) throws {
        try archive().write(to: path)
    }

    /// Reads a detector from a file, checks all of it, and checks that it reproduces the scores stored
    /// with its reference images.
    ///
    /// - Throws: `ModelFileError` for a file that is damaged or no model, ``DetectorError`` for one
    ///   whose parts do not belong together, that holds another kind of detector, or that does not
    ///   reproduce its scores.
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
        let manifest = ImageModelManifest(
            producer: FittedTableDetector.producer,
            configuration: configuration,
            shape: shape,
            preparer: preparer,
            trainingImageCount: trainingImageCount,
            trainingSource: trainingSource,
            decisionRule: decisionRule,
            histories: histories
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
        return try ModelArchive(encoding: manifest, tensors: tensors + calibration.tensors())
    }

    init(_ archive: ModelArchive) throws {
        let manifest = try archive.manifest(as: ImageModelManifest.self)
        guard manifest.detector == ImageModelManifest.detectorName else {
            throw DetectorError.inconsistentModel("it does not hold a detector of images")
        }
        try manifest.configuration.validate()
        try manifest.shape.validate()
        try refuse(manifest.decisionRule.flaw ?? manifest.histories.flaw)
        guard manifest.histories.count == manifest.configuration.folds else {
            throw DetectorError.inconsistentModel("it has not one history for each member")
        }
        guard manifest.preparer.map({ $0.shape == manifest.shape }) ?? true
        else {
            throw DetectorError.inconsistentModel("its images are prepared to another size")
        }
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
        self.init(
            configuration: manifest.configuration,
            basis: ImageBasis(
                geometry: geometry,
                leastLength: leastLength,
                keepsPixelMaps: manifest.configuration.keepsPixelMaps,
                codeLayer: manifest.configuration.codeLayer(geometry)
            ),
            trainingImageCount: manifest.trainingImageCount,
            members: members,
            calibration: try ImageCalibration(
                reading: archive,
                configuration: manifest.configuration,
                geometry: geometry
            )
        )
        preparer = manifest.preparer
        decisionRule = manifest.decisionRule
        trainingSource = manifest.trainingSource
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

    private func checkReferences(_ archive: ModelArchive) throws {
        let expected = try archive.values(of: "reference.scores", as: Double.self)
        try ModelArchive.checkReferenceCount(expected.count)
        let elements = try archive.values(
            of: "reference.pictures",
            shape: [expected.count, shape.elementCount],
            as: Float.self
        )
        let images = Matrix(
            rowCount: expected.count,
            columnCount: shape.elementCount,
            elements: elements
        )
        try ModelArchive.checkReproduces(expected, by: scores(of: images).map(\.score))
    }
}
