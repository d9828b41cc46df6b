/// A row worth showing, with the reasons for its score.
public struct ReportedRow: Equatable, Sendable {
    /// How much one column added to a score.
    public struct Reason: Equatable, Sendable {
        /// The column's name.
        public var column: String
        /// What the row holds, in the column's own units.
        public var value: String
        /// What the model expected there, in the same units.
        public var expected: String
        /// The column's share of the error, in [0, 1].
        public var share: Double

        /// Makes a reason.
        ///
        /// - Parameters:
        ///   - column: The column's name.
        ///   - value: What the row holds.
        ///   - expected: What the model expected.
        ///   - share: The column's share of the error, in [0, 1].
        public init(column: String, value: String, expected: String, share: Double) {
            self.column = column
            self.value = value
            self.expected = expected
            self.share = share
        }
    }

    /// The row's number or name.
    public var name: String
    /// The values of the columns of the data that it is shown with.
    public var own: [String] = []
    /// The score; higher is odder.
    public var score: Double
    /// What the threshold is on: the score, or the reconstruction error.
    public var measure: Double
    /// The p-value, when the model gives one.
    public var pValue: Double?
    /// Whether the p-value is beyond what held-out rows show, and follows from their tail.
    public var isPValueExtrapolated = false
    /// Whether the row is called an anomaly.
    public var isFlagged: Bool
    /// Whether it is one, when that is known.
    public var isAnomaly: Bool?
    /// Why it scores so high, the largest share first.
    public var reasons: [Reason]

    /// Makes a row.
    ///
    /// - Parameters:
    ///   - name: The row's number or name.
    ///   - score: The score; higher is odder.
    ///   - pValue: The p-value, when the model gives one.
    ///   - isFlagged: Whether the row is called an anomaly.
    ///   - isAnomaly: Whether it is one, when that is known.
    ///   - reasons: Why it scores so high, the largest share first.
    ///   - measure: What the threshold is on; the score unless it is given.
    public init(
        name: String,
        score: Double,
        pValue: Double? = nil,
        isFlagged: Bool,
        isAnomaly: Bool? = nil,
        reasons: [Reason] = [],
        measure: Double? = nil
    ) {
        self.name = name
        self.score = score
        self.measure = measure ?? score
        self.pValue = pValue
        self.isFlagged = isFlagged
        self.isAnomaly = isAnomaly
        self.reasons = reasons
    }
}
