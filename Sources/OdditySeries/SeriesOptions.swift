public import OddityDatasets

/// Which columns of a table say when and of what a row is, and how its rows become a series.
public struct SeriesOptions: Codable, Equatable, Sendable {
    /// What to do with a row that is earlier than the one before, of the same entity.
    public enum OrderPolicy: String, Codable, CaseIterable, Sendable {
        /// It is an error in data to fit on, and a row that cannot be used afterwards.
        case refuse
        /// Data that is at hand as a whole is sorted by time; a row that arrives late cannot be used.
        case sort
    }

    /// What to do with rows of the same entity and time.
    public enum DuplicatePolicy: String, Codable, CaseIterable, Sendable {
        /// It is an error in data to fit on, and a row that cannot be used afterwards.
        case refuse
        /// The first one counts.
        case first
        /// The last one counts.
        case last
        /// Numbers are averaged; of categories the last one counts.
        case mean
    }

    /// What to do where the steps in time differ.
    public enum SamplingPolicy: Codable, Equatable, Sendable {
        /// It is an error in data to fit on.
        case refuse
        /// Numbers are interpolated linearly at steps of the given nanoseconds, or of the median step.
        case resample(interval: Int64?)
        /// Every row is one step.
        case accept
    }

    /// The column of times; nil where every row is one step after the one before.
    public var timeColumn: String?
    /// The column that tells several series in one table apart; nil for one series.
    public var entityColumn: String?
    /// How times are written; nil to find it out.
    public var timeFormat: TimestampFormat?
    /// The zone of clocks whose times are written without an offset from UTC; nil to count them as UTC.
    public var timeZone: TimeZoneRules?
    /// The longest step, in sampling intervals, that does not break a series; 10 by default.
    public var gapLimit: Double
    /// How many missing values in a row are filled with the last one seen, in each column; 10 by
    /// default.
    public var fillLimit: Int
    /// What to do with rows out of order.
    public var order: OrderPolicy
    /// What to do with rows of the same time.
    public var duplicates: DuplicatePolicy
    /// What to do with steps that differ.
    public var sampling: SamplingPolicy

    /// Creates options; by default the rows are in order and nothing about them is fixed.
    ///
    /// - Precondition: `gapLimit` is at least 1, `fillLimit` at least 0, an interval to resample to above 0.
    public init(
        timeColumn: String? = nil,
        entityColumn: String? = nil,
        timeFormat: TimestampFormat? = nil,
        gapLimit: Double = 10,
        fillLimit: Int = 10,
        order: OrderPolicy = .refuse,
        duplicates: DuplicatePolicy = .refuse,
        sampling: SamplingPolicy = .refuse
    ) {
        precondition(gapLimit >= 1, "a gap is longer than a step")
        precondition(fillLimit >= 0, "no fewer than no values are filled")
        if case .resample(let interval?) = sampling {
            precondition(interval > 0, "an interval is longer than nothing")
        }
        self.timeColumn = timeColumn
        self.entityColumn = entityColumn
        self.timeFormat = timeFormat
        self.gapLimit = gapLimit
        self.fillLimit = fillLimit
        self.order = order
        self.duplicates = duplicates
        self.sampling = sampling
    }

    /// Whether rows become steps of equal length.
    var isResampling: Bool {
        if case .resample = sampling { return true }
        return false
    }
}
