/// What a detector looks at.
public enum DetectorKind: String, Codable, Sendable, CaseIterable {
    /// Rows of tables, ``FittedTableDetector``; model files spell it `autoencoder`.
    case table = "autoencoder"
    /// Images, ``FittedImageDetector``.
    case images
    /// Steps of series, ``FittedSeriesDetector``.
    case series

    /// What it judges, in words.
    package var plural: String {
        switch self {
        case .table: "tables"
        case .images: "images"
        case .series: "series"
        }
    }
}
