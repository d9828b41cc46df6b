internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles

/// The form of what watch writes.
enum WatchFormat: String, ExpressibleByArgument, CaseIterable {
    case ndjson, csv
}

/// Where scores and events go, and how much was written there.
final class WatchOutput {
    /// Nil where only events are written.
    let rows: ScoreWriter?
    private let keys: [SeriesKey]
    private let reasonCount: Int
    private let file: OutputFile
    /// Nil where events have no place of their own.
    private let eventFile: OutputFile?
    private let writesEventsAmongRows: Bool

    /// Opens the files, cut to what a state says of them.
    init(_ arguments: WatchCommand, _ detector: FittedSeriesDetector, resuming state: WatchState?)
        throws
    {
        keys = detector.scoreKeys
        reasonCount = min(arguments.reasons, detector.columnCount)
        // With events only, one file has all there is.
        let path = arguments.output ?? (arguments.onlyEvents ? arguments.events : nil) ?? "-"
        let isOwn = arguments.events != nil && !arguments.onlyEvents
        let cut = state?.input?.offset != nil
        file = try Self.open(path, state?.output, state, isExact: cut)
        eventFile =
            isOwn
            ? try arguments.events.map {
                try Self.open($0, state?.events, state, isExact: cut)
            } : nil
        writesEventsAmongRows = !isOwn && arguments.format == .ndjson
        if arguments.onlyEvents {
            rows = nil
            return
        }
        let sink: any ScoreSink =
            switch arguments.format {
            case .ndjson: LineScoreSink(file: file, line: \.json)
            case .csv: try CSVScoreSink(file: file, reasonCount: reasonCount, keys: keys)
            }
        rows = ScoreWriter(
            sink: sink,
            reasonCount: reasonCount,
            keys: keys
        )
    }

    /// - Parameter isExact: whether the rows behind those of the state will come again.
    private static func open(
        _ path: String,
        _ written: WatchState.Written?,
        _ state: WatchState?,
        isExact: Bool
    ) throws -> OutputFile {
        guard let written, written.path == path else {
            return try OutputFile(continuing: path, at: 0)
        }
        let length = isExact ? written.length : try OutputFile.lengthOfWholeLines(of: path)
        return try OutputFile(continuing: path, at: length)
    }

    func write(_ row: SeriesScore, number: Int) throws {
        try rows?.write([row], firstRow: number - 1)
    }

    func write(_ event: WatchEvent) throws {
        guard let target = eventFile ?? (writesEventsAmongRows ? file : nil) else { return }
        try target.writeLine(event.json(keys: keys, columnLimit: reasonCount))
    }

    /// Hands all that was written to its readers.
    func flush() throws {
        try file.flush()
        try eventFile?.flush()
    }

    /// Where each file stands, once all is on the disk.
    func synchronized() throws -> (output: WatchState.Written, events: WatchState.Written?) {
        try flush()
        file.synchronize()
        eventFile?.synchronize()
        return (
            WatchState.Written(path: file.path, length: file.flushedLength),
            eventFile.map { WatchState.Written(path: $0.path, length: $0.flushedLength) }
        )
    }

    func close() throws {
        try file.close()
        try eventFile?.close()
    }
}
