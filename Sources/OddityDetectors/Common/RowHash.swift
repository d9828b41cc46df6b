internal import OddityDatasets
internal import OddityPreprocessing

/// A hash of what a row holds, by 64 bits that are spread evenly.
struct RowHash {
    private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds a word.
    mutating func add(_ word: UInt64) {
        state = RowHash.mixed(state ^ word) &* 0x0000_0100_0000_01B3
    }

    /// Adds a number; those that are equal count as one, and so do all that are missing.
    mutating func add(_ number: Double) {
        add(number.isNaN ? 0x7FF8_0000_0000_0000 : number == 0 ? 0 : number.bitPattern)
    }

    /// Adds a text, or none.
    mutating func add(_ text: String?) { add(RowHash.word(text)) }

    /// The hash of what was added.
    var value: UInt64 { RowHash.mixed(state) }

    /// A text as one word.
    static func word(_ text: String?) -> UInt64 {
        guard let text else { return 1 }
        return text.utf8.reduce(0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
        }
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    private static func mixed(_ word: UInt64) -> UInt64 {
        var z = word &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension Table {
    /// For each row a hash of what it holds in some columns, in their order.
    ///
    /// - Returns: nil if a column is not there.
    func rowHashes(ofColumns names: [String]) -> [UInt64]? {
        var hashes = [RowHash](repeating: RowHash(), count: rowCount)
        for name in names {
            guard let column = self[name] else { return nil }
            switch column.values {
            case .numeric(let numbers):
                for row in hashes.indices { hashes[row].add(numbers[row]) }
            case .categorical(let codes, let levels):
                let words = levels.map { RowHash.word($0) }
                let missing = RowHash.word(nil)
                for row in hashes.indices {
                    hashes[row].add(codes[row] < 0 ? missing : words[Int(codes[row])])
                }
            case .text(let texts):
                for row in hashes.indices { hashes[row].add(texts[row]) }
            }
        }
        return hashes.map(\.value)
    }
}

extension TablePreparer {
    /// For each row a hash of what it holds in the columns that are looked at.
    func rowHashes(of table: Table) -> [UInt64]? { table.rowHashes(ofColumns: columns.map(\.name)) }
}
