/// The steps between the rows of a series, and whether they are of one length.
///
/// The sampling interval is the median step. A step is regular if it differs from the interval by less
/// than half of it: then rows counted from the start of a segment still tell the time to half a step. Jitter
/// is regular so; lost samples and gaps are not, but they are few. So sampling is regular if at
/// least 9 of 10 steps are, or all but one.
struct Sampling {
    /// A step, with the row that ends it.
    struct Step {
        var length: Int64
        var row: Int
    }

    /// The share of steps that may differ.
    static let tolerance = 0.1

    /// The median step in nanoseconds.
    let interval: Int64
    let stepCount: Int
    let irregularCount: Int
    /// The first step that differs.
    let firstIrregular: Step?

    /// - Parameter steps: Steps above 0, in the order of their rows; at least one.
    init(_ steps: [Step]) {
        let lengths = steps.map(\.length).sorted()
        let interval = lengths[(lengths.count - 1) / 2]
        self.interval = interval
        stepCount = steps.count
        var (count, first): (Int, Step?) = (0, nil)
        for step in steps where !Self.isRegular(step.length, interval) {
            count += 1
            if first == nil { first = step }
        }
        (irregularCount, firstIrregular) = (count, first)
    }

    /// Whether few enough steps differ.
    var isRegular: Bool {
        irregularCount <= 1 || Double(irregularCount) <= Self.tolerance * Double(stepCount)
    }

    private static func isRegular(_ length: Int64, _ interval: Int64) -> Bool {
        abs(Double(length) - Double(interval)) < 0.5 * Double(interval)
    }
}
