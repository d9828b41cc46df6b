/// Rows that were drawn from a table, and where they stand in it.
public struct TableSample: Equatable, Sendable {
    /// The rows, in the order of the table.
    public let rows: Table
    /// For each of them its number in the table, counted from 0; ascending.
    public let positions: [Int]
    /// The number of rows of the table.
    public let tableRowCount: Int

    /// Whether no row was left behind.
    public var isWhole: Bool { positions.count == tableRowCount }

    /// All rows of a table.
    public init(_ table: Table) {
        self.init(table, positions: Array(0..<table.rowCount), tableRowCount: table.rowCount)
    }

    /// Some rows of a table.
    ///
    /// - Precondition: Every position is at least 0 and less than `table.rowCount`, and above the one before.
    public init(of table: Table, at positions: [Int]) {
        precondition(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
        self.init(
            table.selecting(rows: positions),
            positions: positions,
            tableRowCount: table.rowCount
        )
    }

    init(_ rows: Table, positions: [Int], tableRowCount: Int) {
        self.rows = rows
        self.positions = positions
        self.tableRowCount = tableRowCount
    }
}
