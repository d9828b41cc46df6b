internal import OddityDatasets
internal import OdditySeries

/// What is usual at each time of day or week, in columns that repeat.
///
/// A period is cut into slots of a step each, 1,440 at most. The profile of a column is the mean by slot of its distance from the
/// mean of the period: the level of a day is no part of it. A column repeats where the profile of all other periods makes
/// the mean squared distance of a period smaller by a tenth or more, on average over the periods; seven are needed.
public struct SeasonalProfile: Codable, Sendable, Equatable {
    /// How often columns repeat, in nanoseconds.
    public let period: Int64
    /// The columns that repeat.
    public let columns: [String]
    /// For each of them what is usual in each slot, beside the mean of the period.
    let slots: [[Double]]

    /// How often, in a word.
    package var unit: String { period == SeasonalProfile.day ? "day" : "week" }

    static let day: Int64 = 86_400_000_000_000
    private static let slotLimit: Int64 = 1_440
    private static let fewestSlots: Int64 = 4
    private static let fewestPeriods = 7
    /// By how much the profile must make squared distances smaller.
    private static let leastGain = 0.1
    /// The share of a period's steps that must be there for its mean to say something.
    private static let leastCoverage = 0.9

    init(period: Int64, columns: [String], slots: [[Double]]) {
        (self.period, self.columns, self.slots) = (period, columns, slots)
    }

    /// Learns from the steps of a training: of day and week what explains more.
    ///
    /// - Returns: Nil where no column repeats, or times are not known.
    static func learned(from series: TimeSeries, among names: [String]) -> SeasonalProfile? {
        guard !series.instants.isEmpty else { return nil }
        let found = [day, 7 * day].compactMap { period -> (gain: Double, SeasonalProfile)? in
            let count = min(period / max(series.clock.step, 1), slotLimit)
            guard count >= fewestSlots else { return nil }
            var (columns, slots, gain) = ([String](), [[Double]](), 0.0)
            for name in names {
                guard let values = series.values[name]?.numbers,
                    let own = usual(of: values, series, period: period, slotCount: Int(count))
                else { continue }
                columns.append(name)
                slots.append(own.slots)
                gain += own.gain
            }
            guard !columns.isEmpty else { return nil }
            return (gain, SeasonalProfile(period: period, columns: columns, slots: slots))
        }
        // Of equal ones the shorter.
        return found.max { ($0.gain, $1.1.period) < ($1.gain, $0.1.period) }?.1
    }

    /// A column's profile, and by which share it makes squared distances smaller; nil where that is too little.
    private static func usual(
        of values: [Double],
        _ series: TimeSeries,
        period: Int64,
        slotCount: Int
    ) -> (slots: [Double], gain: Double)? {
        var sums = [Double](repeating: 0, count: slotCount)
        var squares = sums
        var counts = sums
        var periodCount = 0
        let needed = leastCoverage * Double(period / max(series.clock.step, 1))
        for run in periods(series, period: period) where Double(run.count) >= needed {
            periodCount += 1
            let mean = run.reduce(0) { $0 + values[$1] / Double(run.count) }
            for row in run {
                let slot = slot(series.instants[row], period: period, slotCount: slotCount)
                let distance = values[row] - mean
                sums[slot] += distance
                squares[slot] += distance * distance
                counts[slot] += 1
            }
        }
        guard periodCount >= fewestPeriods else { return nil }
        var (whole, left) = (0.0, 0.0)
        for slot in 0..<slotCount {
            // What a profile without the period itself would leave over.
            guard counts[slot] >= 2 else { return nil }
            let periods = Double(periodCount)
            let own = squares[slot] - sums[slot] * sums[slot] / counts[slot]
            whole += squares[slot]
            left += own * (periods / (periods - 1)) * (periods / (periods - 1))
        }
        guard whole > 0, whole.isFinite, 1 - left / whole >= leastGain else { return nil }
        return (zip(sums, counts).map { $0 / $1 }, 1 - left / whole)
    }

    /// The rows of each period of each series.
    private static func periods(_ series: TimeSeries, period: Int64) -> [[Int]] {
        var runs: [[Int]] = []
        for entity in series.entities {
            var last: Int64?
            for row in entity.segments.joined() {
                let number = floorDivided(series.instants[row].nanoseconds, period)
                if number == last { runs[runs.count - 1].append(row) } else { runs.append([row]) }
                last = number
            }
        }
        return runs
    }

    private static func slot(_ instant: Instant, period: Int64, slotCount: Int) -> Int {
        let number = floorDivided(instant.nanoseconds, period)
        // At most a week in nanoseconds times 1,440, which Int64 holds.
        return Int((instant.nanoseconds - number * period) * Int64(slotCount) / period)
    }

    private static func floorDivided(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    /// What is usual of a column at a time, beside the mean; 0 for one that does not repeat.
    func usual(_ name: String, at instant: Instant?) -> Double {
        guard let index = columns.firstIndex(of: name), let instant else { return 0 }
        let own = slots[index]
        return own[SeasonalProfile.slot(instant, period: period, slotCount: own.count)]
    }

    /// The values of steps less what is usual at their times.
    func removed(from values: Table, of steps: [TrackedChunk.Step]) -> Table {
        let columns = values.columns.map { column in
            guard let index = self.columns.firstIndex(of: column.name),
                let numbers = column.numbers
            else { return column }
            let own = slots[index]
            return Column(
                column.name,
                zip(numbers, steps).map { value, step in
                    guard let instant = step.instant else { return value }
                    let slot = SeasonalProfile.slot(
                        instant,
                        period: period,
                        slotCount: own.count
                    )
                    return distance(value, own[slot])
                }
            )
        }
        return Table(
            schema: values.schema,
            rowCount: values.rowCount,
            firstRow: values.firstRow,
            columns: columns
        )
    }

    /// What no training can have led to; nil where all belongs together.
    func flaw(among numbers: [String]) -> String? {
        let known = Set(numbers)
        guard period == SeasonalProfile.day || period == 7 * SeasonalProfile.day else {
            return "its columns repeat every \(period) ns"
        }
        guard !columns.isEmpty, Set(columns).count == columns.count,
            columns.allSatisfy(known.contains)
        else { return "what repeats is none of its columns of numbers" }
        let limit = Int(SeasonalProfile.slotLimit)
        guard slots.count == columns.count,
            slots.allSatisfy({ 1...limit ~= $0.count && $0.allSatisfy(\.isFinite) })
        else { return "what is usual in its columns does not fit them" }
        return nil
    }
}
