internal import OddityDatasets
internal import OddityDetectors
internal import OddityFailures
internal import OddityFiles
internal import OddityRecords

/// One run of `oddity watch`.
final class WatchSession {
    static let blockSize = 256 << 10

    let arguments: WatchCommand
    let detector: FittedSeriesDetector
    let options: ReadingOptions
    let model: Fingerprint
    let output: WatchOutput
    let interruption: Interruption
    var input: FollowedFile
    var scorer: SeriesScorer
    var alarms: SeriesAlarms
    var missing = MissingColumns()
    var bad: BadRowReport
    /// The number of the last row, over all runs that the state joins.
    var rowCount = 0
    var lastPlace: SeriesAlarm.Position?
    var rows: WatchedRows?
    var decoder: RowDecoder?
    /// The first bytes, until they tell how rows are written.
    var start: [UInt8] = []
    private var alarmCount = 0
    private var states = SeriesStates()
    private var levels: FollowedLevels
    /// Nil once it has been told.
    private var pace: SeriesPace?
    private var shift: ShiftWatch
    private var timer: WatchTimer

    init(_ arguments: WatchCommand, _ detector: FittedSeriesDetector) throws {
        self.arguments = arguments
        self.detector = detector
        pace = SeriesPace(detector)
        options = try arguments.reading.options()
        model = try Fingerprint(ofFile: arguments.model)
        var state = try arguments.state.flatMap { try WatchState(path: $0) }
        if let state, state.model != model { throw WatchState.foreign(arguments.state ?? "") }
        if let form = state?.format, form != arguments.form {
            throw WatchState.otherForm(arguments.state ?? "", form)
        }
        interruption = try Interruption()
        let rotated = try WatchSession.checkInput(&state, arguments.data)
        input = try FollowedFile(
            path: arguments.data,
            rotated: rotated,
            position: state?.input?.offset ?? 0,
            follows: arguments.follow,
            interruption: interruption
        )
        output = try WatchOutput(arguments, detector, resuming: state)
        alarms = try SeriesAlarms(detector)
        scorer = SeriesScorer(detector, adaptation: arguments.following.adaptation)
        levels = FollowedLevels(detector)
        shift = ShiftWatch(detector, hasTold: state?.hasToldShift ?? false)
        bad = BadRowReport(path: arguments.data)
        timer = WatchTimer(
            silence: arguments.silence,
            saving: arguments.state == nil ? nil : arguments.saveEvery ?? 60
        )
        if let state { try resume(state) }
    }

    /// Reads until the end, or until it is told to stop.
    func run() throws {
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.blockSize,
            alignment: 16
        )
        defer { block.deallocate() }
        var ending: FollowedFile.Event?
        while ending == nil {
            let event = try input.next(into: block, within: timer.patience)
            switch event {
            case .bytes(let count):
                timer.bytesCame()
                try take(UnsafeRawBufferPointer(rebasing: block[..<count]))
            case .silence:
                if let seconds = timer.newSilence {
                    try output.write(.silence(seconds: seconds, last: lastPlace))
                    try output.flush()
                }
            case .truncated, .replaced: try beginAnew(event)
            case .end, .interrupted: ending = event
            }
            // Where the output is cut off, what the state says of it is no longer true.
            if timer.isTimeToSave || output.wasCut { try save() }
        }
        try finish(ending)
    }

    /// Scores what bytes complete.
    private func take(_ bytes: UnsafeRawBufferPointer) throws {
        if let decoder {
            try write(try decoder.feed(bytes))
        } else {
            start.append(contentsOf: bytes)
            try decodeStart(isWhole: false)
        }
    }

    private func decodeStart(isWhole: Bool) throws {
        rows = try WatchedRows(
            start,
            isWhole: isWhole,
            for: detector,
            options,
            path: arguments.data
        )
        guard let decoder = rows?.decoder(options, path: arguments.data) else { return }
        self.decoder = decoder
        let bytes = start
        start = []
        try write(try decoder.feed(bytes))
    }

    private func write(_ decoded: DecodedRows) throws {
        bad.add(decoded.badRows)
        let end = arguments.strict ? decoded.badRows.compactMap(\.line).min() ?? .max : .max
        for chunk in decoded.chunks {
            let scores = try scorer.scores(
                of: chunk.table,
                reasonCount: min(arguments.reasons, detector.columnCount),
                threadCount: arguments.threads.count
            )
            let note = states.note
            states.add(scores)
            levels.add(scores, firstRow: rowCount)
            if note == nil { states.note.map(Console.error) }
            tellPace(scores)
            tell(shift.add(chunk.table, scores.map(\.verdict)))
            for (row, line) in zip(scores, chunk.lines) where line < end { try write(row) }
            // A pipe gets what is done while the rest is scored.
            try output.flush()
        }
        if arguments.strict, !decoded.badRows.isEmpty { throw CommandFailure.exitCode(.data) }
    }

    private func tellPace(_ scores: [SeriesScore]) {
        pace?.add(scores)
        guard let pace, pace.isSettled else { return }
        pace.warning.map(Console.error)
        self.pace = nil
    }

    /// Whether data unlike those of the training were told of.
    var hasToldShift: Bool { shift.hasTold }

    private func tell(_ found: Shift?) {
        guard let found else { return }
        Notices.show(found, by: detector, model: arguments.model)
    }

    private func write(_ row: SeriesScore) throws {
        rowCount += 1
        let place = SeriesAlarm.Position(row: rowCount, instant: row.instant)
        lastPlace = place
        if let entity = row.forgottenEntity {
            missing.forget(entity)
            if let change = alarms.forget(entity) { try write(change) }
        }
        try output.write(row, number: rowCount)
        for event in missing.events(for: row, at: place) {
            Console.error("note: \(event.notice)")
            try output.write(event)
        }
        if let change = alarms.add(row, number: rowCount) { try write(change) }
    }

    private func write(_ change: SeriesAlarms.Change) throws {
        if case .opened = change { alarmCount += 1 }
        try output.write(WatchEvent(change))
    }

    /// Reads a file from its start that took the place of the one before.
    private func beginAnew(_ event: FollowedFile.Event) throws {
        if event == .replaced { try finishRows() }
        Console.error(
            event == .replaced
                ? "note: \(arguments.data) is another file now, which is read from its start"
                : "note: \(arguments.data) was cut off, and is read from its start"
        )
        (decoder, rows, start) = (nil, nil, [])
        // The file before cannot be gone back to.
        if arguments.state != nil { try save() }
    }

    /// Takes a last row without a line end.
    private func finishRows() throws {
        if decoder == nil, !start.isEmpty { try decodeStart(isWhole: true) }
        if let decoder { try write(try decoder.finish()) }
    }

    private func finish(_ ending: FollowedFile.Event?) throws {
        if ending == .end {
            if arguments.state == nil || !input.isFile {
                try finishRows()
            } else if (decoder?.pendingByteCount ?? start.count) > 0 {
                Console.error(
                    "note: the last line has no line end; it is left for the next run"
                )
            }
        }
        if arguments.state == nil {
            // Nobody will go on with them.
            for change in alarms.finish() { try write(change) }
        } else {
            try save()
        }
        try output.close()
        if arguments.state == nil { tell(shift.finish()) }
        pace?.warning.map(Console.error)
        levels.note.map(Console.error)
        Console.error(
            "\(counted(rowCount, "row")), \(counted(alarmCount, "alarm")) "
                + "(\(detector.decisionRule))\(bad.text)\(states.text)"
        )
    }
}
