/// When an alarm opens and when it closes again.
public struct AlarmRule: Equatable, Hashable, Sendable {
    /// An alarm opens at the first row whose score is at least this.
    public let openThreshold: Double
    /// A row whose score is at least this keeps an open alarm open; at most the open threshold.
    public let closeThreshold: Double
    /// So many rows in a row below the close threshold, or without a score, close an alarm.
    public let quietRowCount: Int
    /// An alarm that covers fewer rows is dropped.
    public let minimumRowCount: Int

    /// Makes a rule.
    ///
    /// With the defaults an alarm is a run of rows at or above one threshold.
    ///
    /// - Parameters:
    ///   - openThreshold: The score that opens an alarm.
    ///   - closeThreshold: The score that keeps it open; by default the open threshold.
    ///   - quietRowCount: The number of quiet rows that close it, at least 1.
    ///   - minimumRowCount: The least number of rows of an alarm, at least 1.
    /// - Throws: `EvaluationError` with code `invalidThreshold` (not finite, or closing above
    ///   opening) or `invalidSetting` (a number of rows below 1).
    public init(
        openThreshold: Double,
        closeThreshold: Double? = nil,
        quietRowCount: Int = 1,
        minimumRowCount: Int = 1
    ) throws {
        let closeThreshold = closeThreshold ?? openThreshold
        guard openThreshold.isFinite, closeThreshold.isFinite, closeThreshold <= openThreshold
        else {
            throw EvaluationError(
                code: .invalidThreshold,
                message: "alarms open at \(openThreshold) and close below \(closeThreshold); give "
                    + "finite thresholds, the second not above the first"
            )
        }
        for (name, count) in [("quiet", quietRowCount), ("minimum", minimumRowCount)]
        where count < 1 {
            throw EvaluationError(
                code: .invalidSetting,
                message: "the \(name) number of rows of an alarm is \(count); give at least 1"
            )
        }
        self.openThreshold = openThreshold
        self.closeThreshold = closeThreshold
        self.quietRowCount = quietRowCount
        self.minimumRowCount = minimumRowCount
    }
}

extension AlarmRule: Codable {
    private enum CodingKeys: String, CodingKey {
        case openThreshold, closeThreshold, quietRowCount, minimumRowCount
    }

    /// Reads a rule and checks it.
    ///
    /// - Throws: `DecodingError`, or `EvaluationError` as the other initializer does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            openThreshold: values.decode(Double.self, forKey: .openThreshold),
            closeThreshold: values.decode(Double.self, forKey: .closeThreshold),
            quietRowCount: values.decode(Int.self, forKey: .quietRowCount),
            minimumRowCount: values.decode(Int.self, forKey: .minimumRowCount)
        )
    }
}
