internal import OddityDatasets
internal import OddityModelFiles
internal import OddityPreprocessing

/// What each held-out row held, roughly: the cells of its columns, and its error, so that rows can be weighed later.
///
/// Rows are in the order of ``HeldOutScores/scores``, and thinned like these.
struct HeldOutRows: Sendable, Equatable {
    /// A row of cells for each row, one for each column; see ``code(_:)``.
    let cells: [UInt8]
    /// The columns of the preparation, in its order.
    let columnCount: Int
    /// The reconstruction errors of the rows.
    let errors: [Double]

    /// Stands for a missing value.
    static let missing: UInt8 = 255

    /// A cell as a byte: levels beyond 254 are one.
    static func code(_ cell: Int?) -> UInt8 { cell.map { UInt8(min($0, 254)) } ?? missing }

    /// The cells of the rows of a table, by column of a preparation; the same for all rows where nothing is known of a column.
    static func cells(of table: Table, preparer: TablePreparer) -> [[UInt8]] {
        preparer.columns.map { column in
            let rows = 0..<table.rowCount
            guard let source = table[column.name],
                let cells = ColumnCells(column)?.cells(of: source, rows: rows)
            else { return rows.map { _ in missing } }
            return cells.map(code)
        }
    }

    /// Keeps what belongs to the held-out scores that are kept.
    ///
    /// - Parameters:
    ///   - columns: the cells of all training rows, by column.
    ///   - rows: the places of the held-out rows among these.
    ///   - scores: the scores of the held-out rows.
    ///   - errors: their errors.
    init(_ columns: [[UInt8]], rows: [Int], scores: [Double], errors: [Double]) {
        // The same order as that of the sorted scores, and rows of one score in theirs.
        let order = scores.indices.sorted {
            scores[$0] == scores[$1] ? $0 < $1 : scores[$0] < scores[$1]
        }
        let kept = HeldOutScores.thinned(order)
        columnCount = columns.count
        cells = kept.flatMap { place in columns.map { $0[rows[place]] } }
        self.errors = kept.map { errors[$0] }
    }

    /// The cells of a column, by row.
    func cells(ofColumn column: Int) -> [UInt8] {
        stride(from: column, to: cells.count, by: columnCount).map { cells[$0] }
    }
}

extension HeldOutRows {
    /// The values as named tensors.
    func tensors() throws -> [Tensor] {
        [
            try Tensor(
                name: "held_out.cells",
                shape: [errors.count, columnCount],
                values: cells
            ),
            try Tensor(name: "held_out.row_errors", values: errors),
        ]
    }

    /// Reads what a file holds; nil where it holds none.
    init?(reading archive: ModelArchive, count: Int, columnCount: Int) throws {
        let names: Set = ["held_out.cells", "held_out.row_errors"]
        guard archive.tensors.contains(where: { names.contains($0.name) }) else { return nil }
        self.columnCount = columnCount
        cells = try archive.values(
            of: "held_out.cells",
            shape: [count, columnCount],
            as: UInt8.self
        )
        errors = try archive.values(of: "held_out.row_errors", shape: [count], as: Double.self)
        guard errors.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw DetectorError.inconsistentModel("its held-out rows have errors that cannot be")
        }
    }
}
