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
        /// What search the trials belong to.
        var search = ""
        var entries: [Entry] = []
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
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Reads the file, if there is one.
    ///
    /// - Throws: ``SearchError/foreignJournal(path:)`` if it belongs to another search.
    func open(fingerprint: String) throws {
        var found = Content(search: fingerprint)
        if let data = FileManager.default.contents(atPath: path) {
            guard let read = try? JSONDecoder().decode(Content.self, from: data),
                read.search == fingerprint
            else { throw SearchError.foreignJournal(path: path) }
            found = read
        }
        content.withLock { $0 = found }
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
            let file = try OutputFile(path: path)
            try file.write(String(decoding: JSONEncoder().encode(content), as: UTF8.self))
            try file.close()
        }
    }
}
