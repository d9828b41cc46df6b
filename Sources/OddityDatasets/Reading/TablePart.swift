/// Rows of a file that follow one another, or one between them that could not be read.
public enum TablePart: Sendable {
    /// Rows without a gap.
    case rows(Table)
    /// A row that could not be read.
    case bad(BadRow)
}

extension TableReader {
    /// The next rows in the order of the file, with those between them that cannot be read; nil at the end.
    ///
    /// A row that cannot be read counts as one: ``Table/firstRow`` and ``BadRow/row`` number all rows of the file.
    ///
    /// - Parameter keepingInfinities: Whether infinite numbers, and those beyond a `Double`, are read as infinities; rows
    ///   with one cannot be read otherwise.
    /// - Throws: ``DatasetError`` if the file itself cannot be read on.
    public func nextParts(keepingInfinities: Bool = false) throws -> [TablePart]? {
        if builder == nil { try select(try inferSchema().schema) }
        if needsStart { try beginRows() }
        builder?.keepsInfinities = keepingInfinities
        return try builder?.nextParts(from: rows, missing: options.missingTokens)
    }
}

extension ChunkBuilder {
    /// As ``nextChunk(from:missing:waiting:)``, cut where rows could not be read.
    func nextParts(from rows: RowReader, missing: MissingTokens) throws(DatasetError)
        -> [TablePart]?
    {
        var bad: [(count: Int, row: BadRow)] = []
        onBadRow = { [unowned self] in bad.append((count: lines.count, row: $0)) }
        countsBadRows = true
        defer {
            onBadRow = nil
            countsBadRows = false
        }
        let chunk = try nextChunk(from: rows, missing: missing)
        guard !bad.isEmpty else { return chunk.map { [.rows($0)] } }
        var parts: [TablePart] = []
        var start = 0
        func addRows(upTo end: Int) {
            guard let chunk, end > start else { return }
            parts.append(.rows(chunk.slice(start..<end, firstRow: numbers[start] - 1)))
            start = end
        }
        for (count, row) in bad {
            addRows(upTo: count)
            parts.append(.bad(row))
        }
        addRows(upTo: lines.count)
        return parts
    }
}

extension Table {
    /// Some rows, which follow one another in the file.
    func slice(_ range: Range<Int>, firstRow: Int) -> Table {
        let part = selecting(rows: Array(range))
        return Table(
            schema: schema,
            rowCount: part.rowCount,
            firstRow: firstRow,
            columns: part.columns
        )
    }
}
