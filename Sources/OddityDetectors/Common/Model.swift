internal import OddityModelFiles

/// A model file of any kind, read once.
///
///     switch try Model(reading: "model.safetensors") {
///     case .table(let detector): …
///     case .images(let detector): …
///     case .series(let detector): …
///     }
public enum Model: Sendable {
    /// Judges rows of tables.
    case table(FittedTableDetector)
    /// Judges images.
    case images(FittedImageDetector)
    /// Judges steps of series.
    case series(FittedSeriesDetector)

    /// Reads a model from a file, with all checks of ``FittedDetector/init(reading:)``.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    public init(reading path: String) throws {
        try self.init(ModelArchive(reading: path))
    }

    /// Reads a model from the bytes of a file, with the same checks.
    ///
    /// - Throws: `ModelFileError` or ``DetectorError``.
    public init(decoding bytes: [UInt8]) throws {
        try self.init(ModelArchive(decoding: bytes))
    }

    private init(_ archive: ModelArchive) throws {
        self =
            switch try archive.detectorKind() {
            case .table: .table(try FittedTableDetector(checking: archive))
            case .images: .images(try FittedImageDetector(checking: archive))
            case .series: .series(try FittedSeriesDetector(checking: archive))
            }
    }

    /// The model as it was fitted, see ``FittedDetector/withoutRecalibration``.
    public var withoutRecalibration: Model {
        switch self {
        case .table(let detector): .table(detector.withoutRecalibration)
        case .images(let detector): .images(detector.withoutRecalibration)
        case .series(let detector): .series(detector.withoutRecalibration)
        }
    }

    /// The detector, for what is the same for all kinds.
    public var detector: any FittedDetector {
        switch self {
        case .table(let detector): detector
        case .images(let detector): detector
        case .series(let detector): detector
        }
    }
}
