public import OddityFailures

/// Why scores and labels cannot be evaluated.
///
/// `code` is for programs, `message` for people: one line that says what was wrong, where, and how
/// to fix it.
public struct EvaluationError: Failure, Equatable {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// There is nothing to evaluate.
        case empty
        /// Scores and labels differ in number.
        case lengthMismatch
        /// A score is NaN or infinite.
        case nonFiniteScore
        /// A label is neither 0 nor 1.
        case invalidLabel
        /// The figure needs rows of both classes, and there is only one.
        case oneClassOnly
        /// A cost is negative, not finite, or all costs are zero.
        case invalidCost
        /// A rate or a prevalence lies outside [0, 1].
        case invalidRate
        /// A threshold is NaN.
        case invalidThreshold
        /// A number of bins is not positive.
        case invalidBinCount
        /// The breaks of a series do not rise or lie outside it.
        case invalidSegments
        /// The instants of a series are too few, not finite, or fall.
        case invalidInstant
        /// A number of rows, thresholds, draws, alarms or deviations is out of its range.
        case invalidSetting
        /// Normal values are too few, or not of the shape that a rule for thresholds needs.
        case unsuitableValues
    }

    /// What kind of failure this is.
    public let code: Code
    /// What was wrong, where, and how to fix it, in one line.
    public let message: String

    /// The message.
    public var description: String { message }
}

extension EvaluationError {
    /// The caller for costs, rates and settings, else the scores and labels.
    public var blame: Blame {
        switch code {
        case .invalidCost, .invalidRate, .invalidThreshold, .invalidBinCount, .invalidSetting:
            .caller
        case .empty, .lengthMismatch, .nonFiniteScore, .invalidLabel, .oneClassOnly,
            .unsuitableValues, .invalidSegments, .invalidInstant:
            .data
        }
    }
}
