internal import OddityLinearAlgebra

/// A partition of rows into folds of nearly equal size.
///
/// Rows are dealt out in an order drawn from the seed, so that folds do not follow the order of the
/// file; the same row count, fold count and seed give the same folds.
public struct Folds: Sendable, Equatable {
    /// The rows of each fold, ascending.
    ///
    /// Sizes differ by at most one, unless groups of rows are kept together.
    public let rows: [[Int]]
    /// The number of rows in all.
    public let rowCount: Int

    /// Deals `rowCount` rows to `count` folds.
    ///
    /// - Parameters:
    ///   - rowCount: at least `count`.
    ///   - count: at least 1.
    ///   - seed: where the order comes from.
    public init(rowCount: Int, count: Int, seed: UInt64) {
        precondition(count >= 1 && rowCount >= count, "\(count) folds of \(rowCount) rows")
        var stream = RandomStream(seed: seed, use: .splitting)
        let order = stream.permutation(count: rowCount)
        var rows = [[Int]](repeating: [], count: count)
        for (place, row) in order.enumerated() { rows[place % count].append(row) }
        self.rows = rows.map { $0.sorted() }
        self.rowCount = rowCount
    }

    /// Deals groups of rows to `count` folds: rows of one group are in one fold.
    ///
    /// The largest groups are dealt first, those of one size in an order drawn from the seed, each to the fold with the
    /// fewest rows. Where each row is a group of its own these are the folds of
    /// ``init(rowCount:count:seed:)``.
    ///
    /// - Parameters:
    ///   - groups: for each row the number of its group; at least `count` different ones.
    ///   - count: at least 1.
    ///   - seed: where the order comes from.
    public init(groups: [Int], count: Int, seed: UInt64) {
        var places: [Int: Int] = [:]
        var members: [[Int]] = []
        for (row, group) in groups.enumerated() {
            let place = places[group] ?? members.count
            if place == members.count {
                places[group] = place
                members.append([])
            }
            members[place].append(row)
        }
        precondition(
            count >= 1 && members.count >= count,
            "\(count) folds of \(members.count) groups"
        )
        var stream = RandomStream(seed: seed, use: .splitting)
        let dealt = stream.permutation(count: members.count).map { members[$0] }.enumerated()
            .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
        var rows = [[Int]](repeating: [], count: count)
        for (_, group) in dealt {
            let fold = rows.indices.min { (rows[$0].count, $0) < (rows[$1].count, $1) }
            rows[fold ?? 0] += group
        }
        self.rows = rows.map { $0.sorted() }
        rowCount = groups.count
    }

    /// Holds out a share of the rows once: the first fold is held out, the second is the rest.
    ///
    /// At least one row is held out and at least one is not.
    public init(rowCount: Int, heldOutShare: Double, seed: UInt64) {
        precondition(rowCount >= 2, "a split needs two rows")
        var stream = RandomStream(seed: seed, use: .splitting)
        let order = stream.permutation(count: rowCount)
        let count = min(rowCount - 1, max(1, Int((heldOutShare * Double(rowCount)).rounded())))
        rows = [order[..<count].sorted(), order[count...].sorted()]
        self.rowCount = rowCount
    }

    /// Holds out all rows: the first fold is all, the second is empty.
    package init(holdingOutAll rowCount: Int) {
        rows = [Array(0..<rowCount), []]
        self.rowCount = rowCount
    }

    /// The same folds of larger things: each row stands for a group of rows.
    ///
    /// - Parameter groups: for each row of these folds the rows it stands for, one group after the other.
    public func expanded(to groups: [Range<Int>]) -> Folds {
        precondition(groups.count == rowCount, "a group for each of \(rowCount) rows")
        return Folds(
            rows: rows.map { $0.flatMap { Array(groups[$0]) } },
            rowCount: groups.last?.upperBound ?? 0
        )
    }

    private init(rows: [[Int]], rowCount: Int) {
        self.rows = rows
        self.rowCount = rowCount
    }

    /// The rows outside a fold, ascending.
    public func complement(ofFold fold: Int) -> [Int] {
        rows.indices.filter { $0 != fold }.flatMap { rows[$0] }.sorted()
    }
}
