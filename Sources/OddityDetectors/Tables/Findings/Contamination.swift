/// How much of what a detector learns from may be odd itself.
public enum Contamination: Sendable, Equatable {
    /// Nothing: every row is learned from.
    case none
    /// Rows that stand so far out that chance does not explain them are left out of the training.
    case auto
    /// The oddest rows, this share of all, are left out of the training; above 0 and below ½.
    case share(Double)
}
