public import OddityDetectors

/// What a model is, for a person and for a program, whatever its kind.
public struct ModelDescription {
    /// What a person wants to know: sections with one fact a line.
    public let lines: [String]
    /// The members and what they were calibrated with, in a few words.
    public let sizes: String
    private let summary: any Encodable

    /// Describes a model.
    public init(_ model: Model) {
        switch model {
        case .table(let detector):
            (summary, lines) = (ModelSummary(detector), ModelCard(detector).lines)
        case .images(let detector):
            (summary, lines) = (ImageModelSummary(detector), ModelCard(detector).lines)
        case .series(let detector):
            (summary, lines) = (SeriesModelSummary(detector), ModelCard(detector).lines)
        }
        let detector = model.detector
        sizes =
            "\(counted(detector.memberCount, "member")), "
            + detector.calibrationText
    }

    /// The same facts as a JSON object.
    public func json() throws -> String { try text(summary) }

    private func text(_ summary: some Encodable) throws -> String {
        try OddityRecords.json(summary)
    }
}
