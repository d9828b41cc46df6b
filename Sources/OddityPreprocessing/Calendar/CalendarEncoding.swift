internal import OddityDatasets
internal import OddityPlatform

/// An estimator that learns how the times of a column lie in the day, the week and the year.
///
/// A cycle is used if the times span at least one whole turn of it, so that what comes later is not odd just for being
/// later; a day also needs times of day. Times without a date have no other cycle.
struct CalendarEncoding {
    /// The least spread of a sine or cosine that is divided by: a column that hardly moves is not blown up.
    static let leastScale = 0.1

    var missingValues: MissingValuePolicy
    /// How times are written; nil to find it out.
    var format: TimestampFormat?
    /// The zone of the clock that times are looked at by.
    var zone: TimeZoneRules?

    /// Learns from the texts of a column.
    ///
    /// - Throws: ``PreparationError`` if a text is no time, or the times are too near for any cycle.
    func fitted(to column: Column, firstRow: Int) throws -> CalendarEncoder {
        let texts = column.texts ?? []
        var format = try format ?? detected(in: column, firstRow: firstRow)
        format.zone = zone
        var seconds: [Int64] = []
        for (row, text) in texts.enumerated() {
            guard let text else { continue }
            guard let time = CalendarEncoder.clockSeconds(of: text, format) else {
                throw PreparationError.invalidTime(
                    column: column.name,
                    row: firstRow + row + 1,
                    TimeError.invalidTime(text, as: format, at: DataLocation(file: "")).message
                )
            }
            seconds.append(time)
        }
        let span = (seconds.max() ?? 0) - (seconds.min() ?? 0)
        let cycles = CalendarCycle.allCases.filter { cycle in
            if format.shape == .timeOfDay { return cycle == .day && span > 0 }
            return span >= cycle.length
                && (cycle != .day
                    || seconds.contains { $0.dividedFlooring(by: 86_400).remainder != 0 })
        }
        guard !cycles.isEmpty else {
            throw PreparationError.nothingRepeats(column: column.name, seconds: Double(span))
        }
        let times = seconds.map { CalendarTime(seconds: $0, cycles: cycles) }
        return CalendarEncoder(
            format: format,
            missingValues: missingValues,
            missingCount: texts.count - seconds.count,
            parts: cycles.map { Self.cycle($0, times) }
        )
    }

    private func detected(in column: Column, firstRow: Int) throws -> TimestampFormat {
        do {
            guard
                let format = try TimestampFormat.detected(
                    in: column,
                    firstRow: firstRow,
                    allowsTimesOfDay: true
                )
            else {
                throw PreparationError.nothingRepeats(column: column.name, seconds: 0)
            }
            return format
        } catch let error as TimeError {
            throw PreparationError.invalidTime(
                column: column.name,
                row: error.location?.row,
                error.message
            )
        }
    }

    private static func cycle(_ cycle: CalendarCycle, _ times: [CalendarTime])
        -> CalendarEncoder.Cycle
    {
        var counts = [Int](repeating: 0, count: cycle.partCount)
        var sums = [0.0, 0.0]
        var squares = [0.0, 0.0]
        for time in times {
            guard let part = time.part(of: cycle), let phase = time.phase(in: cycle) else {
                continue
            }
            counts[part] += 1
            for (index, value) in [sin(2 * .pi * phase), cos(2 * .pi * phase)].enumerated() {
                sums[index] += value
                squares[index] += value * value
            }
        }
        let count = Double(times.count)
        let centers = sums.map { min(max($0 / count, -1), 1) }
        let scales = zip(squares, centers).map { square, center in
            min(max((square / count - center * center).squareRoot(), leastScale), 1)
        }
        return CalendarEncoder.Cycle(
            cycle: cycle,
            counts: counts,
            centers: centers,
            scales: scales.map { $0.isNaN ? leastScale : $0 }
        )
    }
}
