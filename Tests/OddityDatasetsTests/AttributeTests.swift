import OddityDatasets
import TestSupport
import Testing

@Suite("Tables whose columns are named in lines of their own")
struct AttributeTests {
    private let opening = """
        % Sources: none
        @RELATION pumps

        @attribute 'flow rate' NUMERIC
        @attribute site {north,south}
        @ATTRIBUTE load real
        @DATA

        """

    @Test("the attributes of ARFF name the columns, and comments are no rows")
    func readsNames() throws {
        let rows = "1.5,north,3\n% a comment\n2.5,south,?\n"
        let summary = try summarize(opening + rows)
        #expect(summary.schema.names == ["flow rate", "site", "load"])
        #expect(
            summary.notes
                == [
                    "2 comment lines left out",
                    "the columns are named by the attributes of the ARFF file",
                ]
        )
        let table = try readTable(opening + rows)
        #expect(table["flow rate"] == Column("flow rate", [1.5, 2.5]))
        #expect(table["load"]?.numbers?[0] == 3)
        #expect(table["load"]?.numbers?[1].isNaN == true)
    }

    @Test("columns are found by their names, in any order")
    func findsColumns() throws {
        let folder = try TemporaryFolder()
        let reader = try TableReader(path: folder.write(opening + "1.5,north,3\n"))
        let columns = ["load", "flow rate"].map {
            ColumnSchema(name: $0, kind: .numeric, reason: "")
        }
        try reader.select(Schema(columns: columns))
        #expect(try reader.nextChunk()?["load"]?.numbers == [3])
        #expect(reader.extraColumns == ["site"])
    }

    @Test("a row of other length is an error with its line")
    func refusesRaggedRows() throws {
        let folder = try TemporaryFolder()
        let path = folder.write(opening + "1.5,north,3\n1.5,north\n")
        do {
            _ = try TableReader(path: path).inferSchema()
            Issue.record("a row of two fields was read")
        } catch let error as DatasetError {
            #expect(error.location?.line == 9)
            #expect(error.message.hasPrefix("expected 3 fields, found 2"))
        }
    }

    @Test("many attributes are names too, and other lines with such words are none")
    func readsOnlyAttributes() throws {
        let many = (0..<200).map { "@attribute a\($0) numeric\n" }.joined()
        let row = (0..<200).map { "\($0)" }.joined(separator: ",")
        let wide = try summarize("@relation wide\n" + many + "@data\n" + row + "\n")
        #expect(wide.schema.names.count == 200)
        #expect(wide.schema.names.last == "a199")
        #expect(
            try summarize("@relation,@data\n1,2\n3,4\n").schema.names == ["@relation", "@data"]
        )
    }
}
