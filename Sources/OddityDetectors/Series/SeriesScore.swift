public import OddityDatasets
public import OdditySeries

/// How odd one row of a series is, and why.
public struct SeriesScore: Sendable, Equatable {
    /// Whether the row could be used, and if not, why.
    public let state: RowState
    /// The series it belongs to, where the data tell series apart.
    public let entity: String?
    /// Its time, where there is one.
    public let instant: Instant?
    /// What is said of it; nil for a row that could not be used, and for the first rows of a series.
    ///
    /// Its reasons are the columns with the largest shares of what the networks could not rebuild.
    public let verdict: Verdict?
    /// What was expected of the columns that were asked for, in their order; empty without a score.
    ///
    /// Nil for a column that is not numeric or that the detector does not look at.
    public let expected: [ExpectedValue?]
    /// Whether the row is the first after a break of its series, or the first of all.
    public let startsSegment: Bool
    /// Of a row whose values are missing for too long the columns that lack; empty for others.
    public let missingColumns: [String]

    /// The series that is forgotten, as there are too many, since this row begins a new one: should it come back, it
    /// begins anew.
    public let forgottenEntity: String?

    /// What the verdict is about, where that is not the score: how odd the row is against the present level of its series, see
    /// ``SeriesAdaptation``, as it came, see ``ranked(by:)``, or at its level alone, where rows rank by their distance from their recent
    /// level too.
    public var adapted: RowScore?
    /// What ``adapted`` would be if the series were not followed; nil where it is not.
    public var unadapted: RowScore?
    /// Whether the row ends an alarm because its series stays where it is: at a new level.
    public var startsLevel = false

    /// How odd it is; nil without a verdict.
    ///
    /// Its score ranks rows as the training alone does; where the scorer follows series, its p-value does so too.
    public var score: RowScore? { verdict?.score }
    /// What verdict and alarms are about: ``adapted``, or ``score`` where there is none.
    public var judgedScore: RowScore? { adapted ?? score }
    /// Whether it is called an anomaly; a row without a verdict is not.
    public var isAnomaly: Bool { verdict?.isAnomaly ?? false }
    /// The columns that made it odd.
    public var reasons: [Reason] { verdict?.reasons ?? [] }

    /// Whether the row is among the first of its series, too few to say anything.
    public var isWarmUp: Bool { state == .usable && score == nil }
}
