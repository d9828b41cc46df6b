internal import OddityDatasets

/// A table to fit on: finds out its clock, and refuses what the options do not fix.
struct CheckedSeries {
    /// The rows in the order in which they are followed.
    let table: Table
    private let options: SeriesOptions
    private let file: String
    private let format: TimestampFormat?
    private let keys: RowKeys
    private let instants: [Instant?]
    /// The row of the original table, where rows were sorted.
    private let order: [Int]?
    private let firstRow: Int

    init(_ table: Table, _ options: SeriesOptions, file: String) throws {
        (self.options, self.file, firstRow) = (options, file, table.firstRow)
        guard table.rowCount > 0 else {
            throw SeriesError(.noRows, "no rows; give a series", at: DataLocation(file: file))
        }
        format = try Self.format(of: table, options, file)
        keys = try RowKeys(table, options, format: format)
        var instants: [Instant?] = []
        instants.reserveCapacity(table.rowCount)
        let place = Place(file: file, firstRow: table.firstRow, options: options)
        var last: [String: Instant] = [:]
        for row in 0..<table.rowCount {
            let entity = format?.zone == nil ? nil : keys.entity(row)
            switch keys.time(row, behind: entity.flatMap { last[$0] }) {
            case .instant(let instant):
                instants.append(instant)
                if let entity { last[entity] = instant }
            case .none: instants.append(nil)
            case .missing:
                throw SeriesError(
                    .missingTime,
                    "no time; add it, or remove the row",
                    at: place.time(row)
                )
            case .invalid:
                throw TimeError.invalidTime(keys.timeText(row), as: format, at: place.time(row))
            }
        }
        let isSorted = zip(instants, instants.dropFirst()).allSatisfy { left, right in
            guard let left, let right else { return true }
            return left <= right
        }
        if options.order == .sort, !isSorted {
            let order = instants.indices.sorted { left, right in
                guard let a = instants[left], let b = instants[right], a != b else {
                    return left < right
                }
                return a < b
            }
            self.order = order
            self.instants = order.map { instants[$0] }
            self.table = table.selecting(rows: order)
        } else {
            (order, self.instants, self.table) = (nil, instants, table)
        }
    }

    /// The row of the original table, counted from 0.
    func row(_ index: Int) -> Int { order?[index] ?? index }

    /// The format and the sampling interval.
    func clock() throws(SeriesError) -> SeriesClock {
        guard let format else { return .rows }
        let steps = try steps()
        guard !steps.isEmpty else {
            throw SeriesError(
                .noRows,
                "no two rows of one series differ in time, so there is no sampling interval; give a"
                    + " longer series",
                at: DataLocation(file: file, column: options.timeColumn)
            )
        }
        let sampling = Sampling(steps, gapLimit: options.gapLimit)
        switch options.sampling {
        case .refuse:
            if !sampling.isRegular { throw irregular(sampling) }
            return SeriesClock(format: format, interval: sampling.interval)
        case .accept: return SeriesClock(format: format, interval: sampling.interval)
        case .resample(let interval):
            guard SeriesClock.isValid(sampling.interval, interval) else {
                throw SeriesError(
                    .conflictingOptions,
                    "steps of \(SeriesClock.text(ofDuration: interval ?? 0)) are more than"
                        + " \(SeriesClock.gridLimit) to the median step of"
                        + " \(SeriesClock.text(ofDuration: sampling.interval)); resample to longer"
                        + " ones",
                    at: DataLocation(file: file, column: options.timeColumn)
                )
            }
            return SeriesClock(
                format: format,
                interval: sampling.interval,
                gridInterval: interval ?? sampling.interval
            )
        }
    }

    /// Refuses rows that cannot be used and that no option passes over.
    func check(_ tracked: TrackedChunk) throws(SeriesError) {
        for (index, row) in tracked.rows.enumerated() {
            switch row.state {
            case .missingEntity:
                throw SeriesError(
                    .missingEntity,
                    "the row does not say which series it is of; add it, or remove the row",
                    at: place.of(row: self.row(index), column: options.entityColumn)
                )
            case .duplicate where options.duplicates == .refuse:
                throw SeriesError(
                    .duplicateTime,
                    "two rows\(of(row.entity.map { _ in keys.entity(self.row(index)) ?? "" }))"
                        + " have the time \(text(row.instant)); "
                        + (row.instant.map(isAtEndOfSummerTime) == true
                            ? Self.summerTime + ", or take one row of each time: --duplicates first"
                            : "name the column that tells series apart (--entity), or say what counts:"
                                + " --duplicates first, last or mean"),
                    at: place.time(self.row(index))
                )
            default: break
            }
        }
    }

    private var place: Place { Place(file: file, firstRow: firstRow, options: options) }

    /// The steps of all entities, in the order of rows.
    private func steps() throws(SeriesError) -> [Sampling.Step] {
        var last: [String: Instant] = [:]
        var steps: [Sampling.Step] = []
        steps.reserveCapacity(instants.count)
        for (index, instant) in instants.enumerated() {
            guard let instant, let entity = keys.entity(row(index)) else { continue }
            if let before = last[entity] {
                guard instant >= before else { throw late(row(index), instant, before, entity) }
                let length = instant.distance(from: before)
                if length > 0 { steps.append(Sampling.Step(length: length, row: row(index))) }
            }
            last[entity] = instant
        }
        return steps
    }

    private func late(
        _ row: Int,
        _ instant: Instant,
        _ before: Instant,
        _ entity: String
    ) -> SeriesError {
        SeriesError(
            .outOfOrder,
            "\(text(instant)) is earlier than \(text(before)) of the row before\(of(entity)); "
                + (isAtEndOfSummerTime(instant)
                    && before.distance(from: instant) <= 3_600_000_000_000
                    ? Self.summerTime
                        + ", or sort the rows and take one of each time: --sort --duplicates first"
                    : "sort the rows (--sort), or name the column that tells series apart (--entity)"),
            at: place.time(row)
        )
    }

    private func irregular(_ sampling: Sampling) -> SeriesError {
        let median = SeriesClock.text(ofDuration: sampling.interval)
        let isShort = !sampling.hasFewShort
        let first = isShort ? sampling.firstShort : sampling.firstLong
        let count = isShort ? sampling.shortCount : sampling.longCount
        let share = Double(count) / Double(sampling.stepCount) * 100
        return SeriesError(
            .irregularSampling,
            "\(count) of \(sampling.stepCount) steps (\(Int(share.rounded())) %) are "
                + (isShort
                    ? "half of the median of \(median) or less"
                    : "longer than the median of \(median) by half of it or more")
                + ", the first with \(SeriesClock.text(ofDuration: first?.length ?? 0)) before"
                + " this row, and no more than"
                + " \(isShort ? Int(Sampling.tolerance * 100) : 50) % may; resample the series (--sampling resample, or an"
                + " interval such as 1min), or take each row as one step (--sampling accept)",
            at: place.time(first?.row ?? 0)
        )
    }

    /// What to tell of lost rows; nil where there are few.
    func samplingNote() throws(SeriesError) -> String? {
        guard format != nil, options.sampling == .refuse else { return nil }
        let steps = try steps()
        guard !steps.isEmpty else { return nil }
        let sampling = Sampling(steps, gapLimit: options.gapLimit)
        guard sampling.isPatchy, let first = sampling.firstLong else { return nil }
        let share = Double(sampling.longCount) / Double(sampling.stepCount) * 100
        return
            "note: \(sampling.longCount) of \(sampling.stepCount) steps (\(Int(share.rounded())) %) are longer than"
            + " \(SeriesClock.text(ofDuration: sampling.interval)), the first before row"
            + " \(firstRow + first.row + 1), with \(SeriesClock.text(ofDuration: first.length)); what is missing is"
            + " passed over (--sampling resample interpolates it)"
    }

    private func of(_ entity: String?) -> String {
        guard options.entityColumn != nil, let entity else { return "" }
        return " of \(quoted(entity))"
    }

    private func text(_ instant: Instant?) -> String {
        instant.map { $0.text(isLocal: format?.isLocal == true) } ?? ""
    }

    private static let summerTime =
        "one hour is there twice as summer time ends: give --time-zone, such as Europe/Berlin"

    /// Whether a time without an offset lies in the night in which summer time ends somewhere: early on a Sunday of
    /// October or November in the north, of April in the south.
    private func isAtEndOfSummerTime(_ instant: Instant) -> Bool {
        guard format?.isLocal == true else { return false }
        let (seconds, _) = instant.nanoseconds.dividedFlooring(by: 1_000_000_000)
        let (days, time) = seconds.dividedFlooring(by: 86_400)
        // 1970-01-01 was a Thursday.
        let isSunday = days.dividedFlooring(by: 7).remainder == 3
        return isSunday && time < 4 * 3_600
            && [4, 10, 11].contains(CivilDate(days: Int(days)).month)
    }

    private static func format(
        of table: Table,
        _ options: SeriesOptions,
        _ file: String
    ) throws -> TimestampFormat? {
        guard var format = try writtenFormat(of: table, options, file) else { return nil }
        guard let zone = options.timeZone else { return format }
        guard format.isLocal else {
            throw SeriesError(
                .conflictingOptions,
                "the times tell their offset from UTC (\(format)); leave out --time-zone",
                at: DataLocation(file: file, column: options.timeColumn)
            )
        }
        format.zone = zone
        return format
    }

    private static func writtenFormat(
        of table: Table,
        _ options: SeriesOptions,
        _ file: String
    ) throws -> TimestampFormat? {
        guard let name = options.timeColumn else { return nil }
        if let format = options.timeFormat { return format }
        guard let column = table[name] else {
            // The keys say which columns there are.
            return TimestampFormat(shape: .seconds)
        }
        let found = try TimestampFormat.detected(
            in: column,
            file: file,
            firstRow: table.firstRow
        )
        guard let found else {
            throw SeriesError(
                .missingTime,
                "there is no time in any row; name another column",
                at: DataLocation(file: file, column: name)
            )
        }
        return found
    }
}

/// Where the rows of a table lie in its file.
private struct Place {
    let file: String
    let firstRow: Int
    let options: SeriesOptions

    func of(row: Int, column: String?) -> DataLocation {
        DataLocation(file: file, row: firstRow + row + 1, column: column)
    }

    func time(_ row: Int) -> DataLocation { of(row: row, column: options.timeColumn) }
}
