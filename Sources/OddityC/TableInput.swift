internal import COddityInterface
internal import OddityDatasets
internal import OddityLinearAlgebra

/// What errors call a table in memory.
let memoryName = "data in memory"

/// The most columns of a table, and its most rows: beyond, a count is an error of the caller.
private let columnLimit = 1 << 24
private let rowLimit = 1 << 48

/// The rows of a table that a program in C gives.
///
/// - Throws: ``InvalidArgument`` and `DatasetError` for columns that cannot be read.
func source(
    _ table: UnsafePointer<oddity_table>?,
    _ options: ReadingOptions = ReadingOptions()
) throws -> MemorySource {
    guard let table = table?.pointee else { throw InvalidArgument("the table is NULL; give one") }
    guard table.row_count <= rowLimit, table.column_count <= columnLimit else {
        throw InvalidArgument("the table has more rows or columns than any memory holds")
    }
    guard table.column_count > 0, let columns = table.columns else {
        throw InvalidArgument("the table has no columns; give at least one")
    }
    let rowCount = Int(table.row_count)
    return try MemorySource(
        name: memoryName,
        columns: try (0..<Int(table.column_count)).map {
            try column(columns + $0, index: $0, rowCount: rowCount)
        },
        rowCount: rowCount,
        options: options
    )
}

/// The rows of a table to fit to.
///
/// - Throws: as the other, and ``InvalidArgument`` for options that cannot be used.
func source(
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: FitConfiguration
) throws -> MemorySource {
    var categories: [String] = []
    if let table = table?.pointee, let columns = table.columns,
        table.column_count <= columnLimit
    {
        for column in UnsafeBufferPointer(start: columns, count: Int(table.column_count))
        where column.flags & Int32(ODDITY_CATEGORIES) != 0 {
            categories.append(try text(column.name, "the name of a column"))
        }
    }
    return try source(table, configuration.readingOptions(categories: categories))
}

private func column(
    _ pointer: UnsafePointer<oddity_column>,
    index: Int,
    rowCount: Int
) throws -> MemoryColumn {
    let column = pointer.pointee
    let name = try text(column.name, "the name of column \(index + 1)")
    func invalid(_ flaw: String) -> InvalidArgument {
        InvalidArgument("column \(quoted(name)): \(flaw)")
    }
    let isText = [ODDITY_UTF8, ODDITY_LARGE_UTF8].contains(Int(column.type))
    guard column.values != nil || (isText ? column.text_size == 0 : rowCount == 0) else {
        throw invalid("its values are NULL; give \(rowCount)")
    }
    // Where there are no rows or no bytes of text, nothing is read from any address.
    let base = column.values ?? UnsafeRawPointer(pointer)
    func stride(of size: Int) -> Int { column.stride == 0 ? size : column.stride }
    let values: MemoryColumn.Values
    switch Int(column.type) {
    case ODDITY_FLOAT64: values = .float64(base, stride: stride(of: 8))
    case ODDITY_FLOAT32: values = .float32(base, stride: stride(of: 4))
    case ODDITY_INT64: values = .int64(base, stride: stride(of: 8))
    case ODDITY_UTF8, ODDITY_LARGE_UTF8:
        guard let offsets = column.offsets ?? (rowCount == 0 ? base : nil) else {
            throw invalid("its offsets are NULL; give one more than rows")
        }
        values = .text(
            base.assumingMemoryBound(to: UInt8.self),
            Int(column.type) == ODDITY_UTF8
                ? .narrow(offsets.assumingMemoryBound(to: Int32.self))
                : .wide(offsets.assumingMemoryBound(to: Int64.self))
        )
    default: throw invalid("its type is \(column.type); give ODDITY_FLOAT64 or another of them")
    }
    return try MemoryColumn(
        name: name,
        values: values,
        validity: column.validity,
        rowCount: rowCount,
        textSize: Int(clamping: column.text_size)
    )
}

/// The number of threads that a program asks for; 0 is one for each core.
func threads(_ count: Int32) throws(InvalidArgument) -> Int {
    guard 0...4_096 ~= count else {
        throw InvalidArgument(
            "the number of threads is \(count); give 1 to 4096, or 0 for one a core"
        )
    }
    return count == 0 ? Parallel.availableThreadCount : Int(count)
}
