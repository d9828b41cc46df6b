import OddityDatasets

@testable import OddityRecords

/// The reader of `--schema`, and the reading of rows by what it gives.
enum SchemaFuzzing {
    private static let rows = Array("a,b,c\n1,x,2024-10-01\n\"1.234,5\",y,\n$3,,20241001\n".utf8)

    static func run(_ bytes: [UInt8]) {
        guard let schema = SchemaFile.decode(bytes) else { return }
        FuzzFile.with(rows) { path in
            guard let (table, _) = try? Table.reading(path: path, options: .init(schema: schema))
            else { return }
            precondition(
                table.columns.allSatisfy { $0.count == table.rowCount },
                "columns differ in length"
            )
        }
    }
}
