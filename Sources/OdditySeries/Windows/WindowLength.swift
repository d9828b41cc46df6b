public import OddityDatasets

/// How many steps a window has, and why.
public struct WindowLength: Codable, Equatable, Sendable {
    /// The shortest window that is suggested, but for very short series.
    public static let minimum = 8
    /// The longest window that is suggested.
    public static let maximum = 128

    /// The number of steps.
    public var steps: Int
    /// Why, in one sentence.
    public var reason: String

    /// Creates a length.
    public init(steps: Int, reason: String) {
        (self.steps, self.reason) = (steps, reason)
    }

    /// Suggests a window by how the channels repeat or forget.
    ///
    /// From the autocorrelation of each numeric channel that varies, straight lines removed:
    /// 1. Where at least half of the channels have a period, it is the median of the periods. A period
    ///    is the highest peak of the autocorrelation behind its first zero, if higher than 0.2 and
    ///    than white noise gives in 1 of 1,000 cases. A window of one period has seen all that repeats.
    /// 2. Else it is twice the median of the lags at which the autocorrelation falls below 1/e: of what was
    ///    before such a window little is left to know.
    ///
    /// The length is then at least ``minimum`` and at most ``maximum``, and in any case at most a tenth of the
    /// steps of the entity that has the fewest, and 2 at the least.
    ///
    /// - Parameters:
    ///   - values: The steps' values; only numeric columns count.
    ///   - entities: The segments of each entity, as rows of `values`, as ``TimeSeries/entities`` has them.
    /// - Complexity: O(n · L) in the number n of values, at most 20,000 steps of each channel, and the
    ///   lags L, twice the longest window.
    public static func suggested(
        for values: Table,
        entities: [TimeSeries.Entity]
    ) -> WindowLength {
        let segments = sample(of: entities.flatMap(\.segments))
        var periods: [Int] = []
        var decorrelations: [Int] = []
        for column in values.columns {
            guard let numbers = column.numbers,
                let correlation = Autocorrelation(
                    segments.map { numbers[$0].filter { !$0.isNaN } },
                    limit: 2 * maximum
                )
            else { continue }
            if let period = correlation.period { periods.append(period.lag) }
            decorrelations.append(correlation.decorrelationTime ?? correlation.values.count)
        }
        let counts = entities.map { $0.segments.reduce(0) { $0 + $1.count } }
        let (found, reason) = unclamped(periods, decorrelations)
        return clamped(found, reason, shortest: counts.filter { $0 > 0 }.min() ?? 0)
    }

    /// Suggests a window for a series.
    public static func suggested(for series: TimeSeries) -> WindowLength {
        suggested(for: series.values, entities: series.entities)
    }

    /// At most so many steps are looked at.
    private static let sampleSize = 20_000

    /// The first segments, up to the size of the sample.
    private static func sample(of segments: [Range<Int>]) -> [Range<Int>] {
        var left = sampleSize
        var result: [Range<Int>] = []
        for segment in segments where left > 0 {
            result.append(segment.prefix(left))
            left -= segment.count
        }
        return result
    }

    private static func unclamped(
        _ periods: [Int],
        _ decorrelations: [Int]
    ) -> (steps: Int, reason: String) {
        guard !decorrelations.isEmpty else {
            return (minimum, "no numeric channel varies")
        }
        let channelCount = decorrelations.count
        if !periods.isEmpty, periods.count * 2 >= channelCount {
            let period = periods.sorted()[(periods.count - 1) / 2]
            let which =
                channelCount == 1
                ? "the channel repeats" : "\(periods.count) of \(channelCount) channels repeat"
            return (period, "\(which) every \(period) steps")
        }
        let lag = decorrelations.sorted()[(channelCount - 1) / 2]
        return (
            2 * lag,
            "no period, and after \(lag) step\(lag == 1 ? "" : "s") little of a value is left in the"
                + " next ones (autocorrelation below 1/e); the window is twice that"
        )
    }

    private static func clamped(_ steps: Int, _ reason: String, shortest: Int) -> WindowLength {
        var result = min(max(steps, minimum), maximum)
        var reason = reason
        if result != steps {
            let side = steps < result ? "at least \(minimum)" : "at most \(maximum)"
            reason += ", and a window has \(side)"
        }
        let limit = max(2, shortest / 10)
        if result > limit {
            result = limit
            reason += ", and no more than a tenth of the \(shortest) steps of the shortest series"
        }
        return WindowLength(steps: result, reason: reason + ".")
    }
}
