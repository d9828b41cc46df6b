internal import OddityFiles
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a training of a trial ended with.
enum TrialOutcome: Codable, Equatable {
    case finished(TrialResult)
    case failed(String)
}

/// A file of finished trials, so that a search that was stopped goes on where it was.
///
/// The file is replaced as a whole after each training: whenever the process ends, it is complete.
public final class TrialJournal: Sendable {
    private struct Entry: Codable {
        let trial: Int
        let share: Int
        let outcome: TrialOutcome
    }

    private struct Content: Codable {
        /// Grows when entries come to mean something else.
        var version = TrialJournal.version
        /// What search the trials belong to.
        var search = ""
        var entries: [Entry] = []
    }

    private static let version = 2

    /// What the figures of a search's trials are made of.
    struct Shape {
        var trialCount: Int
        var foldCount: Int
        /// The kinds of planted changes.
        var changeCount: Int
        var hasValidation: Bool
    }

    /// Where the file is.
    public let path: String
    private let content = Mutex(Content())

    /// Names a journal; the file is read and written by a search.
    public init(path: String) {
        self.path = path
    }

    /// The number of finished trainings that the file held when the search began, or holds by now.
    public var entryCount: Int { content.withLock { $0.entries.count } }

    /// Removes the file, when the search has ended.
    public func remove() {
        Folder.removeFile(path)
    }

    /// Reads the file, if there is one, and checks all of it.
    ///
    /// - Parameters:
    ///   - fingerprint: What search the trials belong to.
    ///   - shape: What the figures of its trials are made of.
    /// - Throws: ``SearchError/foreignJournal(path:)`` if it belongs to another search,
    ///   ``SearchError/damagedJournal(path:flaw:)`` for one that no search wrote so, `FileError` where it
    ///   cannot be read.
    func open(fingerprint: String, shape: Shape) throws {
        var found = Content(search: fingerprint)
        if Folder.kind(of: path) != nil {
            let file = try InputFile(path: path, requiresRegularFile: true)
            found = try content(of: file.prefix(file.size ?? 0), fingerprint, shape)
        }
        content.withLock { $0 = found }
    }

    /// Reads the bytes of a file, with the checks of ``open(fingerprint:shape:)``.
    func decode(_ bytes: [UInt8], fingerprint: String, shape: Shape) throws {
        let found = try content(of: bytes, fingerprint, shape)
        content.withLock { $0 = found }
    }

    private func content(
        of bytes: [UInt8],
        _ fingerprint: String,
        _ shape: Shape
    ) throws -> Content {
        guard let object = SealedJSON.open(bytes) else {
            throw SearchError.damagedJournal(path: path, flaw: "its checksum is wrong")
        }
        guard let read = try? JSONDecoder().decode(Content.self, from: Data(object)),
            read.version == TrialJournal.version
        else {
            throw SearchError.damagedJournal(path: path, flaw: "this version cannot read it")
        }
        guard read.search == fingerprint else { throw SearchError.foreignJournal(path: path) }
        if let flaw = Self.flaw(of: read.entries, shape) {
            throw SearchError.damagedJournal(path: path, flaw: flaw)
        }
        return read
    }

    /// What no search can have written; nil where all entries are possible.
    private static func flaw(of entries: [Entry], _ shape: Shape) -> String? {
        var seen: Set<[Int]> = []
        for entry in entries {
            guard 1...max(1, shape.trialCount) ~= entry.trial,
                SearchStrategy.shares.indices.contains(entry.share)
            else { return "there is no trial \(entry.trial) of the share \(entry.share)" }
            guard seen.insert([entry.trial, entry.share]).inserted else {
                return "trial \(entry.trial) is there twice"
            }
            guard case .finished(let result) = entry.outcome else { continue }
            guard result.share == SearchStrategy.shares[entry.share], result.isSound(shape) else {
                return "the figures of trial \(entry.trial) are impossible"
            }
        }
        return nil
    }

    func outcome(trial: Int, share: Int) -> TrialOutcome? {
        content.withLock { content in
            content.entries.first { $0.trial == trial && $0.share == share }?.outcome
        }
    }

    /// Adds a finished training, unless it is there.
    func add(_ outcome: TrialOutcome, trial: Int, share: Int) throws {
        try content.withLock { content in
            guard !content.entries.contains(where: { $0.trial == trial && $0.share == share })
            else { return }
            content.entries.append(Entry(trial: trial, share: share, outcome: outcome))
            let bytes = SealedJSON.seal(try JSONEncoder().encode(content))
            let file = try OutputFile(path: path)
            try bytes.withUnsafeBytes { try file.append($0) }
            try file.close()
        }
    }
}

extension TrialResult {
    /// Whether a training can have given these figures.
    fileprivate func isSound(_ shape: TrialJournal.Shape) -> Bool {
        heldOutLoss.isFinite && separations.count == shape.foldCount
            && separations.allSatisfy { fold in
                fold.count == shape.changeCount && fold.allSatisfy { 0...1 ~= $0 }
            }
            && (validation != nil) == shape.hasValidation
            && validation.map {
                0...1 ~= $0.auroc && 0...1 ~= $0.averagePrecision && $0.leastCost >= 0
                    && $0.leastCost.isFinite
            } ?? true
    }
}
