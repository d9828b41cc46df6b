internal import OddityFiles
internal import OddityRecords

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension WatchState {
    /// The most bytes of a state: 100,000 series of a hundred columns have a tenth of it.
    private static let sizeLimit = 4 << 30

    /// Reads a state and checks all of it; nil where there is no file yet.
    init?(path: String) throws {
        let bytes: [UInt8]
        do {
            let file = try InputFile(path: path, requiresRegularFile: true)
            let size = file.size ?? 0
            guard size <= WatchState.sizeLimit else {
                throw WatchState.damaged(path, "it has \(size) bytes")
            }
            bytes = try file.prefix(size)
        } catch let error as FileError {
            guard error.code == .notFound else { throw error }
            return nil
        }
        try self.init(decoding: bytes, path: path)
    }

    /// Reads a state from the bytes of a file and checks all of it.
    ///
    /// - Parameter path: what errors shall name.
    init(decoding bytes: [UInt8], path: String) throws {
        guard let body = SealedJSON.open(bytes) else {
            throw WatchState.damaged(path, "its checksum is wrong")
        }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        do {
            self = try decoder.decode(WatchState.self, from: Data(body))
        } catch {
            throw WatchState.damaged(path, "its parts do not belong together")
        }
        guard version == WatchState.currentVersion else {
            throw WatchState.damaged(path, "it is of version \(version)")
        }
        if let flaw { throw WatchState.damaged(path, flaw) }
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
        let bytes = SealedJSON.seal(try encoder.encode(self))
        let file = try OutputFile(path: path, isDurable: true)
        try bytes.withUnsafeBytes { try file.append($0) }
        try file.close()
    }

    /// A state of another model.
    static func foreign(_ path: String) -> MisplacedFile {
        MisplacedFile(
            description:
                "\(shownPath(path)): the saved state is of another model: remove it to begin anew"
        )
    }

    /// A state of rows that were written in another form.
    static func otherForm(_ path: String, _ form: String) -> MisplacedFile {
        MisplacedFile(
            description:
                "\(shownPath(path)): the saved state goes with rows written with \(form): give that again, or remove"
                + " the state to begin anew"
        )
    }

    private static func damaged(_ path: String, _ flaw: String) -> MisplacedFile {
        MisplacedFile(
            description:
                "\(shownPath(path)): this is not a state file of this version of oddity watch, or it is "
                + "damaged (\(flaw)): remove it to start again"
        )
    }
}
