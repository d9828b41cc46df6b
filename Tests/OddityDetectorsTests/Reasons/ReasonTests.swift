import Foundation
import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityModelFiles
import OddityPreprocessing
import Testing

/// Which columns are named as reasons, and what was expected there.
@Suite struct ReasonTests {
    static let rowCount = 300

    /// Numbers that are independent, related linearly, and related along a curve; a category that two of them follow; one
    /// that may be missing; one that never changes.
    static func table(rows: Int, seed: UInt64) throws -> Table {
        var stream = RandomStream(seed: seed, use: .sampling)
        var draws = [Float](repeating: 0, count: rows * 8)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        func column(_ make: (_ draw: (Int) -> Double) -> Double) -> [Double] {
            (0..<rows).map { row in make { Double(draws[8 * row + $0]) } }
        }
        func level(_ x: Double) -> Double { x < -0.4 ? -1 : x < 0.4 ? 0 : 1 }
        return try Table(columns: [
            Column("alone", column { 20 + 5 * $0(0) }),
            Column("first", column { $0(1) }),
            Column("second", column { 2 * $0(1) + 0.1 * $0(2) }),
            Column("bent", column { $0(1) * $0(1) + 0.1 * $0(3) }),
            Column("seldom", column { $0(4) > 1 ? .nan : 10 + $0(5) }),
            Column("high", column { 5 * level($0(6)) + 0.5 * $0(7) }),
            Column("low", column { -5 * level($0(6)) + 0.5 * $0(5) }),
            Column(
                "kind",
                categories: column { level($0(6)) }.map {
                    $0 < 0 ? "cold" : $0 > 0 ? "hot" : "warm"
                }
            ),
            Column("fixed", [Double](repeating: 3, count: rows)),
        ])
    }

    static let fitted = Result {
        try Samples.autoencoder.fitted(to: table(rows: rowCount, seed: 1))
    }

    /// New rows with one column changed.
    private func reasons(
        changing name: String,
        rows: Int = 40,
        count: Int = 3,
        _ make: (Int, CellValue) -> CellValue
    ) throws -> [Verdict] {
        let table = try Self.table(rows: rows, seed: 2)
        let changed = try Table(
            columns: table.columns.map { column in
                guard column.name == name else { return column }
                let cells = (0..<rows).map { make($0, column.cellValue(at: $0)) }
                if column.numbers != nil {
                    return Column(
                        name,
                        cells.map { if case .number(let x) = $0 { x } else { Double.nan } }
                    )
                }
                return Column(
                    name,
                    categories: cells.map { if case .category(let x) = $0 { x } else { nil } }
                )
            }
        )
        return try Self.fitted.get().verdicts(of: changed, reasonCount: count)
    }

    @Test(arguments: [1, 3]) func onlyFlaggedRowsHaveReasonsWhereThatIsAsked(threads: Int) throws {
        let table = try Self.table(rows: 150, seed: 3)
        var numbers = try #require(table["alone"]?.numbers)
        for row in stride(from: 0, to: 150, by: 13) { numbers[row] = 1e6 }
        let changed = try Table(
            columns: table.columns.map { $0.name == "alone" ? Column("alone", numbers) : $0 }
        )
        let detector = try Self.fitted.get()
        let all = try detector.verdicts(of: changed, reasonCount: 2, threadCount: threads)
        let flagged = try detector.verdicts(
            of: changed,
            reasonCount: 2,
            reasonsFor: .flagged,
            threadCount: threads
        )
        #expect(all.contains(where: \.isAnomaly) && all.count == flagged.count)
        for (row, other) in zip(all, flagged) {
            if row.isAnomaly {
                #expect(other == row)
            } else {
                #expect(other.score == row.score && !other.isAnomaly && other.reasons.isEmpty)
            }
        }
    }

    @Test(arguments: ["alone", "first", "second", "bent", "seldom", "high", "low"])
    func valuesFarOutsideComeFirst(name: String) throws {
        for sign in [-1.0, 1] {
            let rows = try reasons(changing: name) { _, _ in .number(sign * 1e6) }
            for row in rows {
                #expect(row.reasons.first?.column == name)
                #expect(row.reasons.first?.actual == .number(sign * 1e6))
                #expect(row.reasons.first.map { $0.share > 0.5 } == true)
            }
        }
    }

    @Test func expectedIsWhatTheOthersSuggest() throws {
        let table = try Self.table(rows: 40, seed: 2)
        let first = try #require(table["first"]?.numbers)
        let second = try reasons(changing: "second") { _, _ in .number(50) }
        let bent = try reasons(changing: "bent") { _, _ in .number(50) }
        for row in 0..<40 {
            guard case .number(let value) = second[row].reasons[0].expected,
                case .number(let square) = bent[row].reasons[0].expected
            else {
                Issue.record("expected numbers")
                return
            }
            #expect(abs(value - 2 * first[row]) < 0.5)
            // Three hinges are no parabola.
            if abs(first[row]) < 2 { #expect(abs(square - first[row] * first[row]) < 0.7) }
        }
    }

    @Test func brokenCurvesAreNamed() throws {
        let bent = try reasons(changing: "bent", count: 1) { row, actual in
            guard case .number(let value) = actual else { return actual }
            return .number(value < 1 ? value + 2 : value - 2)
        }
        #expect(bent.count { $0.reasons.first?.column == "bent" } > 36)
    }

    @Test func aCombinationNamesAllThatDisagree() throws {
        let rows = try reasons(changing: "second") { _, actual in
            guard case .number(let value) = actual else { return actual }
            return .number(value > 0 ? -2 : 2)
        }
        for row in rows {
            let named = Set(row.reasons.map(\.column))
            #expect(named.contains("second") || named.contains("first"))
        }
        #expect(rows.count { $0.reasons.contains { $0.column == "second" } } > 36)
    }

    @Test func wrongCategoriesAreNamedWithALikelyLevel() throws {
        let actual = try #require(Self.table(rows: 40, seed: 2)["kind"]?.texts)
        let rows = try reasons(changing: "kind") { row, _ in
            .category(actual[row] == "hot" ? "cold" : "hot")
        }
        var likely = 0
        for (row, kind) in zip(rows, actual) {
            let reason = try #require(row.reasons.first { $0.column == "kind" })
            #expect(reason.expectedProbability.map { (0.3...1).contains($0) } == true)
            if reason.expected == .category(kind ?? "") { likely += 1 }
        }
        // Where numbers that disagree are named too, the level follows from neither.
        #expect(likely >= 38)
    }

    @Test func whatTrainingNeverHeldComesFirst() throws {
        let unseen = try reasons(changing: "kind") { _, _ in .category("purple") }
        let missing = try reasons(changing: "alone") { _, _ in .missing }
        let changed = try reasons(changing: "fixed") { _, _ in .number(4) }
        for row in 0..<40 {
            #expect(unseen[row].reasons.first?.column == "kind")
            #expect(unseen[row].reasons.first?.actual == .category("purple"))
            #expect(missing[row].reasons.first?.column == "alone")
            #expect(missing[row].reasons.first?.actual == .missing)
            #expect(changed[row].reasons.first?.column == "fixed")
            #expect(changed[row].reasons.first?.expected == .number(3))
        }
    }

    @Test func whatIsAsExpectedIsNoReason() throws {
        let table = try Self.table(rows: 200, seed: 3)
        let rows = try Self.fitted.get().verdicts(of: table, reasonCount: 99)
        for row in rows {
            #expect(row.reasons.allSatisfy { $0.actual.description != $0.expected.description })
            #expect(!row.reasons.contains { $0.column == "fixed" })
            #expect(row.reasons.reduce(0) { $0 + $1.share } < 1 + 1e-9)
            #expect(Set(row.reasons.map(\.column)).count == row.reasons.count)
        }
    }

    /// A row that alone has a missing cell would be explained by it, whatever it holds elsewhere.
    @Test func whatASingleRowHoldsExplainsNothing() throws {
        var stream = RandomStream(seed: 5, use: .sampling)
        var draws = [Float](repeating: 0, count: 120)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        let values = draws.map(Double.init)
        var (x, y) = (Array(values[..<60]), zip(values, values[60...]).map { $0 + 0.3 * $1 })
        (x[17], y[17]) = (.nan, 9)
        let table = try Table(columns: [Column("x", x), Column("y", y)])
        let found = try Samples.autoencoder.findings(in: table, reasonCount: 1)
        let reason = try #require(found.verdicts[17].reasons.first)
        #expect(reason.column == "y")
        guard case .number(let expected) = reason.expected else {
            Issue.record("a number is expected")
            return
        }
        #expect(abs(expected) < 1, "near the mean, as nothing is known of x")
    }

    @Test func severalOddColumnsAreAllNamed() throws {
        let table = try Self.table(rows: 20, seed: 4)
        let changed = try Table(
            columns: table.columns.map { column in
                ["alone", "second"].contains(column.name)
                    ? Column(column.name, (column.numbers ?? []).map { _ in 400 }) : column
            }
        )
        for row in try Self.fitted.get().verdicts(of: changed, reasonCount: 3) {
            #expect(Set(row.reasons.prefix(2).map(\.column)) == ["alone", "second"])
        }
    }

    @Test func counterfactualsAreChecked() throws {
        let detector = try Self.fitted.get()
        let rows = try reasons(changing: "alone") { _, _ in .number(200) }
        let table = try Self.table(rows: 40, seed: 2)
        #expect(rows.count { $0.counterfactual != nil } > 30)
        for (index, row) in rows.enumerated() {
            guard let counterfactual = row.counterfactual else { continue }
            #expect(detector.decisionRule.isAnomaly(row.score))
            let replaced = row.reasons.prefix(counterfactual.reasonCount)
            let one = table.selecting(rows: [index])
            let normal = try Table(
                columns: one.columns.map { column in
                    guard let reason = replaced.first(where: { $0.column == column.name }) else {
                        return column
                    }
                    switch reason.expected {
                    case .number(let value): return Column(column.name, [value])
                    case .category(let level): return Column(column.name, categories: [level])
                    case .time: return column
                    case .missing: return Column(column.name, [Double.nan])
                    }
                }
            )
            let score = try detector.scores(of: normal)[0]
            #expect(score == counterfactual.score)
            #expect(!detector.decisionRule.isAnomaly(score))
        }
        let usual = try detector.verdicts(of: table, reasonCount: 3)
        #expect(
            usual.allSatisfy {
                $0.counterfactual == nil || detector.decisionRule.isAnomaly($0.score)
            }
        )
    }

    /// In a table of independent normal numbers the changed cell always comes first.
    @Test func oneChangedCellOfAGaussianComesFirst() throws {
        func gaussian(rows: Int, seed: UInt64) -> [[Double]] {
            var stream = RandomStream(seed: seed, use: .sampling)
            var draws = [Float](repeating: 0, count: rows * 4)
            draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
            return (0..<4).map { j in (0..<rows).map { Double(draws[4 * $0 + j]) } }
        }
        func table(_ columns: [[Double]]) throws -> Table {
            try Table(columns: columns.enumerated().map { Column("x\($0)", $1) })
        }
        var autoencoder = Samples.autoencoder
        autoencoder.epochs = 2
        let detector = try autoencoder.fitted(to: table(gaussian(rows: 200, seed: 1)))
        var columns = gaussian(rows: 100, seed: 2)
        for row in 0..<100 { columns[row % 4][row] += row % 8 < 4 ? 10 : -10 }
        let rows = try detector.verdicts(of: table(columns), reasonCount: 2)
        for (index, row) in rows.enumerated() {
            #expect(row.reasons.first?.column == "x\(index % 4)")
        }
    }

    /// How numbers are scaled for the network says nothing about which of them are odd.
    @Test func scalesOfNumbersDoNotMatter() throws {
        let training = try Self.table(rows: 200, seed: 1)
        var table = try Self.table(rows: 12, seed: 2)
        table = try Table(
            columns: table.columns.map {
                $0.name == "second" ? Column("second", ($0.numbers ?? []).map { _ in 60 }) : $0
            }
        )
        for scaling in [ScalingMethod.none, .minMax, .robust] {
            var autoencoder = Samples.autoencoder
            autoencoder.epochs = 1
            autoencoder.preparation.scaling = scaling
            let rows = try autoencoder.fitted(to: training)
                .verdicts(of: table, reasonCount: 1)
            #expect(rows.allSatisfy { $0.reasons.first?.column == "second" })
        }
    }

    /// A file of the first releases has no expectations; its reasons are shares of the residual.
    @Test func filesWithoutExpectationsAreExplainedByTheirResiduals() throws {
        let detector = try Self.fitted.get()
        let archive = try ModelArchive(decoding: detector.encoded())
        let old = try ModelArchive(
            manifest: archive.manifest,
            tensors: archive.tensors.filter { !$0.name.hasPrefix("expectations.") }
        )
        #expect(old.tensors.count < archive.tensors.count)
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try old.write(to: path)
        let restored = try FittedTableDetector(reading: path)
        let table = try Self.table(rows: 20, seed: 4)
        let rows = try restored.verdicts(of: table, reasonCount: 99)
        #expect(try detector.scores(of: table) == rows.map(\.score))
        for row in rows {
            #expect(row.reasons.reduce(0) { $0 + $1.share } < 1 + 1e-9)
            #expect(row.reasons.allSatisfy { $0.actual.description != $0.expected.description })
        }
    }

    /// Tables that are too wide for a covariance keep shares of the residual.
    @Test func wideTablesAreExplainedByTheirResiduals() throws {
        let columns = (0..<513).map { j in
            Column("x\(j)", (0..<12).map { Double((7 * $0 + j) % 12) })
        }
        var autoencoder = Samples.autoencoder
        autoencoder.epochs = 1
        autoencoder.folds = 2
        let detector = try autoencoder.fitted(to: Table(columns: columns))
        let archive = try ModelArchive(decoding: detector.encoded())
        #expect(!archive.tensors.contains { $0.name.hasPrefix("expectations.") })
        let rows = try detector.verdicts(of: Table(columns: columns), reasonCount: 3)
        #expect(rows.allSatisfy { $0.reasons.count == 3 })
    }
}
