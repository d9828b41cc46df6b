import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityPreprocessing
import OdditySeries
import Testing

/// Columns and values that are not as they should be.
@Suite struct SeriesFlawTests {
    private let training: Table
    private let table: Table
    private let detector: FittedSeriesDetector

    init() throws {
        training = try SeriesFlawTests.labelled(Machine(steps: 150, seed: 1))
        table = try SeriesFlawTests.labelled(Machine(steps: 60, seed: 2))
        detector = try SeriesSamples.quick().fitted(to: training)
    }

    /// With a column that never changes, and categories.
    private static func labelled(_ machine: Machine) throws -> Table {
        try machine.table()
            .with(Column("version", [Double](repeating: 3, count: machine.stepCount)))
            .with(Column("mode", categories: machine.channels[0].map { $0 > 0 ? "up" : "down" }))
            .with(
                Column("site", categories: [String?](repeating: "north", count: machine.stepCount))
            )
    }

    /// The table with another value in one row.
    private func changed(_ name: String, _ row: Int, _ value: Double) throws -> Table {
        var numbers = try #require(table[name]?.numbers)
        numbers[row] = value
        return try table.with(Column(name, numbers))
    }

    @Test(arguments: ["version", "mode", "site"])
    func whatTrainingNeverSawIsOdd(name: String) throws {
        let scores = try detector.scores(of: table, reasonCount: 1)
        let odd: Table
        if name == "version" {
            odd = try changed(name, 30, 3.5)
        } else {
            var texts = (0..<60).map { row in
                if case .category(let text)? = table[name]?.cellValue(at: row) { text } else { "" }
            }
            texts[30] = "unheard of"
            odd = try table.with(Column(name, categories: texts))
        }
        for sizes in [[60], [1]] {
            let found = try detector.scores(of: odd, chunks: sizes, reasonCount: 1)
            #expect(found[..<30] == scores[..<30])
            let before = try #require(scores[30].score)
            let after = try #require(found[30].score)
            #expect(after.score > before.score + 0.3 && after.pValue < before.pValue)
            #expect(found[30].reasons.first?.column == name)
            // A constant is watched, and not averaged; what happened to it fades.
            guard name != "mode" else { continue }
            let excess = zip(found, scores).dropFirst(31).map { found, scored in
                (found.score?.score ?? 0) - (scored.score?.score ?? 0)
            }
            #expect(excess.allSatisfy { $0 >= 0 } && excess.last == 0)
            #expect(
                excess[0] > 0
                    && zip(found, scores).allSatisfy { $0.reasons.count == $1.reasons.count }
            )
        }
    }

    @Test func missingValuesAreFilledWithTheLastOnesForAWhile() throws {
        let options = SeriesOptions(fillLimit: 2)
        let detector = try SeriesSamples.quick().fitted(to: training, options: options)
        var (held, gone) = (try #require(table["heat"]?.numbers), [Double]())
        gone = held
        for row in 20...21 { (held[row], gone[row]) = (held[19], .nan) }
        let holding = try detector.scores(of: table.with(Column("heat", held)))
        let missing = try detector.scores(of: table.with(Column("heat", gone)))
        #expect(missing.values == holding.values && missing.values.compactMap(\.self).count == 54)

        gone[22] = .nan
        gone[23] = .nan
        let broken = try detector.scores(of: table.with(Column("heat", gone)))
        #expect(broken[..<22] == missing[..<22])
        #expect(broken[22...23].allSatisfy { $0.state == .missingValues && $0.score == nil })
        // What follows begins anew, and is scored at once.
        #expect(broken[24...].allSatisfy { $0.state == .usable && $0.score != nil })
    }

    @Test func otherColumnsAreNobodysConcern() throws {
        let scores = try detector.scores(of: table)
        let more = try table.with(Column("label", [Double](repeating: .nan, count: 60)))
            .with(Column("other", [Double](repeating: .infinity, count: 60)))
        #expect(try detector.scores(of: more) == scores)
        // Nor is the order, even from one chunk to the next.
        let turned = try Table(columns: more.columns.reversed())
        var scorer = SeriesScorer(detector)
        let first = try scorer.scores(of: more.rows(0..<25))
        #expect(try first + scorer.scores(of: turned.rows(25..<60)) == scores)
    }

    @Test func rowsThatDoNotFitAreRefusedAsAWhole() throws {
        var scorer = SeriesScorer(detector)
        let first = try scorer.scores(of: table.rows(0..<20))
        let rest = table.rows(20..<60)
        let few = try Table(columns: rest.columns.filter { $0.name != "heat" })
        #expect(throws: PreparationError.missingColumns(["heat"])) { try scorer.scores(of: few) }
        let texts = [String?](repeating: "hot", count: 40)
        #expect(throws: PreparationError.wrongKind(column: "heat", expected: "numbers")) {
            try scorer.scores(of: rest.with(Column("heat", categories: texts)))
        }
        let infinite = try changed("heat", 33, -.infinity)
        #expect(throws: PreparationError.notFinite(column: "heat", row: 14)) {
            try scorer.scores(of: infinite.rows(20..<60))
        }
        #expect(try first + scorer.scores(of: rest) == detector.scores(of: table))
    }

    @Test func aLackingColumnOfTimesIsNamed() throws {
        let timed = try SeriesSamples.quick().fitted(
            to: Machine(steps: 80, seed: 1).table(seconds: Array(0..<80)),
            options: SeriesSamples.timed
        )
        let error = #expect(throws: SeriesError.self) { try timed.scores(of: table) }
        #expect(error?.code == .unknownColumn && error?.message.contains("time") == true)
    }

    /// The row is the one of the table, though steps are counted otherwise.
    @Test func infiniteNumbersInTrainingAreNamed() throws {
        let twin = try SeriesSamples.twoMachines(steps: 75, seed: 1)
        var speed = try #require(twin["speed"]?.numbers)
        speed[100] = .infinity
        #expect(throws: PreparationError.notFinite(column: "speed", row: 101)) {
            try SeriesSamples.quick().fitted(
                to: twin.with(Column("speed", speed)),
                options: SeriesSamples.timedMachines
            )
        }
    }

    @Test func hugeNumbersAreOddAndNoMore() throws {
        for value in [1e300, -1e300, 1e9] {
            let scores = try detector.scores(of: changed("heat", 30, value))
            let found = scores.compactMap(\.score)
            #expect(found.count == 54 && found.allSatisfy { $0.score.isFinite })
            #expect(try #require(scores[30].score?.pValue) < 0.1)
        }
    }

    @Test func aConstantSeriesIsRefused() {
        #expect(throws: PreparationError.noUsableColumns) {
            try SeriesSamples.quick().fitted(
                to: Table(columns: [Column("x", [Double](repeating: 4, count: 100))])
            )
        }
    }

    @Test func aSeriesThatChangesOnceIsFitted() throws {
        let values = (0..<100).map { $0 < 90 ? 1.0 : 2.0 }
        let table = try Table(columns: [Column("x", values)])
        let scores = try SeriesSamples.quick().fitted(to: table).scores(of: table)
        #expect(scores.compactMap(\.score).allSatisfy { $0.score.isFinite && $0.error.isFinite })
        #expect(scores.compactMap(\.score).count == 94)
    }

    @Test(arguments: SeriesNetwork.Kind.allCases)
    func oneChannelIsEnough(kind: SeriesNetwork.Kind) throws {
        let table = try Table(columns: [Column("x", Machine(steps: 120, seed: 1).channels[0])])
        let detector = try SeriesSamples.quick(kind).fitted(to: table)
        let scores = try detector.scores(of: table, reasonCount: 5)
        #expect(scores[6...].allSatisfy { $0.reasons.map(\.column) == ["x"] })
        #expect(scores[6...].allSatisfy { $0.reasons[0].share == 1 })
    }

    @Test func manyChannelsAreFitted() throws {
        var stream = RandomStream(seed: 3, use: .sampling)
        let columns = (0..<300).map { column in
            Column("c\(column)", (0..<100).map { _ in Double(stream.uniform()) })
        }
        var configuration = SeriesSamples.quick(.dense)
        configuration.windowLength = 2
        configuration.epochs = 1
        let table = try Table(columns: columns)
        let detector = try configuration.fitted(to: table, threadCount: 2)
        let scores = try detector.scores(of: table, reasonCount: 500)
        #expect(scores[2...].allSatisfy { $0.score?.score.isFinite == true })
        #expect(scores[50].reasons.count == 300)
    }

    @Test func noRowsGetNoScores() throws {
        var scorer = SeriesScorer(detector)
        #expect(try scorer.scores(of: table.rows(0..<0)).isEmpty)
        #expect(try scorer.scores(of: table) == detector.scores(of: table))
    }
}
