/// The rows of columns in memory.
///
/// What is a number there is one here, if not a time, an identifier or a code by its name; texts are understood as those of
/// a file: as categories, times, numbers in some notation, or nothing of use. Columns without names of their own
/// (`column1`, `column2`, …) are those of a matrix: all of them are measurements.
package final class MemorySource: TableSource {
    package let path: String
    package let columnNames: [String]
    package private(set) var extraColumns: [String] = []
    package let notes: [String] = []
    private let columns: [String: MemoryColumn]
    private let rowCount: Int
    private let options: ReadingOptions
    /// What reads the columns of texts; nil where there are none.
    private let texts: TableReader?
    private let textNames: [String]
    private var nextRow = 0
    /// The columns that are read, in the order of the schema.
    private var selected: [ColumnSchema] = []
    private var isSelected = false
    private var readsTexts = false

    private static let valueLimit = 4 << 20

    /// - Parameters:
    ///   - name: What errors call the data.
    ///   - columns: The columns, each of `rowCount` rows.
    ///   - options: What should not be found out from the values.
    /// - Throws: ``DatasetError`` for columns that cannot be told apart.
    package init(
        name: String,
        columns: [MemoryColumn],
        rowCount: Int,
        options: ReadingOptions = ReadingOptions()
    ) throws {
        let names = try ColumnNames(
            columns.map(\.name),
            hasHeader: true,
            renames: false,
            at: DataLocation(file: name)
        ).names
        path = name
        columnNames = names
        self.columns = Dictionary(uniqueKeysWithValues: zip(names, columns))
        self.rowCount = rowCount
        self.options = options
        let textColumns = zip(names, columns).filter(\.1.isText)
        let textNames = textColumns.map(\.0)
        self.textNames = textNames
        guard !textColumns.isEmpty, rowCount > 0 else {
            texts = nil
            return
        }
        var number = "#"
        while textNames.contains(number) { number += "#" }
        let reader = try TableReader(
            made: MemoryTexts(
                textColumns.map(\.1),
                names: [number] + textNames,
                rowCount: rowCount
            ),
            path: name,
            options: options.restricted(to: textNames)
        )
        texts = reader
    }

    package func inferSchema() throws -> TableSummary {
        guard rowCount > 0 else { throw noRows() }
        let declarations = try options.declarations(names: columnNames, file: path)
        let pinned = try options.pinnedColumns(names: columnNames, file: path)
        let seen = try texts?.inferSchema()
        var textColumns: [String: (ColumnSchema, ColumnStatistics)] = [:]
        for (column, statistics) in zip(seen?.schema.columns ?? [], seen?.statistics ?? []) {
            textColumns[column.name] = (column, statistics)
        }
        var schemas: [ColumnSchema] = []
        var statistics: [ColumnStatistics] = []
        for (index, name) in columnNames.enumerated() {
            if let (column, values) = textColumns[name] {
                schemas.append(column)
                statistics.append(values)
                continue
            }
            let numbers = try summary(ofNumbersIn: name)
            let found =
                declarations[name] == nil ? pinned?[index] ?? decided(name) : nil
            schemas.append(found ?? .ofNumbers(name, declarations[name], count: numbers.count))
            statistics.append(
                ColumnStatistics(name: name, numbers, missingCount: rowCount - numbers.count)
            )
        }
        nextRow = 0
        return TableSummary(
            file: path,
            format: .array,
            dialect: nil,
            rowCount: rowCount,
            schema: Schema(columns: schemas),
            statistics: statistics
        )
    }

    package func select(_ schema: Schema, keeping: Set<String>) throws {
        let wanted = schema.usedColumns.filter { !keeping.contains($0.name) }
        let kept = keeping.sorted().map {
            ColumnSchema(name: $0, kind: .ignored, reason: "kept as text")
        }
        let missing = (wanted + kept).map(\.name).filter { columns[$0] == nil }
        guard missing.isEmpty else {
            let listed = missing.prefix(12).map { nameWithNearMatches($0, in: columnNames) }
                .joined(separator: ", ")
            let rest = missing.count > 12 ? " and \(missing.count - 12) more" : ""
            throw DatasetError(
                .missingColumns,
                "missing column\(missing.count == 1 ? "" : "s") \(listed)\(rest); the columns are "
                    + listedNames(columnNames),
                at: DataLocation(file: path)
            )
        }
        let isText = Set(textNames)
        let wantedTexts = wanted.filter { isText.contains($0.name) }
        let keptTexts = keeping.intersection(isText)
        readsTexts = texts != nil && !(wantedTexts.isEmpty && keptTexts.isEmpty)
        if readsTexts { try texts?.select(Schema(columns: wantedTexts), keeping: keptTexts) }
        let known = Set(schema.names).union(keeping)
        extraColumns = columnNames.filter { !known.contains($0) }
        selected = wanted + kept
        nextRow = 0
        isSelected = true
    }

    package func nextChunk() throws -> Table? {
        try selectAll()
        guard readsTexts, let texts else { return try nextNumbers(keepingInfinities: false) }
        return try texts.nextChunk().map { try joined($0, keepingInfinities: false) }
    }

    package func nextParts(keepingInfinities: Bool) throws -> [TablePart]? {
        try selectAll()
        guard readsTexts, let texts else {
            return try nextNumbers(keepingInfinities: keepingInfinities).map { [.rows($0)] }
        }
        return try texts.nextParts(keepingInfinities: keepingInfinities)?.map { part in
            guard case .rows(let table) = part else { return part }
            return .rows(try joined(table, keepingInfinities: keepingInfinities))
        }
    }

    package func readAll() throws -> Table {
        try selectAll()
        guard rowCount > 0 else { throw noRows() }
        if readsTexts, let texts {
            return try joined(try texts.readAll(), keepingInfinities: false)
        }
        let first = nextRow
        nextRow = rowCount
        return try table(nil, rows: first..<rowCount, keepingInfinities: false)
    }

    private func selectAll() throws {
        if !isSelected { try select(try inferSchema().schema) }
    }

    private func nextNumbers(keepingInfinities: Bool) throws -> Table? {
        guard nextRow < rowCount else { return nil }
        let limit = max(1, min(options.rowsPerChunk, Self.valueLimit / max(1, selected.count)))
        let rows = nextRow..<min(nextRow + limit, rowCount)
        nextRow = rows.upperBound
        return try table(nil, rows: rows, keepingInfinities: keepingInfinities)
    }

    private func joined(_ texts: Table, keepingInfinities: Bool) throws -> Table {
        let rows = texts.firstRow..<texts.firstRow + texts.rowCount
        return try table(texts, rows: rows, keepingInfinities: keepingInfinities)
    }

    /// The selected columns of some rows.
    ///
    /// - Parameter texts: The columns of text of these rows.
    private func table(_ texts: Table?, rows: Range<Int>, keepingInfinities: Bool) throws -> Table {
        let values = try selected.compactMap { column -> Column? in
            if let read = texts?[column.name] { return read }
            guard let source = columns[column.name] else { return nil }
            switch column.kind {
            case .numeric:
                let numbers = source.numbers(in: rows)
                if !keepingInfinities {
                    try refuseInfinity(numbers, column.name, firstRow: rows.lowerBound)
                }
                return Column(column.name, numbers)
            case .categorical:
                return Column(column.name, categories: source.numberTexts(in: rows))
            case .time, .ignored: return Column(column.name, text: source.numberTexts(in: rows))
            }
        }
        return Table(
            schema: Schema(columns: selected),
            rowCount: rows.count,
            firstRow: rows.lowerBound,
            columns: values
        )
    }

    private func summary(ofNumbersIn name: String) throws -> NumberSummary {
        var summary = NumberSummary()
        var start = 0
        while start < rowCount, let column = columns[name] {
            let rows = start..<min(start + options.rowsPerChunk, rowCount)
            let numbers = column.numbers(in: rows)
            try refuseInfinity(numbers, name, firstRow: start)
            for number in numbers where !number.isNaN { summary.add(number) }
            start = rows.upperBound
        }
        return summary
    }

    /// What a column of numbers is used as if not as numbers; nil for measurements.
    private func decided(_ name: String) -> ColumnSchema? {
        guard hasNames, let profile = columns[name]?.profile(rowCount: rowCount) else { return nil }
        return ColumnDecision(
            name: name,
            profile: profile,
            file: path,
            preference: NotationPreference(options, [])
        ).decideNumbers()
    }

    /// Whether a column has a name of its own.
    private var hasNames: Bool {
        columnNames.enumerated().contains { $1 != "column\($0 + 1)" }
    }

    private func refuseInfinity(_ numbers: [Double], _ name: String, firstRow: Int) throws {
        guard let wrong = numbers.firstIndex(where: \.isInfinite) else { return }
        throw DatasetError(
            .infiniteNumber,
            "the number is infinite; correct it, or write NaN for a missing value",
            at: DataLocation(file: path, row: firstRow + wrong + 1, column: name)
        )
    }

    private func noRows() -> DatasetError {
        DatasetError(.noRows, "there are no rows; give some", at: DataLocation(file: path))
    }
}

extension ReadingOptions {
    /// The same for some of the columns alone.
    fileprivate func restricted(to names: [String]) -> ReadingOptions {
        let known = Set(names)
        var result = self
        result.ignoredColumns.removeAll { !known.contains($0) }
        result.categoricalColumns.removeAll { !known.contains($0) }
        result.numericColumns.removeAll { !known.contains($0) }
        result.calendarColumns.removeAll { !known.contains($0) }
        if let labelColumn, !known.contains(labelColumn) { result.labelColumn = nil }
        result.schema?.columns.removeAll { !known.contains($0.name) }
        return result
    }
}
