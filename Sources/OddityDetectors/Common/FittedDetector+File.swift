internal import OddityModelFiles

/// The release of the package, as models record it.
public let oddityProducer = "oddity 0.1.0"

extension FittedDetector {
    /// Writes the detector to one file, completely or not at all.
    ///
    /// The same detector gives the same bytes.
    ///
    /// - Throws: `ModelFileError` if the file cannot be written.
    public func write(to path: String) throws {
        try archive().write(to: path)
    }

    /// The bytes of the model file.
    ///
    /// - Throws: `ModelFileError` if the manifest is too long for a file.
    public func encoded() throws -> [UInt8] {
        try archive().encoded()
    }

    /// Reads a detector from a file, checks all of it, and checks that it reproduces the scores stored with its
    /// reference data.
    ///
    /// Where the kind is not known before, ``Model`` reads any.
    ///
    /// - Throws: `ModelFileError` for a file that is damaged or no model, ``DetectorError`` for one of another
    ///   kind, whose parts do not belong together, or that does not reproduce its scores.
    public init(reading path: String) throws {
        try self.init(checking: ModelArchive(reading: path))
    }

    /// Reads a detector from the bytes of a file, with the same checks.
    ///
    /// - Throws: like ``init(reading:)``.
    public init(decoding bytes: [UInt8]) throws {
        try self.init(checking: ModelArchive(decoding: bytes))
    }

    init(checking archive: ModelArchive) throws {
        let kind = try archive.detectorKind()
        guard kind == Self.kind else {
            throw DetectorError.wrongKind(found: kind, expected: Self.kind)
        }
        try self.init(archive)
        let scores = try referenceScores(in: archive)
        try Self.checkReproduces(scores.stored, by: scores.computed)
        try archive.checkAllTensorsWereRead()
    }

    /// Checks that scores computed anew are those that the model was stored with.
    ///
    /// Another kind of processor rounds differently in the last digits, hence the tolerance of a thousandth.
    private static func checkReproduces(_ stored: [Double], by computed: [Double]) throws {
        guard stored.count == computed.count, !stored.isEmpty else {
            throw DetectorError.inconsistentModel("it has no reference scores")
        }
        // A NaN is never within the tolerance.
        let difference = zip(computed, stored).reduce(0) { worst, pair in
            let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
            return difference > worst || difference.isNaN ? difference : worst
        }
        guard difference <= 1e-3 else {
            throw DetectorError.notReproduced(largestDifference: difference)
        }
    }
}

extension ModelArchive {
    private struct Head: Decodable {
        var detector: String
    }

    /// What kind of detector the file holds.
    func detectorKind() throws -> DetectorKind {
        let name = try manifest(as: Head.self).detector
        guard let kind = DetectorKind(rawValue: name) else {
            throw DetectorError.inconsistentModel(
                "it is of the kind “\(name.prefix(40))”, which this version does not know"
            )
        }
        return kind
    }
}
