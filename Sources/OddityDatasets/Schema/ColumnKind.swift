/// What a column is used as.
public enum ColumnKind: String, Codable, Sendable, CaseIterable {
    /// Numbers; a missing one is NaN.
    case numeric
    /// Text of a limited number of different levels.
    case categorical
    /// Dates or times, of which the hour, the weekday and the month are used.
    case time
    /// Not used: an identifier, free text, a timestamp, a label, or nothing at all.
    case ignored
}
