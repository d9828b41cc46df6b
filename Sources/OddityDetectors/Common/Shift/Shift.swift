/// How a column of new data differs most from that of the training.
public struct ColumnShift: Sendable, Equatable {
    /// What of the column is compared.
    public enum Kind: Sendable, Equatable {
        /// Values above one that training had.
        case above(Double)
        /// Values above the greatest of training.
        case aboveAll(Double)
        /// Values below the least of training.
        case belowAll(Double)
        /// One category.
        case level(String)
        /// Categories that training never saw.
        case unseen
        /// Missing values.
        case missing
    }

    /// The column's name.
    public let column: String
    /// What of it is compared.
    public let kind: Kind
    /// The share of that in the new data.
    public let share: Double
    /// The share of that in the training.
    public let trainingShare: Double

    init(_ column: String, _ kind: Kind, share: Double, trainingShare: Double) {
        self.column = column
        self.kind = kind
        self.share = share
        self.trainingShare = trainingShare
    }

    /// How far the shares are apart, from 0 to 1.
    public var distance: Double { abs(share - trainingShare) }
}

/// Whether new data are like those of the training, as a whole.
///
/// A false-alarm rate holds as long as new normal data are drawn like those that scores are measured against. When far
/// more of them are flagged, either many are odd, or normal data have changed: what the columns hold helps to tell.
public struct Shift: Sendable, Equatable {
    /// How many rows, images or steps were looked at.
    public let count: Int
    /// The share of them that is called anomalies.
    public let flaggedShare: Double
    /// The share of the held-out data that is.
    public let expectedShare: Double
    /// Whether more are called anomalies than chance explains: by half more, and with a probability of chance below
    /// ``chance``; steps of series also where they are five times as many as asked, at least a twentieth, and fill three windows.
    public let flagsTooMany: Bool
    /// How the scores have risen as a whole, as their p-values tell; nil where chance explains them.
    public let risen: Risen?
    /// The columns that moved beyond chance, the farthest first; none where the scores are measured against newer data.
    public let columns: [ColumnShift]

    /// Of data like the held-out ones a share is as odd as the oddest held-out data of that share: their p-values are evenly spread.
    public struct Risen: Sendable, Equatable {
        /// The share of the data that is so odd: with three times the odds, and beyond chance.
        public let share: Double
        /// The share of the held-out data that is.
        public let heldOutShare: Double
    }

    /// The probability that data like those of the training are noted to differ: 1 in 500 for each of the three questions.
    public static let chance = 0.002
    /// How far shares must be apart for a column to be worth a word by itself, 0.25.
    public static let largeDistance = 0.25

    /// Whether a person should know.
    public var isNoteworthy: Bool {
        flagsTooMany || risen != nil || columns.contains { $0.distance >= Shift.largeDistance }
    }
}
