import Foundation
import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityNeuralNetworks
import OddityPreprocessing
import OdditySeries
import TestSupport
import Testing

@testable import OddityModelSelection

/// Searches of settings for series.
@Suite struct SeriesSearchTests {
    /// Two waves, a sum of both, and a switch that follows one of them.
    private static func series(rows: Int, seed: UInt64 = 1) throws -> Table {
        var stream = RandomStream(seed: seed, use: .sampling)
        var noise = [Float](repeating: 0, count: 2 * rows)
        noise.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        let a = (0..<rows).map { sin(Double($0) / 5) + 0.05 * Double(noise[2 * $0]) }
        let b = (0..<rows).map { cos(Double($0) / 8) + 0.05 * Double(noise[2 * $0 + 1]) }
        return try Table(columns: [
            Column("a", a), Column("b", b), Column("sum", zip(a, b).map { $0 + $1 }),
            Column("switch", categories: a.map { $0 > 0 ? "on" : "off" }),
        ])
    }

    private static func search() -> Search<SeriesDetector> {
        var base = SeriesDetector()
        base.folds = 2
        base.epochs = 4
        base.windowLength = 8
        base.network.hiddenSizes = [8]
        base.seed = 3
        var search = Search(base)
        search.space.networks = [.averages, .dense]
        search.space.windowLengths = [4, 12]
        search.space.hiddenLayers = [[6], [12]]
        search.space.latentSizes = [2, 8]
        search.space.variants = [.plain]
        search.space.learningRates = [0.003, 0.01]
        search.space.epochs = [9]
        search.trialCount = 6
        return search
    }

    @Test func theResultDoesNotDependOnThreads() throws {
        let table = try Self.series(rows: 200)
        let one = try Self.search().run(on: table)
        let several = try Self.search().run(on: table, threadCount: 3)
        #expect(several.trials == one.trials)
        #expect(several.best == one.best)
        #expect(one.trials.count == 6)
        #expect(one.trials[0].configuration == Self.search().base)
        #expect(one.trials[0].results.map(\.share) == [1])
        #expect(one.best.lastResult?.share == 1)
        // A code of 8 is wider than the layer of 6 before it.
        #expect(
            one.trials.allSatisfy {
                $0.latentSize <= $0.configuration.network.hiddenSizes?.last ?? 0
            }
        )
        let detector = try one.fitted(to: table)
        let anew = try one.best.configuration.fitted(to: table)
        #expect(
            try detector.verdicts(of: table).map(\.?.score)
                == anew.verdicts(of: table).map(\.?.score)
        )
    }

    @Test func everyFoldTellsWhatWasPlanted() throws {
        var search = Self.search()
        search.trialCount = 1
        search.base.epochs = 60
        let result = try search.run(on: try Self.series(rows: 400))
        let separations = try #require(result.best.lastResult).separations
        #expect(separations.count == 2)
        for fold in separations {
            #expect(fold.count == PlantedSeries.changes.count)
            #expect(fold[0] > 0.8, "single values: \(fold)")
            #expect(fold[1] > 0.7, "stretches: \(fold)")
            #expect(fold[2] > 0.5, "noise: \(fold)")
        }
    }

    @Test func labelledRowsChoose() throws {
        let table = try Self.series(rows: 200)
        var labels = [Bool](repeating: false, count: 200)
        var sums = try #require(table["sum"]?.numbers)
        for row in stride(from: 30, to: 200, by: 20) {
            labels[row] = true
            sums[row] += 0.8
        }
        let rows = LabeledRows(
            table: try Table(
                columns: table.columns.map { $0.name == "sum" ? Column("sum", sums) : $0 }
            ),
            labels: labels
        )
        let (validation, test) = try rows.splitByTime(testShare: 0.25)
        #expect(validation.table.rowCount == 150)
        #expect(test.table["sum"]?.numbers == Array(sums[150...]))
        #expect(test.labels == Array(labels[150...]))
        var search = Self.search()
        search.objective = .averagePrecision
        search.strategy = .random
        let result = try search.run(on: table, validation: validation)
        let merits = result.trials.compactMap { $0.lastResult?.validation?.averagePrecision }
        #expect(merits.count == 6)
        #expect(result.best.lastResult?.validation?.averagePrecision == merits.max())
        // Rows at the beginning have no score; here all of the odd ones.
        var early = [Bool](repeating: false, count: 200)
        early[3] = true
        let detector = try result.fitted(to: table)
        #expect(
            throws: SearchError.tooFewLabels(anomalies: 0, normals: 200 - detector.window.steps)
        ) { try LabeledRows(table: table, labels: early).figures(of: detector) }
        #expect(throws: SearchError.tooFewLabels(anomalies: 0, normals: 8)) {
            try rows.splitByTime(testShare: 0.04)
        }
    }

    @Test func windowsAndCodesFollowTheData() throws {
        let space = SeriesSearchSpace()
        let wide = space.resolved(windowLength: 40, stepCount: 10_000, featureCount: 20)
        #expect(wide.windowLengths == [20, 40, 80])
        #expect(wide.latentSizes == [6, 12, 20, 40])
        let short = space.resolved(windowLength: 10, stepCount: 120, featureCount: 1)
        #expect(short.windowLengths == [5, 10])
        #expect(short.latentSizes == [2])
        var asked = SeriesSearchSpace()
        asked.windowLengths = [300]
        asked.latentSizes = [7]
        #expect(asked.resolved(windowLength: 10, stepCount: 120, featureCount: 1) == asked)
    }

    @Test func rowsOutOfOrderAreSearchedInTheirOrder() throws {
        let table = try Self.series(rows: 200)
        let times = Column("time", (0..<200).map(Double.init))
        let ordered = try Table(columns: [times] + table.columns)
        var options = SeriesOptions(timeColumn: "time")
        let expected = try Self.search().run(on: ordered, options: options)
        options.order = .sort
        let reversed = ordered.selecting(rows: Array((0..<200).reversed()))
        let found = try Self.search().run(on: reversed, options: options)
        #expect(found.trials == expected.trials)
    }

    @Test func trialsOfRowsThatWereReadOtherwiseAreRefused() throws {
        let folder = try TemporaryFolder()
        let journal = TrialJournal(path: folder.path + "/trials")
        let table = try Self.series(rows: 200)
        let times = Column("time", (0..<200).map(Double.init))
        let rows = try Table(columns: [times] + table.columns)
        var search = Self.search()
        search.trialCount = 1
        var options = SeriesOptions(timeColumn: "time")
        let first = try search.run(on: rows, options: options, journal: journal)
        #expect(journal.entryCount == 1)
        #expect(try search.run(on: rows, options: options, journal: journal).trials == first.trials)
        options.gapLimit = 3
        #expect(throws: SearchError.foreignJournal(path: journal.path)) {
            try search.run(on: rows, options: options, journal: journal)
        }
    }

    // MARK: - What is planted

    @Test(arguments: PlantedSeries.changes)
    fileprivate func onlyWhatIsNamedIsChanged(_ change: PlantedSeries.Change) throws {
        let table = try Self.series(rows: 500)
        var stream = RandomStream(seed: 1, use: .planting)
        let copies = PlantedSeries.planted(
            change,
            in: table,
            columns: ["a", "switch"],
            using: &stream
        )
        #expect(copies.count == 8, "short series are changed at several places")
        #expect(Set(copies.map { $0.changed[0] }).count == 8)
        for copy in copies {
            #expect(copy.changed.count == copy.unchanged.count)
            #expect(Set(copy.changed).isDisjoint(with: copy.unchanged))
            #expect(copy.table["b"] == table["b"])
            #expect(copy.table["sum"] == table["sum"])
            let isChanged = (0..<500).map { row in
                copy.table["a"]?.numbers?[row] != table["a"]?.numbers?[row]
                    || copy.table["switch"]?.texts?[row] != table["switch"]?.texts?[row]
            }
            let changed = Set(copy.changed)
            #expect(isChanged.indices.allSatisfy { !isChanged[$0] || changed.contains($0) })
            #expect(isChanged.contains(true))
        }
        let long = PlantedSeries.planted(
            change,
            in: try Self.series(rows: 5_000),
            columns: ["a"],
            using: &stream
        )
        #expect(long.count == 1)
        #expect(long[0].changed.count >= 150 * change.length)
    }

    @Test func aStretchComesFromOnePlace() throws {
        let table = try Table(columns: [Column("n", (0..<300).map(Double.init))])
        var stream = RandomStream(seed: 2, use: .planting)
        let copy = try #require(
            PlantedSeries.planted(.stretch(8), in: table, columns: ["n"], using: &stream).first
        )
        let numbers = try #require(copy.table["n"]?.numbers)
        for start in stride(from: 0, to: copy.changed.count, by: 8) {
            let values = copy.changed[start..<start + 8].map { numbers[$0] }
            #expect(zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 })
        }
    }
}
