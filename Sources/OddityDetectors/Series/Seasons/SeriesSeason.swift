/// What is done about columns that repeat every day or every week.
///
/// What is usual at a time of day is no news, and what is usual and does not come is. Where the times of a series are known, such
/// columns are judged by their distance from what is usual at the time, see ``SeasonalProfile``.
public enum SeriesSeason: String, Codable, CaseIterable, Sendable {
    /// Columns that show it in training are judged by their distance from what is usual at the time of day or week: the
    /// default.
    case auto
    /// All columns are judged as they are.
    case keep
}
