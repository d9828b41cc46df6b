/// What a model remembers of the rows it was fitted to, to know them again: hashes, from which no value can be read.
///
/// Of all different hashes the smallest ``limit`` are kept (bottom-k sampling, Cohen and Kaplan 2007). Any row whose
/// hash is at most ``bound`` can be looked up, so that files of any size give a fair sample.
struct RowSketch: Sendable, Equatable {
    /// How many hashes are kept at most, 4,096.
    static let limit = 4096
    /// The hashes, ascending, all different.
    let hashes: [UInt64]
    /// The largest hash that can be looked up.
    let bound: UInt64

    /// - Returns: nil where many rows are equal: such rows come again in any data, and tell nothing.
    init?(_ rows: [UInt64]) {
        let sorted = rows.sorted()
        var different: [UInt64] = []
        for hash in sorted where different.last != hash { different.append(hash) }
        guard different.count * 10 >= rows.count * 9, !rows.isEmpty else { return nil }
        let isComplete = different.count <= RowSketch.limit
        self.init(
            hashes: Array(different.prefix(RowSketch.limit)),
            bound: isComplete ? .max : different[RowSketch.limit - 1]
        )
    }

    init(hashes: [UInt64], bound: UInt64) {
        self.hashes = hashes
        self.bound = bound
    }

    /// Whether a row with this hash was there; nil where that is not known.
    ///
    /// - Complexity: O(log limit).
    func contains(_ hash: UInt64) -> Bool? {
        guard hash <= bound else { return nil }
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash
    }
}

/// How many rows are known from the training.
///
/// A row that was learned from looks more normal than a new one: a detector does not find the odd rows of its own
/// training rows, `findings(in:)` does.
public struct KnownRows: Sendable, Equatable {
    /// The rows of which it is known whether they were there.
    public private(set) var checkedCount = 0
    /// Those that were.
    public private(set) var knownCount = 0

    /// No rows.
    public init() {}

    /// The share of the checked rows that was there; nil where too few were checked to tell.
    public var share: Double? {
        checkedCount >= 10 ? Double(knownCount) / Double(checkedCount) : nil
    }

    /// Whether most rows were there.
    public var areMost: Bool { share.map { $0 > 0.5 } ?? false }

    /// Looks rows up.
    mutating func add(_ rows: [UInt64], in sketch: RowSketch) {
        for hash in rows {
            guard let isKnown = sketch.contains(hash) else { continue }
            checkedCount += 1
            if isKnown { knownCount += 1 }
        }
    }
}
