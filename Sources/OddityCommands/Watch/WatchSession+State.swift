internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords

extension WatchSession {
    /// Forgets what a state says of an input that is another one now.
    ///
    /// - Returns: the state's file, where it was given another name meanwhile, and perhaps compressed, before its end was
    ///   read.
    static func checkInput(_ state: inout WatchState?, _ path: String) throws -> InputFile? {
        guard let input = state?.input, let mark = input.mark else { return nil }
        // A pipe has no bytes to compare.
        if path == "-" || Folder.kind(of: path) == .other {
            state?.input = nil
            return nil
        }
        guard try !mark.isOf(path) else { return nil }
        if let rotated = try renamed(mark, path) {
            Console.error(
                "note: \(shownPath(path)) is another file now; the rest of the one before is read from "
                    + shownPath(rotated.path)
            )
            return rotated
        }
        if Folder.kind(of: path) != nil {
            Console.error(
                "note: \(shownPath(path)) is another file than the state's; it is read from its start, and what was"
                    + " left of the one before is not read"
            )
        }
        state?.input = nil
        return nil
    }

    /// The file of a mark under another name, as log rotations give: the old one with something added.
    private static func renamed(_ mark: FileMark, _ path: String) throws -> InputFile? {
        guard mark.length > 0 else { return nil }
        let name = fileName(path)
        let folder = String(path.dropLast(name.count))
        let others = try Folder(path: folder.isEmpty ? "." : folder).names()
            .filter { $0 != name && $0.hasPrefix(name) }.map { folder + $0 }
        // One that is being compressed stands beside its copy.
        if let plain = try others.first(where: { try mark.isOf($0) }) {
            return try InputFile(path: plain, requiresRegularFile: true)
        }
        for other in others where Folder.kind(of: other) == .file {
            if let file = try unpacked(mark, other) { return file }
        }
        return nil
    }

    /// The file of a mark, unpacked from one of gzip or zstd; nil for what is not that file, or not whole.
    private static func unpacked(_ mark: FileMark, _ path: String) throws -> InputFile? {
        do {
            let file = try UnpackedFile.open(path) { mark.begins(like: $0) }
            return try file.flatMap { try FileMark(of: $0, at: mark.length) == mark ? $0 : nil }
        } catch is DatasetError {
            return nil
        }
    }

    /// Goes on where another run stopped.
    func resume(_ state: WatchState) throws {
        do {
            let pace = arguments.following.adaptation
            scorer = try SeriesScorer(detector, resuming: state.scorer, adaptation: pace)
            if pace != state.scorer.adaptation {
                Console.error(
                    "note: --adapt was \(state.scorer.adaptation.rawValue) before and is \(pace.rawValue) now; the levels of series "
                        + "are found anew"
                )
            }
        } catch is DetectorError {
            throw WatchState.foreign(arguments.state ?? "")
        }
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
        let state = WatchState(
            model: model,
            scorer: scorer.state,
            alarms: alarms,
            missing: missing,
            rowCount: rowCount,
            input: try inputState(),
            output: written.output,
            events: written.events,
            format: arguments.form,
            hasToldShift: hasToldShift
        )
        try state.write(to: path)
    }

    /// How far the input was read; a header that is not complete yet is read again.
    private func inputState() throws -> WatchState.Input {
        let position = input.isFile ? decoder?.position : nil
        var state = WatchState.Input(
            path: arguments.data,
            position: position,
            isJSON: rows?.isJSON ?? false
        )
        guard input.isFile else { return state }
        let seen = input.position
        let offset = position == nil ? 0 : seen - (decoder?.pendingByteCount ?? 0)
        // A file that was cut off meanwhile is another one for the next run.
        let first = try input.bytes(in: 0..<min(seen, FileMark.size))
        let last = try input.bytes(in: max(0, seen - FileMark.size)..<seen)
        let mark = FileMark(length: seen, start: Fingerprint(first), end: Fingerprint(last))
        guard mark.isPossible else {
            state.forget()
            return state
        }
        (state.offset, state.seen) = (offset, seen)
        (state.start, state.end) = (mark.start, mark.end)
        return state
    }
}
