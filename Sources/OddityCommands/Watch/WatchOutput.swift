internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords

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
    private var cutsSeen = 0

    /// Opens the files, cut to what a state says of them.
    init(_ arguments: WatchCommand, _ detector: FittedSeriesDetector, resuming state: WatchState?)
        throws
    {
        keys = detector.scoreKeys
        reasonCount = min(arguments.reasons, detector.columnCount)
        // With events only, one file has all there is.
        let path = arguments.output ?? (arguments.onlyEvents ? arguments.events : nil) ?? "-"
        let isOwn = arguments.events != nil && !arguments.onlyEvents
        // Rows behind those of the state come again if its input does.
        let comesAgain = state?.input?.offset != nil
        file = try Self.open(path, state?.output, isExact: comesAgain)
        eventFile =
            isOwn
            ? try arguments.events.map {
                try Self.open($0, state?.events, isExact: comesAgain)
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
        isExact: Bool
    ) throws -> OutputFile {
        guard let written, path != "-" else { return try OutputFile(continuing: path, at: 0) }
        guard let mark = written.mark, Folder.kind(of: path) == .file else {
            if written.length > 0, Folder.kind(of: path) == nil {
                Console.error("note: \(shownPath(path)) is not there any more, and is begun anew")
            }
            return try OutputFile(continuing: path, at: 0)
        }
        let size = try InputFile(path: path, requiresRegularFile: true).size ?? 0
        if size == 0 {
            if mark.length > 0 {
                Console.error(
                    "note: \(shownPath(path)) is empty now, and is written from its start"
                )
            }
            return try OutputFile(continuing: path, at: 0)
        }
        guard try mark.isOf(path) else {
            throw FileError(
                .writeFailed,
                size < mark.length
                    ? "it is shorter than the \(mark.length) bytes that were written before; put it "
                        + "back, or remove the saved state to begin anew"
                    : "this is not what was written before; put that back, or remove the saved state "
                        + "to begin anew",
                path: path
            )
        }
        let length = isExact ? mark.length : try OutputFile.lengthOfWholeLines(of: path)
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
        cutsSeen = cutCount
        return (try written(file), try eventFile.map(written))
    }

    private func written(_ file: OutputFile) throws -> WatchState.Written {
        let mark = file.path == "-" ? nil : try FileMark(ofFile: file.path, at: file.flushedLength)
        return WatchState.Written(
            path: file.path,
            length: file.flushedLength,
            start: mark?.start,
            end: mark?.end
        )
    }

    /// Whether a file was cut off since the last state.
    var wasCut: Bool { cutCount > cutsSeen }

    private var cutCount: Int { file.cutCount + (eventFile?.cutCount ?? 0) }

    func close() throws {
        try file.close()
        try eventFile?.close()
    }
}
