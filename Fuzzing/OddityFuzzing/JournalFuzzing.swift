import OddityFiles

@testable import OddityModelSelection

/// The reader of what `oddity tune` has finished.
enum JournalFuzzing {
    /// - Parameter bytes: a journal without its checksum.
    static func run(_ bytes: [UInt8]) {
        let journal = TrialJournal(path: "journal")
        let shape = TrialJournal.Shape(
            trialCount: 5,
            foldCount: 3,
            changeCount: 2,
            hasValidation: false
        )
        try? journal.decode(bytes, fingerprint: "0123456789abcdef", shape: shape)
        guard bytes.first == UInt8(ascii: "{") else { return }
        try? journal.decode(
            SealedJSON.seal(bytes),
            fingerprint: "0123456789abcdef",
            shape: shape
        )
        for trial in 1...5 {
            for share in 0..<3 { _ = journal.outcome(trial: trial, share: share) }
        }
    }
}
