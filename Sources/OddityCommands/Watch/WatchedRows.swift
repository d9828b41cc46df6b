internal import OddityDatasets
internal import OddityDetectors
internal import OddityFailures
internal import OddityRecords

/// How the rows of a stream are written, found out from its first line.
struct WatchedRows {
    let format: RowDecoder.Format
    /// The columns of rows without a header, in their order; the model's otherwise.
    let schema: Schema
    private let keeping: Set<String>

    /// Finds out how rows are written; nil while the first line is not complete.
    ///
    /// - Parameters:
    ///   - start: the bytes that have come.
    ///   - isWhole: whether no more will come.
    init?(
        _ start: [UInt8],
        isWhole: Bool,
        for detector: FittedSeriesDetector,
        _ options: ReadingOptions,
        path: String
    ) throws {
        keeping = Set(detector.keyColumns)
        guard start.count >= 4 || isWhole else { return nil }
        if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            throw MisplacedFile(
                description: "\(shownPath(path)): this is zstd, and rows are read as they come; "
                    + "unpack it on the way: zstdcat FILE | oddity watch MODEL -"
            )
        }
        if start.starts(with: [0x1F, 0x8B]) {
            throw MisplacedFile(
                description: "\(shownPath(path)): this is gzip, and rows are read as they come; "
                    + "unpack it on the way: zcat FILE | oddity watch MODEL -"
            )
        }
        var text = start[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        text = text.drop { $0 <= UInt8(ascii: " ") && $0 != CSVDialect.tab }
        if options.format == .jsonLines
            || options.format == nil && text.first == UInt8(ascii: "{")
        {
            (format, schema) = (.jsonLines, detector.requiredSchema)
            return
        }
        let line = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard isWhole || line.count < text.count || text.count > 1 << 20 else { return nil }
        let delimiters = options.delimiter.map { [$0] } ?? CSVDialect.knownDelimiters
        let lines = delimiters.map { (delimiter: $0, fields: Self.fields(line, $0)) }
        let needed = detector.keyColumns + detector.requiredSchema.names
        let named = lines.contains { line in
            needed.allSatisfy {
                JoinedColumn.names(for: $0, in: line.fields).allSatisfy(line.fields.contains)
            }
        }
        let hasNames = options.hasHeader ?? named
        let unnamed =
            hasNames ? nil : Self.unnamed(lines, needed, isSure: options.hasHeader == false)
        if unnamed == nil, options.hasHeader == false {
            throw MisplacedFile(
                description: "\(shownPath(path)): rows without names need the "
                    + "\(counted(needed.count, "column")) of the model in their order: "
                    + needed.map { printable($0) }.joined(separator: ", ")
            )
        }
        if let (delimiter, names) = unnamed {
            format = .delimited(CSVDialect(delimiter: delimiter, hasHeader: false))
            let columns = detector.requiredSchema.columns
            schema = Schema(
                columns: names.map { name in
                    columns.first { $0.name == name }
                        ?? ColumnSchema(name: name, kind: .ignored, reason: "not used")
                }
            )
        } else {
            format = .delimited(options.delimiter.map { CSVDialect(delimiter: $0) })
            schema = detector.requiredSchema
        }
    }

    /// How rows were written before a stop.
    init(_ input: WatchState.Input, for detector: FittedSeriesDetector) {
        keeping = Set(detector.keyColumns)
        format = input.isJSON ? .jsonLines : .delimited(nil)
        schema = detector.requiredSchema
    }

    var isJSON: Bool { format == .jsonLines }

    func decoder(_ options: ReadingOptions, path: String) -> RowDecoder {
        RowDecoder(
            schema: schema,
            keeping: keeping,
            format: format,
            missingTokens: options.missingTokens,
            name: path
        )
    }

    /// The names of columns of a first line that has values and no names: those of places, or those that
    /// the model needs, where they are as many as the fields.
    private static func unnamed(
        _ lines: [(delimiter: UInt8, fields: [String])],
        _ needed: [String],
        isSure: Bool
    ) -> (UInt8, [String])? {
        for (delimiter, fields) in lines
        where isSure || fields.contains(where: { Double($0) != nil }) {
            let places = fields.indices.map { "column\($0 + 1)" }
            if Set(needed).isSubset(of: places) { return (delimiter, places) }
            if needed.count == fields.count { return (delimiter, needed) }
        }
        return nil
    }

    private static func fields(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> [String] {
        line.split(separator: delimiter, omittingEmptySubsequences: false).map { field in
            let text = String(decoding: field, as: UTF8.self)
            var inner = text[...]
            while let first = inner.first, first == " " || first == "\"" { inner.removeFirst() }
            while let last = inner.last, last == " " || last == "\"" { inner.removeLast() }
            return String(inner)
        }
    }
}
