/// What would make a row normal: its first reasons' cells, replaced by what was expected.
///
/// It is checked: the row with those values was scored, and is no anomaly by the detector's decision rule (Wachter,
/// Mittelstadt and Russell 2018).
public struct Counterfactual: Codable, Sendable, Equatable {
    /// How many of the row's reasons, from the first, have to be replaced; at least 1.
    public let reasonCount: Int
    /// How odd the row is then.
    public let score: RowScore
}
