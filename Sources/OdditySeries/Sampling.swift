/// The steps between the rows of a series, and whether an interval explains them.
///
/// The sampling interval is the median step. A step is regular if it differs from the interval by less
/// than half of it: then rows counted from the start of a segment still tell the time to half a step. A longer one
/// is a whole number of steps, to half a step, of which rows are lost: missing samples, weekends, a clock that
/// counts too coarsely. A shorter one fits no interval. So an interval explains the steps if at most one in ten is too short, or
/// a single one, and at least half of them are regular.
struct Sampling {
    /// A step, with the row that ends it.
    struct Step {
        var length: Int64
        var row: Int
    }

    /// The share of steps that may be too short.
    static let tolerance = 0.1
    /// The share of longer steps that is worth a word.
    private static let worthTelling = 0.01

    /// The median step in nanoseconds.
    let interval: Int64
    let stepCount: Int
    /// How many steps are half an interval or less, and the first of them.
    let shortCount: Int
    let firstShort: Step?
    /// How many steps are one and a half intervals or more, but no gaps, and the first of them.
    let longCount: Int
    let firstLong: Step?

    /// - Parameters:
    ///   - steps: Steps above 0, in the order of their rows; at least one.
    ///   - gapLimit: the longest step, in intervals, that is no gap.
    init(_ steps: [Step], gapLimit: Double) {
        let lengths = steps.map(\.length).sorted()
        let interval = lengths[(lengths.count - 1) / 2]
        self.interval = interval
        stepCount = steps.count
        let half = 0.5 * Double(interval)
        let short = steps.filter { Double($0.length) - Double(interval) <= -half }
        let long = steps.filter {
            Double($0.length) - Double(interval) >= half
                && Double($0.length) <= gapLimit * Double(interval)
        }
        (shortCount, firstShort) = (short.count, short.first)
        (longCount, firstLong) = (long.count, long.first)
    }

    /// Whether few enough steps are too short.
    var hasFewShort: Bool {
        shortCount <= 1 || Double(shortCount) <= Self.tolerance * Double(stepCount)
    }

    /// Whether the interval explains the steps.
    var isRegular: Bool {
        hasFewShort && 2 * (stepCount - shortCount - longCount) >= stepCount
    }

    /// Whether rows are lost often enough to be told.
    var isPatchy: Bool {
        longCount > 1 && Double(longCount) > Self.worthTelling * Double(stepCount)
    }
}
