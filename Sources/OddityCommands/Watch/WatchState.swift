internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What watch remembers between two runs.
struct WatchState: Codable {
    /// How much of a file was written.
    struct Written: Codable {
        var path: String
        var length: Int
    }

    /// How much of a file was read.
    struct Input: Codable {
        var path: String
        /// What the file began with, to know it again.
        var start: Fingerprint
        /// The bytes whose rows were scored; nil for a pipe.
        var offset: Int?
        var position: RowDecoder.Position?
        /// Whether rows are JSON objects.
        var isJSON: Bool
    }

    /// The model's bytes.
    var model: Fingerprint
    var scorer: SeriesScorer.State
    var alarms: SeriesAlarms
    var missing: MissingColumns
    var rowCount: Int
    var input: Input?
    var output: Written
    var events: Written?

    /// Reads a state; nil where there is no file yet.
    init?(path: String) throws {
        let file: InputFile
        do {
            file = try InputFile(path: path, requiresRegularFile: true)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        do {
            self = try decoder.decode(WatchState.self, from: Data(try file.prefix(file.size ?? 0)))
        } catch let error as FileError {
            throw error
        } catch {
            throw MisplacedFile(
                description: "\(path): this is no state that oddity watch wrote, or it is damaged: "
                    + "remove it to begin anew"
            )
        }
    }

    init(
        model: Fingerprint,
        scorer: SeriesScorer.State,
        alarms: SeriesAlarms,
        missing: MissingColumns,
        rowCount: Int,
        input: Input?,
        output: Written,
        events: Written?
    ) {
        self.model = model
        self.scorer = scorer
        self.alarms = alarms
        self.missing = missing
        self.rowCount = rowCount
        self.input = input
        self.output = output
        self.events = events
    }

    /// Writes the state, so that a crash leaves the old one or the new one.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        let file = try OutputFile(path: path, isDurable: true)
        try file.writeLine(String(decoding: try encoder.encode(self), as: UTF8.self))
        try file.close()
    }
}

/// A number that tells bytes apart: FNV-1a of 64 bits.
struct Fingerprint: Codable, Equatable {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325
    private(set) var count = 0

    init() {}

    /// Of a whole file.
    init(ofFile path: String) throws {
        let file = try InputFile(path: path, requiresRegularFile: true)
        try file.prefix(file.size ?? 0).withUnsafeBytes { add($0) }
    }

    /// Adds bytes, up to a number of them in all.
    mutating func add(_ bytes: UnsafeRawBufferPointer, limit: Int = .max) {
        for byte in bytes.prefix(max(0, limit - count)) {
            value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
            count += 1
        }
    }
}
