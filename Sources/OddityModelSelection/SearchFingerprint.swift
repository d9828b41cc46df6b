internal import OddityDatasets

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a search is made of, in a few letters: two searches of the same fingerprint have the same trials.
struct SearchFingerprint {
    /// Sixteen hexadecimal digits.
    let text: String

    /// The settings that decide what a trial gives.
    private struct Settings<Base: SearchableDetector>: Encodable {
        /// Grows when the same settings come to mean something else.
        var format = 1
        let base: Base
        let space: Base.Space
        let strategy: SearchStrategy
        let objective: SearchObjective
        let trialCount: Int
    }

    /// - Parameter addRows: adds the training rows, and how they are read.
    init<Base>(
        _ search: Search<Base>,
        validation: LabeledRows?,
        addRows: (inout FNVHash) throws -> Void
    ) throws {
        var hash = FNVHash()
        try hash.add(
            settings: Settings(
                base: search.base,
                space: search.space,
                strategy: search.strategy,
                objective: search.objective,
                trialCount: search.trialCount
            )
        )
        try addRows(&hash)
        if let validation {
            for isAnomaly in validation.labels { hash.add(isAnomaly ? 1 : 0) }
            hash.add(validation.table)
        }
        text = hash.text
    }
}

/// The 64-bit hash of Fowler, Noll and Vo (FNV-1a), over words in place of bytes.
struct FNVHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x100_0000_01b3 }

    mutating func add(settings: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for byte in try encoder.encode(settings) { add(UInt64(byte)) }
    }

    mutating func add(_ table: Table) {
        for column in table.columns {
            for number in column.numbers ?? [] { add(number.bitPattern) }
            for text in column.texts ?? [] {
                for byte in (text ?? "").utf8 { add(UInt64(byte)) }
            }
        }
    }

    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
