package import OddityReports

/// The rows with the highest measures, or with the lowest, up to a limit.
package struct ShownRows {
    package let limit: Int
    private let showsLowest: Bool
    /// Those that may be among them, in the order in which they came.
    private var candidates: [(row: ReportedRow, number: Int)] = []
    private var count = 0
    /// A row must come before this measure to be among them; nil as long as there is room.
    private var bound: Double?

    package init(limit: Int, showsLowest: Bool = false) {
        self.limit = limit
        self.showsLowest = showsLowest
    }

    /// The rows, the first one first; of equal ones those that came first.
    package var rows: [ReportedRow] { chosen.map(\.row) }

    /// Takes a row in if it is among those to be shown.
    ///
    /// - Complexity: O(log limit) on the mean: rows that are too many are left out together.
    package mutating func insert(_ row: ReportedRow) {
        count += 1
        if let bound, !comesBefore(row.measure, bound) { return }
        candidates.append((row, count))
        guard candidates.count >= max(2 * limit, 64) else { return }
        candidates = chosen
        if candidates.count == limit { bound = candidates.last?.row.measure }
    }

    private var chosen: [(row: ReportedRow, number: Int)] {
        let sorted = candidates.sorted { left, right in
            left.row.measure == right.row.measure
                ? left.number < right.number
                : comesBefore(left.row.measure, right.row.measure)
        }
        return Array(sorted.prefix(limit))
    }

    private func comesBefore(_ measure: Double, _ other: Double) -> Bool {
        showsLowest ? measure < other : measure > other
    }
}
