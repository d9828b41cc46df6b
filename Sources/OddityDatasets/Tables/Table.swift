/// Rows of typed columns: a chunk of a file, or a table built in memory.
public struct Table: Equatable, Sendable {
    /// The columns' names and kinds, in the order of ``columns``.
    public let schema: Schema
    /// The number of rows.
    public let rowCount: Int
    /// The index in the file of the first row, counted from 0.
    public let firstRow: Int
    /// The columns.
    public let columns: [Column]
    /// Where the columns of a wide table are; nil for one of few columns, which are found as fast.
    private let places: [String: Int]?

    /// Creates a table of columns.
    ///
    /// - Parameters:
    ///   - columns: The columns.
    ///   - timeColumns: The names of columns of text that hold dates or times, of which the hour, the weekday and the
    ///     month are used; without it they are kept and not used.
    /// - Throws: ``DatasetError`` if the columns differ in length, two have the same name, or there is no column of text
    ///   of a name.
    public init(columns: [Column], timeColumns: Set<String> = []) throws {
        try self.init(checking: columns, timeColumns)
    }

    private init(
        checking columns: [Column],
        _ timeColumns: Set<String>
    ) throws(DatasetError) {
        let texts = columns.filter { $0.kind == .ignored }.map(\.name)
        if let unknown = timeColumns.subtracting(texts).sorted().first {
            throw DatasetError(
                .unknownColumn,
                "no column of text \(nameWithNearMatches(unknown, in: texts)) with times; the columns of text are "
                    + listedNames(texts)
            )
        }
        var seen: Set<String> = []
        for column in columns {
            guard seen.insert(column.name).inserted else {
                throw DatasetError(
                    .duplicateColumn,
                    "two columns are named \(quoted(column.name)); rename one of them"
                )
            }
            guard column.count == columns[0].count else {
                throw DatasetError(
                    .unequalColumns,
                    "column \(quoted(column.name)) has \(column.count) values and column"
                        + " \(quoted(columns[0].name)) \(columns[0].count); give all the same"
                        + " number"
                )
            }
        }
        let schema = Schema(
            columns: columns.map {
                ColumnSchema(
                    name: $0.name,
                    kind: timeColumns.contains($0.name) ? .time : $0.kind,
                    reason: "built in memory"
                )
            }
        )
        self.init(
            schema: schema,
            rowCount: columns.first?.count ?? 0,
            firstRow: 0,
            columns: columns
        )
    }

    /// Creates a table of columns already known to agree.
    package init(schema: Schema, rowCount: Int, firstRow: Int, columns: [Column]) {
        self.schema = schema
        self.rowCount = rowCount
        self.firstRow = firstRow
        self.columns = columns
        places =
            columns.count > 64
            ? Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first } : nil
    }

    /// The column of a name, or nil if there is none.
    public subscript(name: String) -> Column? {
        guard let places else { return columns.first { $0.name == name } }
        return places[name].map { columns[$0] }
    }
}
