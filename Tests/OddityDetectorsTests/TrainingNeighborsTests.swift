import OddityDatasets
import OddityLinearAlgebra
import OddityModelFiles
import OddityPlatform
import OddityPreprocessing
import Testing

@testable import OddityDetectors

@Suite struct TrainingNeighborsTests {
    private func prepared(_ table: Table) throws -> (TablePreparer, Matrix) {
        let preparer = try TablePreparation().fitted(to: table)
        return (preparer, try preparer.applied(to: table).features)
    }

    @Test func ranksBecomeNormalQuantiles() throws {
        let values: [Double] = [1, 2, 2, 3, 3, 3, 3, 1000]
        let (preparer, features) = try prepared(
            Table(columns: [
                Column("a", values),
                Column("b", categories: ["x", "y", "x", "y", "x", "y", "x", "y"]),
            ])
        )
        let scores = NormalScores(features, rows: Array(0..<8), preparer: preparer)
        var found = [Float](repeating: 0, count: features.elements.count)
        features.withUnsafeElements { elements in
            found.withUnsafeMutableBufferPointer { found in
                guard let source = elements.baseAddress, let target = found.baseAddress else {
                    return
                }
                scores.write(source, rowCount: 8, to: target)
            }
        }
        let width = features.columnCount
        // Middle ranks of eight values: 1/16 and 15/16 of the ends, 2/8 of the two, 5/8 of the four.
        let expected: [Float] = [
            -1.5341206, -0.67448974, -0.67448974, 0.31863937, 0.31863937, 0.31863937, 0.31863937,
            1.5341206,
        ]
        for (row, value) in expected.enumerated() {
            #expect(abs(found[row * width] - value) < 1e-5)
        }
        for row in 0..<8 {
            for feature in 1..<width {
                #expect(found[row * width + feature] == features[row, feature])
            }
        }
    }

    @Test func valuesBeyondTheEndsGoOnAndValuesBetweenAreInterpolated() {
        let curve = NormalScores.Curve(ValueRanks(sorted: [0, 0, 1, 2, 3, 3]))
        var found = [Float](repeating: 0, count: 4)
        let values: [Float] = [-10, 0.5, 1, 13]
        curve.write(values, rowCount: 4, stride: 1, to: &found)
        let deviation = Float(1.5833333).squareRoot()
        #expect(abs(found[0] - (curve.quantiles[0] - 10 / deviation)) < 1e-5)
        #expect(abs(found[1] - (curve.quantiles[0] + curve.quantiles[1]) / 2) < 1e-6)
        #expect(found[2] == curve.quantiles[1])
        #expect(abs(found[3] - (curve.quantiles[3] + 10 / deviation)) < 1e-5)
    }

    @Test func eachOfFewRowsIsAsFarAsIfOnlyTheOthersHadBeenLearned() throws {
        var stream = RandomStream(seed: 3, use: .sampling)
        let count = 60
        func column(_ name: String, _ value: (Double) -> Double) -> Column {
            let values = (0..<count).map { _ in
                value(Double((stream.uniform() * 1_000).rounded(.down)))
            }
            return Column(name, values)
        }
        let table = try Table(columns: [
            column("even") { $0 },
            column("skewed") { $0 * $0 * $0 },
            column("ties") { ($0 / 250).rounded() },
            column("nearly one value") { $0 < 20 ? $0 : 500 },
            Column("level", categories: (0..<count).map { "abc".map(String.init)[$0 * $0 % 3] }),
        ])
        let (preparer, features) = try prepared(table)
        let rows = Array(0..<count)
        for threadCount in [1, 3] {
            let measured = MeasuredNeighbors(
                features,
                rows: rows,
                preparer: preparer,
                seed: 1,
                threadCount: threadCount
            )
            for row in rows {
                let others = TrainingNeighbors(
                    features,
                    rows: rows.filter { $0 != row },
                    preparer: preparer,
                    seed: 1
                )
                let alone = features.rows(at: [row])
                let expected = others.logDistances(of: alone, threadCount: 1)[0]
                #expect(abs(measured.logDistances[row] - expected) < 1e-3)
            }
        }
    }

    /// The others keep their scores and their deviation; what is learned without the row are the ends.
    @Test(
        arguments: [
            [1, 2], [3, 3], [1, 1, 2], [1, 2, 2], [1, 2, 3], [0, 0, 1, 1], [5, 5, 5, 7],
            [-4, 0, 0, 1, 2.5, 2.5, 3, 90], [-900, -2, -1, 0, 0.5, 4], [0, 1, 1, 1, 1, 1, 8],
        ] as [[Float]]
    )
    func aRowAmongOthersIsPlacedLikeANewOne(_ sorted: [Float]) throws {
        let ranks = ValueRanks(sorted: sorted)
        for row in sorted.indices {
            var others = sorted
            others.remove(at: row)
            var curve = NormalScores.Curve(ValueRanks(sorted: others))
            curve.quantiles = try curve.values.map {
                Float(ranks.quantile(try #require(ranks.index(of: $0))))
            }
            curve.deviation = ranks.deviation
            var expected: Float = 0
            curve.write([sorted[row]], rowCount: 1, stride: 1, to: &expected)
            let index = try #require(ranks.index(of: sorted[row]))
            let found = ranks.scoreAmongOthers(sorted[row], at: index)
            #expect(abs(found - expected) <= 1e-5 * max(1, abs(expected)), "row \(row)")
        }
    }

    @Test func manyValuesAreThinnedAndKeepTheirEnds() {
        let curve = NormalScores.Curve(ValueRanks(sorted: (0..<20_000).map { Float($0) }))
        #expect(curve.values.count <= NormalScores.knotLimit)
        #expect(curve.values.first == 0 && curve.values.last == 19_999)
        #expect(zip(curve.quantiles, curve.quantiles.dropFirst()).allSatisfy(<))
    }

    @Test func theNearestRowIsFoundAmongManyBlocks() throws {
        let (preparer, features) = try prepared(Samples.normal(rows: 1300, seed: 3))
        let measured = MeasuredNeighbors(
            features,
            rows: Array(0..<1300),
            preparer: preparer,
            seed: 1,
            threadCount: 2
        )
        let references = measured.neighbors.references
        let found = measured.neighbors.logDistances(
            ofScores: references,
            excluding: Array(0..<1300),
            threadCount: 2
        )
        for row in [0, 5, 511, 512, 1299] {
            var least = Double.infinity
            for other in 0..<1300 where other != row {
                let pairs = zip(references.row(row), references.row(other))
                least = min(least, pairs.reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) })
            }
            let found = exp(found[row])
            #expect(abs(found - least.squareRoot()) < 1e-4 * max(1, least))
        }
    }

    @Test func aModelHoldsRowsUnlessToldNotTo() throws {
        var detector = Samples.autoencoder
        let table = try Samples.normal(rows: 60, seed: 1)
        let with = try detector.fitted(to: table)
        detector.storesRows = false
        let without = try detector.fitted(to: table)
        #expect(with.storedRowCount == 60)
        #expect(without.storedRowCount == 0)
        func names(_ detector: FittedTableDetector) throws -> [String] {
            try ModelArchive(decoding: detector.encoded()).tensors.map(\.name)
                .filter { $0.contains("neighbor") }
        }
        #expect(try names(with).count == 5)
        #expect(try names(without).isEmpty)
        #expect(try with.scores(of: table) != without.scores(of: table))
        try checkDetector(detector)
    }

    @Test func categoriesAloneAreCompared() throws {
        let levels = (0..<80).map { ["a", "b", "c"][$0 * $0 % 3] }
        let other = (0..<80).map { ["p", "q"][$0 / 3 % 2] }
        let table = try Table(columns: [
            Column("x", categories: levels), Column("y", categories: other),
        ])
        let detector = try Samples.autoencoder.fitted(to: table)
        let archive = try ModelArchive(decoding: detector.encoded())
        #expect(try FittedTableDetector(archive).scores(of: table) == detector.scores(of: table))
    }
}
