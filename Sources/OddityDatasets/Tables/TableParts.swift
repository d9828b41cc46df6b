/// All rows of a table, some thousands at a time: of one in memory, or of one that is read.
public struct TableParts {
    private let next: () throws -> Table?

    /// The rows of a part of a table in memory.
    private static let rowCount = 8_192

    /// The rows of a table in memory.
    public init(_ table: Table) {
        var start = 0
        next = {
            guard start < table.rowCount else { return nil }
            let end = min(start + Self.rowCount, table.rowCount)
            defer { start = end }
            return start == 0 && end == table.rowCount
                ? table : table.selecting(rows: Array(start..<end))
        }
    }

    /// The rows that are left to be read.
    ///
    /// - Parameter source: One whose columns are selected.
    public init(of source: any TableSource) { next = source.nextChunk }

    /// All rows of a table of which some were drawn: those in memory where that is all, else the source is read again.
    ///
    /// - Parameters:
    ///   - sample: The rows that were drawn.
    ///   - source: What they were drawn from; it goes to the first row where it is read.
    ///   - schema: The columns to read.
    ///   - kept: The columns to keep as plain text besides.
    /// - Throws: ``DatasetError`` if the source cannot be read again.
    public init(
        of sample: TableSample,
        in source: any TableSource,
        _ schema: Schema,
        keeping kept: Set<String> = []
    ) throws {
        guard !sample.isWhole else {
            self.init(sample.rows)
            return
        }
        try source.select(schema, keeping: kept)
        self.init(of: source)
    }

    /// Calls `body` with each part and the number of its first row in the table, counted from 0.
    ///
    /// - Throws: ``DatasetError`` if a row cannot be read; what `body` throws.
    public func forEach(_ body: (_ part: Table, _ firstRow: Int) throws -> Void) throws {
        var first = 0
        while let part = try next() {
            try body(part, first)
            first += part.rowCount
        }
    }
}
