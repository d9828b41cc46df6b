internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// What watch remembers between two runs.
struct WatchState: Codable {
    /// Grows when states come to mean something else.
    static let currentVersion = 2

    /// How much of a file was written.
    struct Written: Codable {
        var path: String
        var length: Int
        /// What it is known by, with the length; nil for what is no file.
        var start: Fingerprint?
        var end: Fingerprint?

        var mark: FileMark? {
            guard let start, let end else { return nil }
            return FileMark(length: length, start: start, end: end)
        }
    }

    /// How much of a file was read.
    struct Input: Codable {
        var path: String
        /// The bytes whose rows were scored; nil for a pipe.
        var offset: Int?
        /// The bytes that were read, those of a line that is not complete too.
        var seen: Int?
        /// What it is known by, with the bytes that were read.
        var start: Fingerprint?
        var end: Fingerprint?
        var position: RowDecoder.Position?
        /// Whether rows are JSON objects.
        var isJSON: Bool

        /// Says that the file is read from its start.
        mutating func forget() {
            (offset, seen, position) = (0, 0, nil)
            (start, end) = (Fingerprint(), Fingerprint())
        }

        var mark: FileMark? {
            guard let seen, let start, let end else { return nil }
            return FileMark(length: seen, start: start, end: end)
        }
    }

    var version = WatchState.currentVersion
    /// The model's bytes.
    var model: Fingerprint
    var scorer: SeriesScorer.State
    var alarms: SeriesAlarms
    var missing: MissingColumns
    var rowCount: Int
    var input: Input?
    var output: Written
    var events: Written?
    /// The form of the rows that were written; nil in states of earlier versions.
    var format: String?
    /// Whether data unlike those of the training were told of; nil in states of earlier versions.
    var hasToldShift: Bool?

    /// What cannot be in a state; nil where all numbers can.
    var flaw: String? {
        if !(0...1 << 53 ~= rowCount) { return "it counts \(rowCount) rows" }
        for written in [output, events].compactMap({ $0 }) {
            guard written.length >= 0, written.mark?.isPossible ?? true else {
                return "\(shownPath(written.path)) cannot have had \(written.length) bytes"
            }
        }
        guard let input, let offset = input.offset else { return nil }
        guard let mark = input.mark, mark.isPossible, 0...mark.length ~= offset,
            input.position?.isPossible(afterByteCount: offset) ?? (offset == 0)
        else { return "\(shownPath(input.path)) cannot have been read so far" }
        return nil
    }
}
