/// Fills chunks of a table from the rows of a reader.
final class ChunkBuilder {
    /// A chunk of very many columns gets fewer rows, so that its size stays bounded.
    static let valueLimit = 4 << 20

    let schema: Schema
    /// Whether every chunk's levels begin with those of the chunk before, however many there are;
    /// so it must be where chunks are joined, while chunks that are let go share a bounded memory.
    var keepsLevels = false
    /// What to do with a row that cannot be read; nil to throw its error.
    ///
    /// Errors of reading are thrown in any case.
    var onBadRow: ((BadRow) -> Void)?
    /// Whether a bad row counts as a row of the file, as it does where rows are numbered.
    var countsBadRows = false
    /// Whether infinities are values, and not faults.
    var keepsInfinities = false {
        didSet { for index in columns.indices { columns[index].keepsInfinities = keepsInfinities } }
    }
    /// The numbers, from 1, of the rows of the last chunk, where bad ones are left out.
    private(set) var numbers: [Int] = []
    /// The lines of the rows of the last chunk, where bad ones are left out.
    private(set) var lines: [Int] = []
    private let capacity: Int
    private let columns: UnsafeMutableBufferPointer<ColumnBuilder>

    /// - Parameters:
    ///   - columns: The columns to read, each with the position of its field, and of a second one that is joined to it.
    ///   - rowLimit: The most rows in a chunk.
    init(columns: [(schema: ColumnSchema, field: Int, second: Int?)], rowLimit: Int) {
        let capacity = max(1, min(rowLimit, Self.valueLimit / max(1, columns.count)))
        self.capacity = capacity
        schema = Schema(columns: columns.map(\.schema))
        self.columns = .allocate(capacity: columns.count)
        _ = self.columns.initialize(
            from: columns.enumerated().map { index, column in
                // Staggered sizes keep equal rows of neighbouring columns off one cache set.
                ColumnBuilder(
                    schema: column.schema,
                    field: column.field,
                    second: column.second,
                    capacity: capacity + index % 8 * 8
                )
            }
        )
    }

    deinit {
        for column in columns { column.deallocate() }
        columns.deinitialize()
        columns.deallocate()
    }

    /// Reads rows until the chunk is full, the file ends, or a stream has no further row yet; nil if
    /// there is no row left.
    ///
    /// - Parameter waiting: Whether to wait for a first row that has not arrived.
    func nextChunk(
        from rows: RowReader,
        missing: MissingTokens,
        waiting: Bool = true
    ) throws(DatasetError) -> Table? {
        let records = rows.records
        let firstRow = rows.rowCount
        var count = 0
        var badCount = 0
        lines.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        reading: while count + badCount < capacity {
            let before = rows.rowCount
            do {
                switch try rows.next(waiting: waiting && count + badCount == 0) {
                case .end, .notYet: break reading
                case .blank:
                    for index in columns.indices { columns[index].setMissing(row: count) }
                case .row:
                    for index in columns.indices {
                        try columns[index].set(row: count, from: rows, records, missing)
                    }
                }
            } catch {
                guard let onBadRow, error.isOfOneRow else { throw error }
                if error.leavesRecord { records.discardLine() }
                for index in columns.indices { columns[index].rollBack(to: count) }
                if countsBadRows {
                    badCount += 1
                    if rows.rowCount == before { rows.countBadRow() }
                }
                onBadRow(BadRow(error: error, row: countsBadRows ? rows.rowCount : nil))
                continue
            }
            if onBadRow != nil {
                lines.append(records.recordLine)
                numbers.append(rows.rowCount)
            }
            count += 1
        }
        guard count > 0 else { return nil }
        return Table(
            schema: schema,
            rowCount: count,
            firstRow: firstRow,
            columns: columns.indices.map {
                columns[$0].finish(rowCount: count, keepsLevels: keepsLevels)
            }
        )
    }
}
