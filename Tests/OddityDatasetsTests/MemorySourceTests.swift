import OddityDatasets
import TestSupport
import Testing

@Suite("Columns in memory")
struct MemorySourceTests {
    private let numbers: [Double]
    private let counts: [Int64]
    private let texts: [String?]
    private let bytes: [UInt8]
    private let offsets: [Int32]
    private let validity: [UInt8]
    private let rowCount = 9_000

    init() {
        let rows = 0..<rowCount
        numbers = rows.map { $0 % 100 == 7 ? .nan : Double($0) / 3 }
        counts = rows.map { Int64($0 % 5) }
        let texts = rows.map {
            $0 % 50 == 9 ? nil : ["red", "a \"blue\", one", "line\nend"][$0 % 3]
        }
        self.texts = texts
        bytes = texts.flatMap { Array(($0 ?? "").utf8) }
        offsets = texts.reduce(into: [0]) {
            $0.append($0[$0.count - 1] + Int32(($1 ?? "").utf8.count))
        }
        var validity = [UInt8](repeating: 0xFF, count: (rowCount + 7) / 8)
        for row in rows where texts[row] == nil { validity[row >> 3] &= ~(1 << (row & 7)) }
        self.validity = validity
    }

    /// Calls `body` with a column of each kind, of all rows.
    private func withColumns<Result>(_ body: ([MemoryColumn]) throws -> Result) throws -> Result {
        try numbers.withUnsafeBytes { numbers in
            try counts.withUnsafeBytes { counts in
                try bytes.withUnsafeBufferPointer { bytes in
                    try offsets.withUnsafeBufferPointer { offsets in
                        try validity.withUnsafeBufferPointer { validity in
                            func column(
                                _ name: String,
                                _ values: MemoryColumn.Values,
                                _ validity: UnsafePointer<UInt8>? = nil
                            ) throws -> MemoryColumn {
                                try MemoryColumn(
                                    name: name,
                                    values: values,
                                    validity: validity,
                                    rowCount: rowCount,
                                    textSize: bytes.count
                                )
                            }
                            return try body([
                                column("x", .float64(#require(numbers.baseAddress), stride: 8)),
                                column(
                                    "level",
                                    .text(
                                        #require(bytes.baseAddress),
                                        .narrow(#require(offsets.baseAddress))
                                    ),
                                    validity.baseAddress
                                ),
                                column("count", .int64(#require(counts.baseAddress), stride: 8)),
                            ])
                        }
                    }
                }
            }
        }
    }

    private func source(
        _ columns: [MemoryColumn],
        _ options: ReadingOptions = ReadingOptions()
    ) throws -> MemorySource {
        try MemorySource(name: "memory", columns: columns, rowCount: rowCount, options: options)
    }

    @Test("are a table of the same values, in chunks and whole")
    func haveTheirValues() throws {
        try withColumns { columns in
            let source = try source(columns)
            let summary = try source.inferSchema()
            #expect(summary.schema.columns.map(\.kind) == [.numeric, .categorical, .numeric])
            #expect(summary.rowCount == rowCount)
            #expect(summary.statistics.map(\.missingCount) == [90, 180, 0])
            try source.select(summary.schema)
            let whole = try source.readAll()
            #expect(whole.columns.map(\.name) == ["x", "level", "count"])
            #expect(whole.columns[0] == Column("x", numbers))
            #expect(whole.columns[1].texts == texts)
            #expect(whole.columns[2] == Column("count", counts.map(Double.init)))
            try source.select(summary.schema)
            var chunks: [Table] = []
            while let chunk = try source.nextChunk() { chunks.append(chunk) }
            #expect(chunks.count == 3)
            #expect(chunks.map(\.firstRow) == [0, 4_096, 8_192])
            #expect(try Table.joining(chunks).columns[1].texts == texts)
            #expect(try Table.joining(chunks).columns[0] == whole.columns[0])
        }
    }

    @Test("are used as the options say")
    func followOptions() throws {
        try withColumns { columns in
            let options = ReadingOptions(ignoredColumns: ["level"], categoricalColumns: ["count"])
            let source = try source(columns, options)
            let summary = try source.inferSchema()
            #expect(summary.schema.columns.map(\.kind) == [.numeric, .ignored, .categorical])
            try source.select(summary.schema)
            let table = try source.readAll()
            #expect(table.columns.map(\.name) == ["x", "count"])
            #expect(table.columns[1].texts?.prefix(6) == ["0", "1", "2", "3", "4", "0"])
            #expect(throws: DatasetError.self) {
                _ = try self.source(columns, ReadingOptions(ignoredColumns: ["lefel"]))
                    .inferSchema()
            }
        }
    }

    @Test("are found by name, and what is missing is named")
    func areFoundByName() throws {
        try withColumns { columns in
            let source = try source(columns)
            let wanted = Schema(columns: [
                ColumnSchema(name: "count", kind: .numeric),
                ColumnSchema(name: "x", kind: .numeric),
            ])
            try source.select(wanted)
            #expect(source.extraColumns == ["level"])
            #expect(try source.readAll().columns.map(\.name) == ["count", "x"])
            let lacking = Schema(columns: [ColumnSchema(name: "levels", kind: .categorical)])
            let error = #expect(throws: DatasetError.self) { try source.select(lacking) }
            #expect(error?.code == .missingColumns)
            #expect(error?.message.contains("did you mean \"level\"?") == true)
        }
    }

    @Test("of texts that are numbers are read by their notation, and a stray text is a bad row")
    func readsTextsAsNumbers() throws {
        let texts = ["1,5", "2,5", "oops", "-", "4,5"]
        let bytes = Array(texts.joined().utf8)
        let offsets = texts.reduce(into: [Int64(0)]) {
            $0.append($0[$0.count - 1] + Int64($1.utf8.count))
        }
        try bytes.withUnsafeBufferPointer { bytes in
            try offsets.withUnsafeBufferPointer { offsets in
                let column = try MemoryColumn(
                    name: "load",
                    values: .text(
                        #require(bytes.baseAddress),
                        .wide(#require(offsets.baseAddress))
                    ),
                    validity: nil,
                    rowCount: texts.count,
                    textSize: bytes.count
                )
                let source = try MemorySource(name: "memory", columns: [column], rowCount: 5)
                var notation = NumberNotation()
                notation.decimalMark = .comma
                let schema = ColumnSchema(name: "load", kind: .numeric, notation: notation)
                try source.select(Schema(columns: [schema]))
                var rows: [Double] = []
                var problems: [String] = []
                while let parts = try source.nextParts(keepingInfinities: true) {
                    for part in parts {
                        switch part {
                        case .rows(let table): rows += table["load"]?.numbers ?? []
                        case .bad(let row): problems.append("\(row.error)")
                        }
                    }
                }
                #expect(rows.map { $0.isNaN ? 0 : $0 } == [1.5, 2.5, 0, 4.5])
                #expect(problems.count == 1)
                #expect(problems.first?.hasPrefix("memory: row 3: column \"load\"") == true)
            }
        }
    }

    @Test("with offsets that lead out of their texts are refused")
    func refusesWrongOffsets() throws {
        for offsets: [Int32] in [[0, 3, 2], [0, 1, 9], [-1, 1, 2]] {
            try bytes.withUnsafeBufferPointer { bytes in
                try offsets.withUnsafeBufferPointer { offsets in
                    let base = try #require(bytes.baseAddress)
                    let starts = try #require(offsets.baseAddress)
                    #expect(throws: DatasetError.self) {
                        try MemoryColumn(
                            name: "level",
                            values: .text(base, .narrow(starts)),
                            validity: nil,
                            rowCount: 2,
                            textSize: 4
                        )
                    }
                }
            }
        }
    }

    @Test("may be any bytes apart, and of 32 bits")
    func readsStrides() throws {
        let pairs: [Float] = [1, 10, 2, 20, 3, 30]
        try pairs.withUnsafeBytes { bytes in
            let base = try #require(bytes.baseAddress)
            let columns = [
                try MemoryColumn(
                    name: "a",
                    values: .float32(base, stride: 8),
                    validity: nil,
                    rowCount: 3
                ),
                try MemoryColumn(
                    name: "b",
                    values: .float32(base + 20, stride: -8),
                    validity: nil,
                    rowCount: 3
                ),
            ]
            let source = try MemorySource(name: "memory", columns: columns, rowCount: 3)
            let table = try source.readAll()
            #expect(table["a"]?.numbers == [1, 2, 3])
            #expect(table["b"]?.numbers == [30, 20, 10])
        }
    }

    @Test("with infinite numbers are refused, unless they are wanted")
    func refusesInfinities() throws {
        let numbers: [Double] = [1, .infinity]
        try numbers.withUnsafeBytes { bytes in
            let column = try MemoryColumn(
                name: "x",
                values: .float64(#require(bytes.baseAddress), stride: 8),
                validity: nil,
                rowCount: 2
            )
            let source = try MemorySource(name: "memory", columns: [column], rowCount: 2)
            let error = #expect(throws: DatasetError.self) { try source.inferSchema() }
            #expect(error?.code == .infiniteNumber)
            #expect(error?.location?.row == 2)
            try source.select(Schema(columns: [ColumnSchema(name: "x", kind: .numeric)]))
            let parts = try #require(try source.nextParts(keepingInfinities: true))
            #expect(parts.count == 1)
        }
    }

    @Test("numbers that are no measurements are told as in a file, where columns have names")
    func tellsIdentifiersAndTimes() throws {
        let rowCount = 300
        let rows = 0..<rowCount
        let columns: [(name: String, numbers: [Double])] = [
            ("id", rows.map { Double(1_000 + $0) }),
            ("order_no", rows.map { Double($0 * 3 + 5) }),
            ("year", rows.map { Double(2020 + $0 / 100) }),
            ("epoch", rows.map { 1_700_000_000 + Double($0) * 3_600.5 }),
            ("created", rows.map { Double(20_240_101 + $0 % 28) }),
            ("shop_id", rows.map { Double($0 % 7) }),
            ("count", rows.map { Double($0 * 31 % 11) }),
            ("load", rows.map { Double($0 * 37 % 101) / 4 }),
            ("rising", rows.map { Double($0) / 7 }),
        ]
        func kinds(_ names: [String]) throws -> [ColumnSchema] {
            let memory = columns.flatMap(\.numbers)
            return try memory.withUnsafeBytes { bytes in
                let base = try #require(bytes.baseAddress)
                return try MemorySource(
                    name: "memory",
                    columns: names.enumerated().map { index, name in
                        try MemoryColumn(
                            name: name,
                            values: .float64(base + index * rowCount * 8, stride: 8),
                            validity: nil,
                            rowCount: rowCount
                        )
                    },
                    rowCount: rowCount
                ).inferSchema().schema.columns
            }
        }
        let folder = try TemporaryFolder()
        let lines = rows.map { row in
            columns.map { _, numbers in
                Int64(exactly: numbers[row]).map { "\($0)" } ?? "\(numbers[row])"
            }.joined(separator: ",")
        }
        let text = columns.map(\.name).joined(separator: ",") + "\n" + lines.joined(separator: "\n")
        let file = try TableReader(path: folder.write(text)).inferSchema().schema.columns

        let found = try kinds(columns.map(\.name))
        #expect(found == file)
        #expect(found.map(\.kind).filter { $0 == .ignored }.count == 5)
        #expect(found.first { $0.name == "shop_id" }?.kind == .categorical)
        // A matrix has no names, and no identifiers.
        let matrix = try kinds((1...columns.count).map { "column\($0)" })
        #expect(matrix.allSatisfy { $0.kind == .numeric })
    }
}
