/// The names of a file's columns, no two of them alike.
struct ColumnNames {
    /// A name for each column.
    private(set) var names: [String] = []
    /// The names that stand more than once in the first record, in order, with what the later ones are called.
    private(set) var renamed: [(name: String, others: [String])] = []

    /// Takes the names of the first record, or `column1`, `column2`, … where there is none.
    ///
    /// A name that stands there again is followed by the next number that is free: `load`, `load 2`, `load 3`.
    ///
    /// - Parameter renames: Whether that is done; where names can be chosen, as in a query, it is refused instead.
    init(
        _ firstRecord: [String],
        hasHeader: Bool,
        renames: Bool = true,
        at location: DataLocation
    ) throws(DatasetError) {
        let written = firstRecord.enumerated().map { index, field in
            hasHeader && !field.isEmpty ? field : "column\(index + 1)"
        }
        let reserved = Set(written)
        var counts: [String: Int] = [:]
        var places: [String: Int] = [:]
        for (index, name) in written.enumerated() {
            if hasHeader, name.unicodeScalars.contains("\u{FFFD}") {
                throw DatasetError(
                    .invalidUTF8,
                    "the name of column \(index + 1) is not valid UTF-8; save the file as UTF-8, or give --encoding windows-1252 or latin1",
                    at: location
                )
            }
            guard var count = counts[name] else {
                counts[name] = 1
                names.append(name)
                continue
            }
            guard renames else {
                throw DatasetError(
                    .duplicateColumn,
                    "columns \((written.firstIndex(of: name) ?? 0) + 1) and \(index + 1) are both named"
                        + " \(quoted(name)); rename one of them",
                    at: location
                )
            }
            repeat { count += 1 } while reserved.contains("\(name) \(count)")
            counts[name] = count
            names.append("\(name) \(count)")
            if places[name] == nil {
                places[name] = renamed.count
                renamed.append((name, []))
            }
            renamed[places[name] ?? 0].others.append("\(name) \(count)")
        }
    }

    /// What was renamed, in one line; nil where nothing was.
    var note: String? {
        guard !renamed.isEmpty else { return nil }
        let shown = renamed.prefix(3).map { name, others in
            let name = quoted(name)
            guard let first = others.first, let last = others.last, others.count > 1 else {
                return "\(name) is there twice: the second is called \(quoted(others.first ?? ""))"
            }
            return "\(name) is there \(others.count + 1) times: the others are called"
                + " \(quoted(first)) to \(quoted(last))"
        }
        let rest = renamed.count > 3 ? "; and so are \(renamed.count - 3) more names" : ""
        return shown.joined(separator: "; ") + rest
    }
}
