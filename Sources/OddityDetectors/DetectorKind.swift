internal import OddityModelFiles

/// What a model file holds.
public enum DetectorKind: String, Codable, Sendable, CaseIterable {
    /// A detector of odd rows of tables, ``FittedTableDetector``.
    case autoencoder
    /// A detector of odd images, ``FittedImageDetector``.
    case images
    /// A detector of odd steps of series, ``FittedSeriesDetector``.
    case series

    private struct Manifest: Decodable {
        var detector: String
    }

    /// Reads which kind of detector a file holds; the file is read and checked as a whole.
    ///
    /// - Throws: `ModelFileError` for a file that is damaged or no model,
    ///   ``DetectorError/inconsistentModel(_:)`` for one of a kind that this version does not know.
    public init(ofModelAt path: String) throws {
        let name = try ModelArchive(reading: path).manifest(as: Manifest.self).detector
        guard let kind = DetectorKind(rawValue: name) else {
            throw DetectorError.inconsistentModel(
                "it is of the kind “\(name.prefix(40))”, which this version does not know"
            )
        }
        self = kind
    }
}
