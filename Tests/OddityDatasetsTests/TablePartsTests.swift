import OddityDatasets
import TestSupport
import Testing

@Suite("Tables in parts")
struct TablePartsTests {
    private let rowCount = 20_000

    private func check(_ parts: TableParts) throws {
        var next = 0
        try parts.forEach { part, firstRow in
            #expect(firstRow == next)
            #expect(part["x"]?.numbers?.first == Double(next) * 1.5)
            #expect(part.rowCount < rowCount)
            next += part.rowCount
        }
        #expect(next == rowCount)
    }

    @Test("are those of one in memory, or of one that is read")
    func haveAllRows() throws {
        let folder = try TemporaryFolder()
        let text = "x,y\n" + (0..<rowCount).map { "\(Double($0) * 1.5),\($0 % 7)\n" }.joined()
        let source = try TableFormats.open(folder.write(text))
        let schema = try source.inferSchema().schema
        try source.select(schema)
        try check(TableParts(of: source))
        try source.select(schema)
        let table = try source.readAll()
        try check(TableParts(table))
        let sample = TableSample(of: table, at: [3, 5, 8])
        try check(TableParts(of: sample, in: source, schema))
        try check(TableParts(of: TableSample(table), in: source, schema))
    }
}
