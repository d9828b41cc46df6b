internal import Images
internal import LinearAlgebra
internal import ModelFiles

extension FittedImageDetector {
    /// Pictures that are stored with their scores, so that a reader can check that it reproduces them.
    private static let referencePictureCount = 4

    /// Writes the detector to one file, completely or not at all.
    ///
    /// The same detector gives the same bytes. The file holds no training picture; of them all it
    /// holds means.
    ///
    /// - Throws: `ModelFileError` if the file cannot be written.
    public func write(to path: String) throws {
        try archive().write(to: path)
    }

    /// Reads a detector from a file, checks all of it, and checks that it reproduces the scores stored
    /// with its reference pictures.
    ///
    /// - Throws: `ModelFileError` for a file that is damaged or no model, ``DetectorError`` for one
    ///   whose parts do not belong together, that holds another kind of detector, or that does not
    ///   reproduce its scores.
    public init(reading path: String) throws {
        let archive = try ModelArchive(reading: path)
        try self.init(archive)
        try checkReferences(archive)
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
            producer: FittedAutoencoder.producer,
            configuration: configuration,
            shape: shape,
            preparer: preparer,
            trainingPictureCount: trainingPictureCount,
            trainingSource: trainingSource,
            decisionRule: decisionRule,
            histories: histories
        )
        var tensors: [Tensor] = []
        for (index, member) in members.enumerated() {
            tensors += try member.tensors(prefix: "members.\(index).")
        }
        let references = referencePictures()
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
            throw DetectorError.inconsistentModel("it does not hold a detector of pictures")
        }
        try manifest.configuration.validate()
        try manifest.shape.validate()
        guard manifest.histories.count == manifest.configuration.folds else {
            throw DetectorError.inconsistentModel("it has not one history for each member")
        }
        guard manifest.preparer.map({ $0.shape == manifest.shape }) ?? true
        else {
            throw DetectorError.inconsistentModel("its pictures are prepared to another size")
        }
        // Pictures as large as the claimed shape are in the file, so nothing larger is ever allocated.
        let references = try archive.tensor(named: "reference.pictures").shape
        guard references.count == 2, references[0] > 0,
            references[1] == manifest.shape.elementCount
        else { throw DetectorError.inconsistentModel("its reference pictures have another size") }
        let leastLength = try archive.values(
            of: "patches.least_length",
            shape: [1],
            as: Float.self
        )[0]
        guard leastLength >= 0 else {
            throw DetectorError.inconsistentModel("the least length of patches is below 0")
        }
        let geometry = PictureGeometry(
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
            trainingPictureCount: manifest.trainingPictureCount,
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

    /// Pictures of noise of growing contrast, from a fixed stream.
    private func referencePictures() -> Matrix {
        let count = FittedImageDetector.referencePictureCount
        var pictures = Matrix(rowCount: count, columnCount: shape.elementCount)
        var stream = RandomStream(seed: configuration.seed, use: .sampling, index: -1)
        pictures.withUnsafeMutableElements { elements in
            stream.fillUniform(elements, from: -0.5, to: 0.5)
            for i in elements.indices {
                let contrast = Float(i / shape.elementCount + 1) / Float(count)
                elements[i] = 0.5 + contrast * elements[i]
            }
        }
        return pictures
    }

    private func checkReferences(_ archive: ModelArchive) throws {
        let expected = try archive.values(of: "reference.scores", as: Double.self)
        let elements = try archive.values(
            of: "reference.pictures",
            shape: [expected.count, shape.elementCount],
            as: Float.self
        )
        let pictures = Matrix(
            rowCount: expected.count,
            columnCount: shape.elementCount,
            elements: elements
        )
        try ModelArchive.checkReproduces(expected, by: scores(of: pictures).map(\.score))
    }
}
