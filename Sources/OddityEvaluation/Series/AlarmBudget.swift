/// How many alarms a day are acceptable, and how alarms are formed.
public struct AlarmBudget: Equatable, Hashable, Sendable {
    /// At most so many alarms a day on normal rows.
    public let alarmsPerDay: Double
    /// The number of rows of a day; for a budget per *n* rows, give *n*.
    public let rowsPerDay: Double
    /// The close threshold; `nil` closes alarms below the open threshold.
    public let closeThreshold: Double?
    /// So many quiet rows close an alarm.
    public let quietRowCount: Int
    /// An alarm that covers fewer rows is dropped.
    public let minimumRowCount: Int

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - alarmsPerDay: The number of alarms, above 0; 0.1 is one in ten days.
    ///   - rowsPerDay: The number of rows of a day, above 0.
    ///   - closeThreshold: A fixed close threshold, such as the median of the held-out scores.
    ///   - quietRowCount: As in ``AlarmRule``.
    ///   - minimumRowCount: As in ``AlarmRule``.
    /// - Throws: `EvaluationError` with code `invalidSetting` or `invalidThreshold`.
    public init(
        alarmsPerDay: Double,
        rowsPerDay: Double,
        closeThreshold: Double? = nil,
        quietRowCount: Int = 1,
        minimumRowCount: Int = 1
    ) throws {
        for (name, value) in [("alarms", alarmsPerDay), ("rows", rowsPerDay)]
        where !value.isFinite || value <= 0 {
            throw EvaluationError(
                code: .invalidSetting,
                message: "the number of \(name) a day is \(value); give a finite number above 0"
            )
        }
        // The other settings are those of a rule.
        _ = try AlarmRule(
            openThreshold: closeThreshold ?? 0,
            quietRowCount: quietRowCount,
            minimumRowCount: minimumRowCount
        )
        self.alarmsPerDay = alarmsPerDay
        self.rowsPerDay = rowsPerDay
        self.closeThreshold = closeThreshold
        self.quietRowCount = quietRowCount
        self.minimumRowCount = minimumRowCount
    }
}
