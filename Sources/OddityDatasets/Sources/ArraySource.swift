internal import OddityArrays
internal import OddityFiles

/// The rows of an array of one or two dimensions in an `.npy` or `.npz` file, also `.npy.gz`.
///
/// Its columns are `column1`, `column2`, … as in a file without names; all are numbers, and NaN is a missing value.
final class ArraySource: TableSource {
    let path: String
    let columnNames: [String]
    let extraColumns: [String] = []
    let notes: [String] = []
    private let options: ReadingOptions
    private let array: ArrayFile
    private let rowCount: Int
    private var nextRow = 0
    /// The columns that are read, each with its place in the array.
    private var selected: [(schema: ColumnSchema, place: Int, isText: Bool)] = []
    private var isSelected = false

    /// Names of more columns would take more memory than a hostile file has bytes.
    private static let columnLimit = 100_000
    private static let valueLimit = 4 << 20

    private static let content = ArrayContent(
        dimensions: 1...2,
        name: "rows",
        layout: "1 or 2 dimensions (rows[, columns])",
        number: "value of a row"
    )

    /// Whether a path holds an array of one or two dimensions, or one whose header is wrong.
    static func holdsTable(_ path: String) -> Bool {
        guard path != "-", Folder.kind(of: path) == .file,
            let file = try? InputFile(path: path, requiresRegularFile: true),
            let prefix = try? file.prefix(ForeignFormat.prefixSize),
            let format = ArrayFormat(prefix)
        else { return false }
        if let shape = ArrayFile.shape(path, for: content) { return 1...2 ~= shape.count }
        return format == .npy
    }

    init(path: String, options: ReadingOptions) throws {
        guard !options.speaksOfLines, options.encoding == nil else {
            throw DatasetError(
                .conflictingOptions,
                "options such as --delimiter, --header and --encoding are for text, and this is an array",
                at: DataLocation(file: path)
            )
        }
        array = try ArrayFile.open(path, options: ArrayReadingOptions(content: Self.content)) {
            try Self.check($0.shape, path)
        }
        self.path = path
        self.options = options
        let shape = array.header.shape
        rowCount = shape[0]
        columnNames = (1...(shape.count == 2 ? shape[1] : 1)).map { "column\($0)" }
    }

    func inferSchema() throws -> TableSummary {
        let declarations = try options.declarations(names: columnNames, file: path)
        let pinned = try options.pinnedColumns(names: columnNames, file: path)
        var summaries = [NumberSummary](repeating: NumberSummary(), count: columnNames.count)
        var missing = [Int](repeating: 0, count: columnNames.count)
        nextRow = 0
        while let (count, numbers) = try nextNumbers() {
            try refuseInfinity(numbers)
            for row in 0..<count {
                for column in columnNames.indices {
                    let value = numbers[row * columnNames.count + column]
                    if value.isNaN { missing[column] += 1 } else { summaries[column].add(value) }
                }
            }
        }
        nextRow = 0
        var columns: [ColumnSchema] = []
        var statistics: [ColumnStatistics] = []
        for (index, name) in columnNames.enumerated() {
            let seen = summaries[index]
            let known = declarations[name] == nil ? pinned?[index] : nil
            columns.append(known ?? .ofNumbers(name, declarations[name], count: seen.count))
            statistics.append(
                ColumnStatistics(name: name, seen, missingCount: missing[index])
            )
        }
        return TableSummary(
            file: path,
            format: .array,
            dialect: nil,
            rowCount: rowCount,
            schema: Schema(columns: columns),
            statistics: statistics
        )
    }

    func select(_ schema: Schema, keeping: Set<String>) throws {
        let places = Dictionary(uniqueKeysWithValues: columnNames.enumerated().map { ($1, $0) })
        let wanted = schema.usedColumns.filter { !keeping.contains($0.name) }
        let kept = keeping.sorted().map {
            ColumnSchema(name: $0, kind: .ignored, reason: "kept as text")
        }
        // Columns of other names are in the schema's order, where there are as many.
        let hasOwnNames = (wanted + kept).allSatisfy { places[$0.name] != nil }
        let byOrder = Dictionary(
            schema.columns.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let found = hasOwnNames || schema.columns.count != columnNames.count ? places : byOrder
        let missing = (wanted + kept).map(\.name).filter { found[$0] == nil }
        guard missing.isEmpty else {
            throw DatasetError(
                .missingColumns,
                "missing column\(missing.count == 1 ? "" : "s") \(listedNames(missing)); the array has"
                    + " \(columnNames.count), called column1, column2, …",
                at: DataLocation(file: path)
            )
        }
        selected = wanted.compactMap { column in found[column.name].map { (column, $0, false) } }
        selected += kept.compactMap { column in found[column.name].map { (column, $0, true) } }
        nextRow = 0
        isSelected = true
    }

    func nextChunk() throws -> Table? { try nextTable(keepingInfinities: false) }

    func nextParts(keepingInfinities: Bool) throws -> [TablePart]? {
        try nextTable(keepingInfinities: keepingInfinities).map { [.rows($0)] }
    }

    func readAll() throws -> Table {
        var chunks: [Table] = []
        while let chunk = try nextChunk() { chunks.append(chunk) }
        return try Table.joining(chunks)
    }

    private func nextTable(keepingInfinities: Bool) throws -> Table? {
        if !isSelected { try select(try inferSchema().schema, keeping: []) }
        let first = nextRow
        guard let (count, numbers) = try nextNumbers() else { return nil }
        if !keepingInfinities { try refuseInfinity(numbers, firstRow: first) }
        let width = columnNames.count
        let columns = selected.map { column, place, isText in
            let values = (0..<count).map { numbers[$0 * width + place] }
            if !isText, column.kind == .numeric { return Column(column.name, values) }
            let texts = values.map { value in value.isNaN ? nil : Self.text(of: value) }
            return isText
                ? Column(column.name, text: texts) : Column(column.name, categories: texts)
        }
        return Table(
            schema: Schema(columns: selected.map(\.schema)),
            rowCount: count,
            firstRow: first,
            columns: columns
        )
    }

    /// Numbers row by row, and how many rows they are; nil at the end.
    private func nextNumbers() throws -> (count: Int, numbers: [Double])? {
        guard nextRow < rowCount else { return nil }
        let width = columnNames.count
        let limit = max(1, min(options.rowsPerChunk, Self.valueLimit / width))
        let count = min(limit, rowCount - nextRow)
        let rowSize = width * array.header.element.byteCount
        var bytes = [UInt8](repeating: 0, count: count * rowSize)
        try bytes.withUnsafeMutableBytes { try array.read(into: $0, at: nextRow * rowSize) }
        nextRow += count
        return (count, bytes.withUnsafeBytes { array.header.element.doubles($0) })
    }

    private func refuseInfinity(_ numbers: [Double], firstRow: Int? = nil) throws {
        guard let wrong = numbers.firstIndex(where: \.isInfinite) else { return }
        let width = columnNames.count
        let first = firstRow ?? nextRow - numbers.count / width
        throw DatasetError(
            .infiniteNumber,
            "the number is infinite; correct it, or write NaN for a missing value",
            at: DataLocation(
                file: path,
                row: first + wrong / width + 1,
                column: columnNames[wrong % width]
            )
        )
    }

    private static func text(of number: Double) -> String {
        Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    private static func check(_ shape: [Int], _ path: String) throws(ArrayError) {
        let text = shape.map(String.init).joined(separator: ", ")
        guard shape.count == 1 || shape.count == 2, shape.allSatisfy({ $0 > 0 }) else {
            throw ArrayError(
                .invalidShape,
                "the array of shape (\(text)) is no table; save one of shape (rows, columns)",
                file: path
            )
        }
        guard shape.count == 1 || shape[1] <= columnLimit else {
            throw ArrayError(
                .invalidShape,
                "the shape (\(text)) has more than \(columnLimit) columns; save it as (rows, columns)",
                file: path
            )
        }
    }
}
