import OddityDatasets
import TestSupport
import Testing

@Suite("A schema that was decided before")
struct PinnedSchemaTests {
    private let text = "id,kind,load\n" + (1...30).map { "\($0),\($0 % 3),\($0)\n" }.joined()

    private func summary(_ schema: Schema, _ more: (inout ReadingOptions) -> Void = { _ in }) throws
        -> TableSummary
    {
        var options = ReadingOptions(schema: schema)
        more(&options)
        return try summarize(text, options: options)
    }

    @Test("takes the place of what would be found out; other columns are left out")
    func pins() throws {
        let schema = Schema(columns: [
            ColumnSchema(name: "id", kind: .numeric),
            ColumnSchema(name: "kind", kind: .categorical),
        ])
        let found = try summary(schema).schema
        #expect(found.columns.map(\.kind) == [.numeric, .categorical, .ignored])
        #expect(
            found.columns.map(\.reason) == [
                "as in the schema", "as in the schema", "not in the schema",
            ]
        )
        #expect(try summary(schema).concerns.isEmpty)
    }

    @Test("an option overrules it")
    func yieldsToOptions() throws {
        let schema = Schema(columns: [ColumnSchema(name: "kind", kind: .categorical)])
        let found = try summary(schema) { $0.numericColumns = ["kind"] }
        #expect(found.schema["kind"]?.kind == .numeric)
    }

    @Test("a column of it that is not there is an error")
    func refusesMissing() throws {
        let schema = Schema(columns: [
            ColumnSchema(name: "flow", kind: .numeric), ColumnSchema(name: "gone", kind: .ignored),
        ])
        #expect(
            try errorReading(text, options: ReadingOptions(schema: schema))?.description
                == "data.csv: missing column \"flow\" of the schema; the file has \"id\", \"kind\", \"load\""
        )
    }

    @Test("a value that contradicts it is an error with its place")
    func refusesContradiction() throws {
        let schema = Schema(columns: [ColumnSchema(name: "load", kind: .numeric)])
        let error = try errorReading(text + "31,0,n/x\n", options: ReadingOptions(schema: schema))
        #expect(error?.code == .notANumber)
        #expect(
            error?.location == DataLocation(file: "data.csv", line: 32, row: 31, column: "load")
        )
    }

    @Test("all but names and kinds may be left out of the file")
    func decodes() throws {
        let json = #"{"columns": [{"name": "a", "kind": "numeric"}]}"#
        #expect(
            try decoded(Schema.self, from: Array(json.utf8))
                == Schema(columns: [ColumnSchema(name: "a", kind: .numeric)])
        )
    }
}
