/// What one pass over a file saw in a column.
public struct ColumnStatistics: Codable, Equatable, Sendable {
    /// The column's name.
    public var name: String
    /// The number of rows with a value.
    public var presentCount: Int
    /// The number of rows without one.
    public var missingCount: Int
    /// The number of values that are finite numbers.
    public var numberCount: Int
    /// The least number, or nil if there is none.
    public var minimum: Double?
    /// The greatest number, or nil if there is none.
    public var maximum: Double?
    /// The mean of the numbers, or nil if there are none.
    public var mean: Double?
    /// The number of different texts; at most ``distinctLimit``, see ``isDistinctCountExact``.
    public var distinctCount: Int
    /// Whether all different texts were counted, and not only the first of them.
    public var isDistinctCountExact: Bool
    /// The first few different texts.
    public var examples: [String]

    /// The greatest number of different texts that are told apart.
    public static let distinctLimit = 1_000

    /// Whether every row has the same value.
    public var isConstant: Bool {
        guard missingCount == 0, presentCount > 0 else { return false }
        return distinctCount == 1 && isDistinctCountExact
            || numberCount == presentCount && minimum == maximum
    }
}
