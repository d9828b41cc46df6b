extension TableSource {
    /// The last rows, in their order.
    ///
    /// Chunks are read one after the other, so that no more than these rows and a chunk are in memory.
    ///
    /// - Parameters:
    ///   - count: How many rows to keep; all where there are fewer.
    ///   - rowCount: The number of rows, as ``inferSchema()`` counted them.
    /// - Throws: ``DatasetError``; a source without rows is one.
    public func readLast(_ count: Int, of rowCount: Int) throws -> Table {
        guard count < rowCount else { return try readAll() }
        var parts: [Table] = []
        var (first, row) = (rowCount - count, 0)
        while let chunk = try nextChunk() {
            let skipped = max(0, first - row)
            row += chunk.rowCount
            guard skipped < chunk.rowCount else { continue }
            first = row
            parts.append(
                skipped == 0
                    ? chunk
                    : chunk.slice(
                        skipped..<chunk.rowCount,
                        firstRow: chunk.firstRow + skipped
                    )
            )
        }
        return try Table.joining(parts)
    }
}
