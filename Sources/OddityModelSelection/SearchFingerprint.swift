internal import OddityDatasets
internal import OddityDetectors
internal import OddityLinearAlgebra

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
    private struct Settings: Encodable {
        /// Grows when the same settings come to mean something else.
        var format = 1
        let base: TableDetector
        let space: SearchSpace
        let strategy: SearchStrategy
        let objective: SearchObjective
        let trialCount: Int
    }

    init(_ search: Search, rows: Matrix, validation: LabeledRows?) throws {
        var hash = FNVHash()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let settings = Settings(
            base: search.base,
            space: search.space,
            strategy: search.strategy,
            objective: search.objective,
            trialCount: search.trialCount
        )
        for byte in try encoder.encode(settings) { hash.add(UInt64(byte)) }
        hash.add(UInt64(rows.columnCount))
        rows.withUnsafeElements { for value in $0 { hash.add(UInt64(value.bitPattern)) } }
        if let validation {
            for isAnomaly in validation.labels { hash.add(isAnomaly ? 1 : 0) }
            for column in validation.table.columns {
                for number in column.numbers ?? [] { hash.add(number.bitPattern) }
                for text in column.texts ?? [] {
                    for byte in (text ?? "").utf8 { hash.add(UInt64(byte)) }
                }
            }
        }
        text = hash.text
    }
}

/// The 64-bit hash of Fowler, Noll and Vo (FNV-1a), over words in place of bytes.
private struct FNVHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x100_0000_01b3 }

    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
