public import OddityDatasets

/// What a fit found out about the times of a series, for all rows to come.
public struct SeriesClock: Codable, Equatable, Sendable {
    /// How times are written; nil where the order of rows is all the time there is.
    public var format: TimestampFormat?
    /// The sampling interval in nanoseconds; 1 without a column of times, where it counts rows.
    public var interval: Int64
    /// The length in nanoseconds of the steps that rows are interpolated at; nil where each row is a
    /// step.
    public var gridInterval: Int64?

    /// Creates a clock.
    ///
    /// - Precondition: Intervals are above 0, and `gridInterval` is at least a thousandth of `interval`.
    public init(format: TimestampFormat?, interval: Int64, gridInterval: Int64? = nil) {
        precondition(
            Self.isValid(interval, gridInterval),
            "intervals are above 0, and a step of the grid is no less than 1/1,000 of a sample's"
        )
        self.format = format
        self.interval = interval
        self.gridInterval = gridInterval
    }

    /// Reads a clock, and refuses one that contradicts itself.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decodeIfPresent(TimestampFormat.self, forKey: .format)
        interval = try container.decode(Int64.self, forKey: .interval)
        gridInterval = try container.decodeIfPresent(Int64.self, forKey: .gridInterval)
        guard Self.isValid(interval, gridInterval) else {
            throw DecodingError.dataCorruptedError(
                forKey: .interval,
                in: container,
                debugDescription: "intervals of \(interval) and \(gridInterval ?? interval) ns"
            )
        }
    }

    /// How many steps of the grid one sampling interval may have, which bounds what a row brings.
    static let gridLimit: Int64 = 1_000

    static func isValid(_ interval: Int64, _ gridInterval: Int64?) -> Bool {
        guard interval > 0, let gridInterval else { return interval > 0 }
        return gridInterval > 0 && interval / gridInterval <= gridLimit
    }

    /// The length of a step in nanoseconds.
    package var step: Int64 { gridInterval ?? interval }

    /// The clock of rows without times.
    public static let rows = SeriesClock(format: nil, interval: 1)

    /// The sampling interval in words, such as `1 s` or `15 min`.
    public var intervalText: String {
        format == nil ? "one row" : Self.text(ofDuration: interval)
    }

    /// The length of a step in words.
    public var stepText: String {
        format == nil ? "one row" : Self.text(ofDuration: step)
    }

    /// A duration in the largest unit in which it is at least 1, to three decimals at the most.
    package static func text(ofDuration nanoseconds: Int64) -> String {
        let units: [(Double, String)] = [
            (86_400e9, "d"), (3_600e9, "h"), (60e9, "min"), (1e9, "s"), (1e6, "ms"), (1e3, "µs"),
        ]
        let value = Double(nanoseconds)
        let (size, name) = units.first { abs(value) >= $0.0 } ?? (1, "ns")
        let rounded = (value / size * 1_000).rounded() / 1_000
        let isWhole = rounded == rounded.rounded()
        return (isWhole ? "\(Int64(rounded))" : "\(rounded)") + " " + name
    }
}
