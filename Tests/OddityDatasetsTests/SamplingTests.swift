import OddityDatasets
import TestSupport
import Testing

/// SplitMix64 (Steele, Lea and Flood 2014).
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

@Suite("Samples of rows")
struct SamplingTests {
    private let text =
        "x,kind\n" + (0..<500).map { "\(Double($0) * 1.5),\(["a", "b", "c"][$0 % 3])\n" }.joined()

    private func sample(_ count: Int, seed: UInt64 = 1) throws -> TableSample {
        let folder = try TemporaryFolder()
        var options = ReadingOptions(rowsPerChunk: 64)
        options.hasHeader = true
        let source = try TableFormats.open(folder.write(text), options)
        let summary = try source.inferSchema()
        try source.select(summary.schema)
        var dice = Dice(state: seed)
        return try source.readSample(of: count, from: summary.rowCount, using: &dice)
    }

    @Test(
        "have as many rows as were asked for, each once and in order",
        arguments: [1, 20, 64, 499]
    )
    func counts(count: Int) throws {
        let sample = try sample(count)
        let table = sample.rows
        #expect(table.rowCount == count)
        let numbers = try #require(table["x"]?.numbers)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        #expect(sample.positions == numbers.map { Int($0 / 1.5) })
        #expect(sample.tableRowCount == 500 && !sample.isWhole)
        // A row keeps its cells together, whatever the chunk it came with.
        let kinds = try #require(table["kind"]?.texts)
        for (number, kind) in zip(numbers, kinds) {
            #expect(kind == ["a", "b", "c"][Int(number / 1.5) % 3])
        }
    }

    @Test("have all rows where there are no more")
    func takesAll() throws {
        #expect(try sample(500) == sample(9_000))
        #expect(try sample(500).positions == Array(0..<500))
        #expect(try sample(500).isWhole)
    }

    @Test("are the last ones where those are asked for", arguments: [1, 64, 130, 500, 900])
    func last(count: Int) throws {
        let folder = try TemporaryFolder()
        let source = try TableFormats.open(folder.write(text), ReadingOptions(rowsPerChunk: 64))
        let schema = try source.inferSchema().schema
        try source.select(schema)
        let table = try source.readLast(count, of: 500)
        let kept = min(count, 500)
        #expect(table.rowCount == kept && table.firstRow == 500 - kept)
        #expect(table["x"]?.numbers == (500 - kept..<500).map { Double($0) * 1.5 })
    }

    @Test("depend on the seed alone, and take every row as often as any other")
    func isFair() throws {
        #expect(try sample(50, seed: 7) == sample(50, seed: 7))
        #expect(try sample(50, seed: 7) != sample(50, seed: 8))
        var counts = [Int](repeating: 0, count: 5)
        for seed in 0..<60 {
            for number in try #require(try sample(50, seed: UInt64(seed)).rows["x"]?.numbers) {
                counts[Int(number / 1.5) / 100] += 1
            }
        }
        // 600 are expected in each fifth of the file; five standard deviations are 104.
        #expect(counts.allSatisfy { abs($0 - 600) < 104 }, "\(counts)")
    }
}
