/// What to do with a missing number.
///
/// With ``median`` and ``mean``, a column that lacks values in training also gets an indicator
/// feature (1 where the value was missing), so that a pattern of missing values can be learned; a
/// column that lacks none raises the score of a row in which its value is missing.
public enum MissingValuePolicy: String, Codable, Sendable, CaseIterable {
    /// Refuse the row with an error that names the place.
    case error
    /// Put the training median of the column in its place.
    case median
    /// Put the training mean of the column in its place.
    case mean
}
