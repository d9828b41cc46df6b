import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

/// Categories of more levels than a column has features.
@Suite struct ManyLevelsTests {
    private static let shopCount = 160
    private static let regions = ["north", "east", "south", "west"]

    /// Shops, each in one region, with a number that is independent of both.
    private static func table(rows: Int, seed: UInt64) throws -> Table {
        var stream = RandomStream(seed: seed, use: .sampling)
        let shops = (0..<rows).map { $0 < shopCount ? $0 : Int(stream.next() % UInt64(shopCount)) }
        var numbers = [Float](repeating: 0, count: rows)
        numbers.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        return try Table(columns: [
            Column("shop", categories: shops.map { "shop \($0)" }),
            Column("region", categories: shops.map { regions[$0 % regions.count] }),
            Column("amount", numbers.map(Double.init)),
        ])
    }

    private static let fitted = Result {
        var detector = TableDetector()
        detector.hiddenSizes = [64, 16]
        detector.folds = 2
        return try detector.fitted(to: table(rows: 3_200, seed: 1))
    }

    @Test func aShopInAnotherRegionStandsOut() throws {
        let detector = try Self.fitted.get()
        let table = try Self.table(rows: 400, seed: 2)
        let regions = try #require(table["region"]?.texts)
        let moved = try Table(columns: [
            #require(table["shop"]),
            Column("region", categories: regions.map { $0 == "north" ? "south" : "north" }),
            #require(table["amount"]),
        ])
        let normal = try detector.scores(of: table).map(\.score).sorted()
        let verdicts = try detector.verdicts(of: moved, reasonCount: 2)
        let ninth = normal[normal.count * 9 / 10]
        #expect(verdicts.filter { $0.score.score > ninth }.count > 320)
        let named = verdicts.filter { verdict in
            verdict.reasons.contains { ["shop", "region"].contains($0.column) }
        }
        #expect(named.count > 320)
    }

    @Test func theFileKeepsThem() throws {
        let detector = try Self.fitted.get()
        let table = try Self.table(rows: 200, seed: 3)
        let restored = try FittedTableDetector(decoding: detector.encoded())
        #expect(
            try restored.verdicts(of: table, reasonCount: 3)
                == detector.verdicts(of: table, reasonCount: 3)
        )
    }
}
