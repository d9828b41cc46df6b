/// Joins the chunks of one reader, and holds no chunk longer than it takes to copy it.
struct ChunkJoiner {
    private let schema: Schema
    private let firstRow: Int
    private var rowCount: Int
    private var columns: [Column]

    /// - Parameters:
    ///   - first: The first chunk.
    ///   - expectedCount: The number of rows to make room for, where it is known.
    init(_ first: Table, expectedCount: Int?) {
        schema = first.schema
        firstRow = first.firstRow
        rowCount = first.rowCount
        columns = first.columns
        guard let expectedCount, expectedCount > rowCount else { return }
        for index in columns.indices { columns[index].reserveCapacity(expectedCount) }
    }

    /// Adds the next chunk; its levels must begin with those of the chunk before.
    mutating func append(_ chunk: Table) {
        rowCount += chunk.rowCount
        for (index, column) in chunk.columns.enumerated() { columns[index].append(column) }
    }

    /// All rows.
    var table: Table {
        Table(schema: schema, rowCount: rowCount, firstRow: firstRow, columns: columns)
    }
}

extension Column {
    // The old value is cleared before an array is changed, so that it grows in place.

    fileprivate mutating func reserveCapacity(_ count: Int) {
        switch values {
        case .numeric(var numbers):
            values = .text([])
            numbers.reserveCapacity(count)
            values = .numeric(numbers)
        case .categorical(var codes, let levels):
            values = .text([])
            codes.reserveCapacity(count)
            values = .categorical(codes: codes, levels: levels)
        case .text(var texts):
            values = .text([])
            texts.reserveCapacity(count)
            values = .text(texts)
        }
    }

    fileprivate mutating func append(_ other: Column) {
        switch (values, other.values) {
        case (.numeric(var numbers), .numeric(let more)):
            values = .text([])
            numbers += more
            values = .numeric(numbers)
        case (.categorical(var codes, _), .categorical(let more, let levels)):
            values = .text([])
            codes += more
            values = .categorical(codes: codes, levels: levels)
        case (.text(var texts), .text(let more)):
            values = .text([])
            texts += more
            values = .text(texts)
        default: preconditionFailure("the chunks of a reader have the same columns")
        }
    }
}
