/// The rows of several files of one schema, one file after the other: those of a folder, or of a pattern.
///
/// Files have the same columns, in any order. How text is written is found out anew for each, but for the delimiter
/// and whether there are names, which are those of the first.
final class TableCollection: TableSource {
    /// The folder or the pattern.
    let path: String
    private(set) var columnNames: [String]
    private(set) var extraColumns: [String] = []
    private let files: [String]
    private let options: ReadingOptions
    private let isJSON: Bool
    private var emptyFiles: [String] = []
    private var notesOfFiles: [String] = []
    private var selection: (schema: Schema, keeping: Set<String>)?
    private var reader: TableReader?
    private var nextFile = 0
    /// The number of rows of the files before the current one, and of those read from it.
    private var rowsBefore = 0
    private var rowsOfFile = 0

    /// Opens each file once, to see that all have the same columns.
    ///
    /// - Throws: ``DatasetError`` naming the first file that has not, or cannot be read.
    init(path: String, files: [String], options: ReadingOptions) throws {
        self.path = path
        var options = options
        var found: (file: String, names: [String])?
        var isJSON = false
        var filled: [String] = []
        for file in files {
            let reader: TableReader
            do {
                reader = try TableReader(path: file, options: options)
            } catch let error as DatasetError where error.code == .emptyFile {
                emptyFiles.append(file)
                continue
            }
            filled.append(file)
            guard let first = found else {
                found = (file, reader.columnNames)
                isJSON = reader.dialect == nil
                options.delimiter = reader.dialect?.delimiter
                options.hasHeader = reader.dialect?.hasHeader
                continue
            }
            guard (reader.dialect == nil) == isJSON else {
                throw DatasetError(
                    .incompatibleTables,
                    "this holds \(isJSON ? "delimited text" : "JSON"), and \(first.file) does not; give files of"
                        + " one kind",
                    at: DataLocation(file: file)
                )
            }
            if !isJSON { try Self.check(reader.columnNames, file, like: first) }
        }
        guard let found else {
            throw DatasetError(.emptyFile, "all files are empty", at: DataLocation(file: path))
        }
        self.files = filled
        self.options = options
        self.isJSON = isJSON
        columnNames = found.names
    }

    private static func check(
        _ names: [String],
        _ file: String,
        like first: (file: String, names: [String])
    ) throws(DatasetError) {
        let lacking = first.names.filter { !Set(names).contains($0) }
        let extra = names.filter { !Set(first.names).contains($0) }
        guard !lacking.isEmpty || !extra.isEmpty else { return }
        let parts = [("without", lacking), ("with", extra)].filter { !$1.isEmpty }
            .map { "\($0) \(listedNames($1))" }
        throw DatasetError(
            .incompatibleTables,
            "the columns differ from those of \(first.file): \(parts.joined(separator: " and "));"
                + " give files of one schema",
            at: DataLocation(file: file)
        )
    }

    var notes: [String] {
        let first = files.first.map(Self.name) ?? ""
        let last = files.last.map(Self.name) ?? ""
        var notes = [
            files.count == 1
                ? "one file, \(first)" : "\(files.count) files, \(first) to \(last)"
        ]
        if let empty = emptyFiles.first {
            notes.append(
                emptyFiles.count == 1
                    ? "an empty file left out: \(Self.name(empty))"
                    : "\(emptyFiles.count) empty files left out, the first \(Self.name(empty))"
            )
        }
        let shown = notesOfFiles + (reader.map(Self.notes) ?? [])
        notes += shown.prefix(4)
        if shown.count > 4 { notes.append("… and \(shown.count - 4) more notes of files") }
        return notes
    }

    private static func notes(of reader: TableReader) -> [String] {
        reader.notes.map { "\(name(reader.path)): \($0)" }
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    func inferSchema() throws -> TableSummary {
        var profiles: [String: ColumnProfile] = [:]
        var rowCount = 0
        notesOfFiles = []
        for file in files {
            let reader = try TableReader(path: file, options: options)
            let names = try reader.namesOfAllRows()
            for name in names where profiles[name] == nil {
                // What the files before lack, their rows lack.
                profiles[name] = ColumnProfile(missingCount: rowCount)
                if !columnNames.contains(name) { columnNames.append(name) }
            }
            var own = names.map { profiles[$0] ?? ColumnProfile() }
            let count = try reader.addRows(to: &own)
            for (name, profile) in zip(names, own) { profiles[name] = profile }
            let given = Set(names)
            for name in columnNames where !given.contains(name) {
                profiles[name]?.addMissing(count)
            }
            rowCount += count
            notesOfFiles += Self.notes(of: reader)
        }
        guard rowCount > 0 else {
            throw DatasetError(
                .noRows,
                "none of the files has data rows; add some",
                at: DataLocation(file: path)
            )
        }
        var summary = try TableSummary(
            file: path,
            format: isJSON ? .jsonLines : .delimited,
            dialect: isJSON
                ? nil
                : CSVDialect(
                    delimiter: options.delimiter ?? CSVDialect.comma,
                    hasHeader: options.hasHeader ?? true
                ),
            rowCount: rowCount,
            names: columnNames,
            profiles: columnNames.map { profiles[$0] ?? ColumnProfile() },
            options: options
        )
        summary.notes = notes
        return summary
    }

    func select(_ schema: Schema, keeping: Set<String>) throws {
        selection = (schema, keeping)
        notesOfFiles = []
        reader = nil
        nextFile = 0
        (rowsBefore, rowsOfFile) = (0, 0)
        try openNext()
        extraColumns = reader?.extraColumns ?? []
    }

    func nextChunk() throws -> Table? {
        if selection == nil { try select(try inferSchema().schema, keeping: []) }
        while let reader {
            if let chunk = try reader.nextChunk() {
                rowsOfFile += chunk.rowCount
                return chunk.following(rowsBefore)
            }
            try openNext()
        }
        return nil
    }

    func nextParts(keepingInfinities: Bool) throws -> [TablePart]? {
        if selection == nil { try select(try inferSchema().schema, keeping: []) }
        while let reader {
            guard let parts = try reader.nextParts(keepingInfinities: keepingInfinities) else {
                try openNext()
                continue
            }
            return parts.map { part in
                switch part {
                case .rows(let chunk):
                    rowsOfFile += chunk.rowCount
                    return .rows(chunk.following(rowsBefore))
                case .bad(let row):
                    rowsOfFile += 1
                    return .bad(BadRow(error: row.error, row: row.row.map { $0 + rowsBefore }))
                }
            }
        }
        return nil
    }

    func readAll() throws -> Table {
        var chunks: [Table] = []
        while let chunk = try nextChunk() { chunks.append(chunk) }
        return try Table.joining(chunks)
    }

    /// Goes on with the next file.
    private func openNext() throws {
        if let reader { notesOfFiles += Self.notes(of: reader) }
        reader = nil
        rowsBefore += rowsOfFile
        rowsOfFile = 0
        guard nextFile < files.count, let selection else { return }
        let next = try TableReader(path: files[nextFile], options: options)
        try next.select(selection.schema, keeping: selection.keeping)
        nextFile += 1
        reader = next
    }
}

extension Table {
    /// The same rows, behind others.
    fileprivate func following(_ count: Int) -> Table {
        count == 0
            ? self
            : Table(
                schema: schema,
                rowCount: rowCount,
                firstRow: firstRow + count,
                columns: columns
            )
    }
}
