public import OddityPreprocessing

/// How odd one row is.
public struct RowScore: Codable, Sendable, Equatable {
    /// −log₁₀ of the p-value, continued beyond the calibration sample: 2 is a row as odd as one
    /// normal row in a hundred, 3 one in a thousand.
    ///
    /// Higher is odder.
    public let score: Double
    /// The share of normal rows that would look at least this odd, at least 1 / (calibration rows + 1).
    public let pValue: Double
    /// The mean squared difference between the row and its reconstruction, over the features in the scale
    /// of the network and over the members.
    public let error: Double

    /// Of what is odder than all held-out data, the p-value that their tail suggests; nil where ``pValue`` says as much.
    ///
    /// No held-out data show it, so it promises no rate; it tells how odd what reaches the least p-value is.
    public let tailPValue: Double?

    init(score: Double, pValue: Double, error: Double, tailPValue: Double? = nil) {
        self.score = score
        self.pValue = pValue
        self.error = error
        self.tailPValue = tailPValue
    }
}

/// Why a row is odd: one column's part in that.
public struct Reason: Codable, Sendable, Equatable {
    /// The column's name.
    public let column: String
    /// The column's share of what is odd about the row; shares of a row add up to at most 1.
    public let share: Double
    /// What the row holds.
    public let actual: CellValue
    /// What was expected, in the column's units; as printed it always differs from ``actual``.
    public let expected: CellValue
    /// The probability of an expected category, given the other columns; nil for numbers, and where it is unknown.
    public let expectedProbability: Double?

    /// Makes a reason.
    public init(
        column: String,
        share: Double,
        actual: CellValue,
        expected: CellValue,
        expectedProbability: Double? = nil
    ) {
        self.column = column
        self.share = share
        self.actual = actual
        self.expected = expected
        self.expectedProbability = expectedProbability
    }
}
