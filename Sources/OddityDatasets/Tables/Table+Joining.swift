extension Table {
    /// The rows of all tables, one table after the other.
    ///
    /// Tables must have the same columns in the same order; levels of categories are matched by
    /// their text.
    ///
    /// - Throws: ``DatasetError`` if there is no table, or columns differ in name or kind.
    public static func joining(_ tables: [Table]) throws -> Table {
        guard let first = tables.first else {
            throw DatasetError(.incompatibleTables, "no tables to join; give at least one")
        }
        let columns = try first.columns.indices.map { index in
            try joinedColumn(index, of: tables, like: first)
        }
        return Table(
            schema: first.schema,
            rowCount: tables.reduce(0) { $0 + $1.rowCount },
            firstRow: first.firstRow,
            columns: columns
        )
    }

    private static func joinedColumn(
        _ index: Int,
        of tables: [Table],
        like first: Table
    ) throws(DatasetError) -> Column {
        let name = first.columns[index].name
        let parts = tables.map { $0.columns.indices.contains(index) ? $0.columns[index] : nil }
        let count = tables.reduce(0) { $0 + $1.rowCount }
        for (table, part) in zip(tables, parts) {
            guard let part, part.name == name, part.kind == first.columns[index].kind,
                table.columns.count == first.columns.count
            else {
                throw DatasetError(
                    .incompatibleTables,
                    "column \(quoted(name)) is not the same in all tables; give them the same"
                        + " columns, in the same order and of the same kinds"
                )
            }
        }
        let columns = parts.compactMap { $0 }
        switch first.columns[index].values {
        case .numeric:
            var numbers: [Double] = []
            numbers.reserveCapacity(count)
            for column in columns { numbers += column.numbers ?? [] }
            return Column(name, numbers)
        case .categorical:
            return joinedCategories(name, columns, count: count)
        case .text:
            return Column(name, text: columns.flatMap { $0.texts ?? [] })
        }
    }

    private static func joinedCategories(
        _ name: String,
        _ columns: [Column],
        count: Int
    ) -> Column {
        var joined: [Int32] = []
        joined.reserveCapacity(count)
        var levels: [String] = []
        var numbers: [String: Int32] = [:]
        for column in columns {
            guard case .categorical(let codes, let own) = column.values else { continue }
            let translated = own.map { level -> Int32 in
                if let number = numbers[level] { return number }
                let number = Int32(levels.count)
                numbers[level] = number
                levels.append(level)
                return number
            }
            for code in codes { joined.append(code < 0 ? -1 : translated[Int(code)]) }
        }
        return Column(name: name, values: .categorical(codes: joined, levels: levels))
    }
}
