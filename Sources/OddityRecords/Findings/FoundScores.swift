package import OddityDetectors

/// A file of the scores of all that was fitted to, in its order.
package struct FoundScores {
    private let path: String
    private let format: ScoreFormat
    private let reasonCount: Int
    private let kept: [String]

    /// - Parameters:
    ///   - reasonCount: the most columns to name for a row.
    ///   - kept: the columns of a table that are copied.
    package init(path: String, format: ScoreFormat, reasonCount: Int, kept: [String]) {
        self.path = path
        self.format = format
        self.reasonCount = reasonCount
        self.kept = kept
    }

    /// Opens the file for the rows of a table.
    package func writer(for detector: FittedTableDetector) throws -> ScoreWriter {
        try ScoreWriter(
            format: format,
            path: path,
            reasonCount: min(reasonCount, detector.columnCount),
            kept: kept
        )
    }

    /// Opens the file for the rows of series.
    package func writer(for detector: FittedSeriesDetector) throws -> ScoreWriter {
        try ScoreWriter(
            format: format,
            path: path,
            reasonCount: min(reasonCount, detector.columnCount),
            keys: detector.scoreKeys
        )
    }

    /// Writes images.
    package func write(_ findings: ImageFindings) throws {
        let writer = try ImageScoreWriter(format: format, path: path)
        for image in findings.images { try writer.write(image) }
        try writer.close()
    }
}

extension ImageScoreWriter {
    /// Writes a finding.
    package func write(_ image: ImageFindings.Finding) throws {
        try write(
            image.verdict.score,
            isAnomaly: image.verdict.isAnomaly,
            number: image.index + 1,
            name: image.name
        )
    }
}
