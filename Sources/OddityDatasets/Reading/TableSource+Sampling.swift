extension TableSource {
    /// Rows drawn at random without replacement, in their order (Knuth 1997, volume 2, algorithm S of section 3.4.2).
    ///
    /// Chunks are read one after the other, so that no more than the sample and a chunk are in memory.
    ///
    /// - Parameters:
    ///   - count: How many rows to draw; all where there are fewer.
    ///   - rowCount: The number of rows, as ``inferSchema()`` counted them.
    ///   - generator: Where chance comes from; the same numbers draw the same rows.
    /// - Throws: ``DatasetError``; a source without rows is one.
    public func readSample(
        of count: Int,
        from rowCount: Int,
        using generator: inout some RandomNumberGenerator
    ) throws -> TableSample {
        var parts: [Table] = []
        var positions: [Int] = []
        var (wanted, left) = (min(count, rowCount), rowCount)
        while wanted > 0, let chunk = try nextChunk() {
            var rows: [Int] = []
            for row in 0..<min(chunk.rowCount, left) {
                // Of those left, each is as likely as any other to be one of those wanted.
                if Int.random(in: 0..<left, using: &generator) < wanted {
                    rows.append(row)
                    positions.append(rowCount - left)
                    wanted -= 1
                }
                left -= 1
            }
            if !rows.isEmpty { parts.append(chunk.selecting(rows: rows)) }
        }
        guard !parts.isEmpty else { return TableSample(try readAll()) }
        return TableSample(
            try Table.joining(parts),
            positions: positions,
            tableRowCount: rowCount
        )
    }
}
