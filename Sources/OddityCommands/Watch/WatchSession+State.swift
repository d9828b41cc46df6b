internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles

extension WatchSession {
    /// The bytes that a file is known by.
    static let startSize = 4_096

    /// Forgets what a state says of an input that is another one now.
    static func checkInput(_ state: inout WatchState?, _ path: String) throws {
        guard let input = state?.input, input.offset != nil else { return }
        if input.path != path {
            state?.input = nil
            return
        }
        guard try isSame(input) else {
            Console.error(
                "note: \(path) is another file than the state's; it is read from its start"
            )
            state?.input?.offset = 0
            state?.input?.position = nil
            state?.input?.start = Fingerprint()
            return
        }
    }

    private static func isSame(_ input: WatchState.Input) throws -> Bool {
        let file = try InputFile(path: input.path, requiresRegularFile: true)
        guard let size = file.size, size >= input.offset ?? 0 else { return false }
        var start = Fingerprint()
        try file.prefix(input.start.count).withUnsafeBytes { start.add($0) }
        return start == input.start
    }

    /// Goes on where another run stopped.
    func resume(_ state: WatchState) throws {
        scorer = try SeriesScorer(detector, resuming: state.scorer)
        if alarms.isLike(state.alarms) {
            alarms = state.alarms
        } else {
            Console.error(
                "note: alarms are decided by another rule now; those that were open are dropped"
            )
        }
        missing = state.missing
        rowCount = state.rowCount
        if let known = state.input, let position = known.position, input.isFile {
            inputStart = known.start
            let rows = WatchedRows(known, for: detector)
            let decoder = rows.decoder(options, path: arguments.data)
            decoder.resume(at: position)
            (self.rows, self.decoder) = (rows, decoder)
        }
        if rowCount > 0 { Console.error("goes on after row \(grouped(rowCount))") }
    }

    /// Keeps the state, once what was written is on the disk.
    func save() throws {
        guard let path = arguments.state else { return }
        let written = try output.synchronized()
        let position = decoder?.position
        let pending = decoder?.pendingByteCount ?? start.count
        let state = WatchState(
            model: model,
            scorer: scorer.state,
            alarms: alarms,
            missing: missing,
            rowCount: rowCount,
            input: WatchState.Input(
                path: arguments.data,
                start: inputStart,
                offset: !input.isFile
                    ? nil : position == nil ? 0 : input.position - pending,
                position: input.isFile ? position : nil,
                isJSON: rows?.isJSON ?? false
            ),
            output: written.output,
            events: written.events
        )
        try state.write(to: path)
    }
}
