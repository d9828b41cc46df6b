import Foundation
import OddityDatasets
import OddityDetectors
import OddityFiles
import OddityNeuralNetworks
import Synchronization
import TestSupport
import Testing

@testable import OddityModelSelection

/// Searches from end to end.
@Suite struct SearchTests {
    @Test(arguments: SearchStrategy.allCases)
    func theResultDoesNotDependOnThreads(strategy: SearchStrategy) throws {
        var search = Samples.search(trials: 8)
        search.strategy = strategy
        let table = try Samples.normal(rows: 80, seed: 1)
        let one = try search.run(on: table)
        for threadCount in [2, 3] {
            let several = try search.run(on: table, threadCount: threadCount)
            #expect(several.trials == one.trials)
            #expect(several.best == one.best)
        }
        #expect(one.best.lastResult?.share == 1)
        #expect(one.trials[0].configuration == search.base)
        #expect(one.trials[0].results.count == 1, "the start of the search is trained in full")
        #expect(!one.isTimeUp)
        if strategy == .grid { #expect(one.trials.count == 13) }
    }

    @Test func labelledRowsChooseByWhatIsAsked() throws {
        let table = try Samples.normal(rows: 80, seed: 1)
        let rows = try Samples.labelled(rows: 100, seed: 2)
        for objective in [
            SearchObjective.auroc, .averagePrecision,
            .leastCost(costFalseAlarm: 1, costMiss: 10),
        ] {
            var search = Samples.search()
            search.strategy = .random
            search.objective = objective
            let result = try search.run(on: table, validation: rows)
            let merits = try result.trials.map {
                objective.merit(of: try #require($0.lastResult))
            }
            #expect(objective.merit(of: try #require(result.best.lastResult)) == merits.max())
            #expect(result.finalists.first == result.best)
            #expect(result.finalists.count == 5)
            let detector = try result.fitted(to: table)
            let anew = try result.best.configuration.fitted(to: table)
            #expect(try detector.scores(of: rows.table) == anew.scores(of: rows.table))
            #expect(detector.configuration == anew.configuration)
            let figures = try rows.figures(of: detector, costFalseAlarm: 1, costMiss: 10)
            #expect(figures.auroc == result.best.lastResult?.validation?.auroc)
        }
    }

    @Test func aWideCodeHasTheLeastLossAndDoesNotWinByIt() throws {
        var search = Samples.search()
        search.strategy = .grid
        // The error alone: a network that copies its input has none, for odd rows neither.
        search.base.scoring = .residual
        search.base.activation = .identity
        search.space.hiddenLayers = [[16]]
        search.space.latentSizes = [2, 4, 16]
        search.space.learningRates = [0.01]
        search.space.epochs = [120]
        let result = try search.run(on: try Samples.normal(rows: 150, seed: 1))
        let trials = result.trials.dropFirst().sorted { $0.latentSize < $1.latentSize }
        let losses = try trials.map { try #require($0.lastResult).heldOutLoss }
        let separations = try trials.map { try #require($0.lastResult).separation }
        #expect(losses == losses.sorted(by: >), "the wider, the smaller")
        #expect(separations != separations.sorted(), "not so for what chooses")
        #expect(separations.allSatisfy { $0 > 0.6 })
    }

    @Test func aTrialThatDivergesIsOutOfTheRace() throws {
        var search = Samples.search()
        search.strategy = .grid
        search.space.learningRates = [0.01, 1e30]
        let result = try search.run(on: try Samples.normal(rows: 60, seed: 1))
        let failed = result.trials.filter { $0.failure != nil }
        #expect(failed.count == 6)
        #expect(failed.allSatisfy { $0.configuration.learningRate == 1e30 && $0.results.isEmpty })
        #expect(result.best.failure == nil)
    }

    @Test func noTrialStartsWhenTheTimeIsUp() throws {
        var search = Samples.search()
        search.timeLimit = .nanoseconds(1)
        let result = try search.run(on: try Samples.normal(rows: 60, seed: 1))
        #expect(result.isTimeUp)
        #expect(result.best == result.trials[0])
        #expect(result.trials.dropFirst().allSatisfy { $0.results.isEmpty })
    }

    @Test func theStartStaysUnlessAnotherIsClearlyBetter() throws {
        func trial(_ number: Int, _ separations: [Double]) -> Trial<TableDetector> {
            let result = TrialResult(
                share: 1,
                heldOutLoss: 1,
                separations: separations.map { [$0, $0 - 0.1] },
                validation: nil
            )
            return Trial(
                number: number,
                configuration: TableDetector(),
                latentSize: 32,
                results: [result]
            )
        }
        let start = trial(1, [0.7, 0.8])
        // Better in one fold, worse in the other: the mean is no more than chance.
        let noise = trial(2, [0.9, 0.7])
        let better = trial(3, [0.72, 0.83])
        #expect([start, noise].winner(by: .separation) == start)
        #expect([start, noise, better].winner(by: .separation) == better)
        #expect([start, trial(2, [0.7, 0.8])].winner(by: .separation) == start)
    }

    @Test func badSettingsAreNamed() throws {
        let table = try Samples.normal(rows: 60, seed: 1)
        var search = Samples.search()
        search.objective = .auroc
        #expect(throws: SearchError.missingLabels) { try search.run(on: table) }
        let alike = LabeledRows(table: table, labels: [Bool](repeating: false, count: 60))
        #expect(throws: SearchError.tooFewLabels(anomalies: 0, normals: 60)) {
            try search.run(on: table, validation: alike)
        }
        let changes: [(String, (inout Search<TableDetector>) -> Void)] = [
            ("the number of trials", { $0.trialCount = 0 }),
            ("latent sizes", { $0.space.latentSizes = [] }),
            (
                "the grid",
                {
                    $0.strategy = .grid
                    $0.space.latentSizes = Array(1...20_000)
                }
            ), ("folds", { $0.base.folds = 1 }), ("the time limit", { $0.timeLimit = .zero }),
        ]
        for (name, change) in changes {
            var search = Samples.search()
            change(&search)
            let error = #expect(throws: SearchError.self) { try search.run(on: table) }
            guard case .invalidSetting(name, _, _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
        search = Samples.search()
        search.space.dropouts = [2]
        let error = #expect(throws: DetectorError.self) { try search.run(on: table) }
        #expect(error?.description.hasPrefix("dropout is 2.0") == true)
    }
}

/// Searches that were stopped.
@Suite struct TrialJournalTests {
    private func trainings(_ search: Search<TableDetector>, _ journal: TrialJournal) throws
        -> SearchResult<TableDetector>
    {
        try search.run(on: try Samples.normal(rows: 60, seed: 1), journal: journal)
    }

    @Test func aSearchGoesOnWhereItWas() throws {
        let folder = try TemporaryFolder()
        let search = Samples.search()
        let path = folder.path + "/trials"
        let whole = try trainings(search, TrialJournal(path: path))
        let text = try #require(SealedJSON.open(folder.read(path)))

        // What a search leaves that was killed after some trainings: fewer entries, one of them
        // changed so that it shows whether it is believed or trained again.
        var content = try #require(
            try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
        )
        var entries = try #require(content["entries"] as? [[String: Any]])
        let count = entries.count
        entries = Array(entries.prefix(3))
        content["entries"] = entries
        let half = String(
            decoding: try JSONSerialization.data(withJSONObject: content),
            as: UTF8.self
        )
        folder.write(SealedJSON.seal(Data(half.utf8)), as: "trials")
        let journal = TrialJournal(path: path)
        let resumed = try trainings(search, journal)
        #expect(resumed.trials == whole.trials)
        #expect(resumed.best == whole.best)
        #expect(journal.entryCount == count)

        let changed = half.replacingOccurrences(of: "heldOutLoss\":", with: "heldOutLoss\":9")
        folder.write(changed, as: "trials")
        #expect(
            throws: SearchError.damagedJournal(path: path, flaw: "its checksum is wrong"),
            "what was edited is noticed"
        ) { try trainings(search, TrialJournal(path: path)) }
        folder.write(SealedJSON.seal(Data(changed.utf8)), as: "trials")
        let believed = try trainings(search, TrialJournal(path: path))
        #expect(believed.trials != whole.trials, "finished trainings are not done again")
        journal.remove()
        #expect(folder.names.isEmpty)
    }

    @Test func trialsOfAnotherSearchAreRefused() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/trials"
        _ = try trainings(Samples.search(), TrialJournal(path: path))
        var other = Samples.search()
        other.base.seed = 99
        #expect(throws: SearchError.foreignJournal(path: path)) {
            try trainings(other, TrialJournal(path: path))
        }
        #expect(throws: SearchError.foreignJournal(path: path)) {
            try Samples.search().run(
                on: try Samples.normal(rows: 60, seed: 2),
                journal: TrialJournal(path: path)
            )
        }
        folder.write("no journal", as: "trials")
        #expect(
            throws: SearchError.damagedJournal(path: path, flaw: "its checksum is wrong")
        ) {
            try trainings(Samples.search(), TrialJournal(path: path))
        }
        #expect(folder.names == ["trials"], "it is left alone")
    }

    @Test(arguments: [
        (#""trial":2"#, #""trial":0"#, "there is no trial 0 of the share"),
        (#""trial":2"#, #""trial":9223372036854775807"#, "there is no trial 9223372036854775807"),
        (#""trial":3"#, #""trial":2"#, "trial 2 is there twice"),
        (#""heldOutLoss":"#, #""heldOutLoss":1e999,"x":"#, "this version cannot read it"),
        (#""separations":[["#, #""separations":[[7,"#, "the figures of trial"),
        (#""separations":[["#, #""separations":[[0.5],["#, "the figures of trial"),
        (#""version":2"#, #""version":3"#, "this version cannot read it"),
    ])
    func entriesThatNoSearchWroteAreRefused(_ old: String, _ new: String, _ flaw: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/trials"
        _ = try trainings(Samples.search(), TrialJournal(path: path))
        let object = try #require(SealedJSON.open(folder.read(path)))
        let text = String(decoding: object, as: UTF8.self)
        #expect(text.contains(old), "\(text)")
        let changed = SealedJSON.seal(Array(text.replacingOccurrences(of: old, with: new).utf8))
        folder.write(changed, as: "trials")
        let error = #expect(throws: SearchError.self) {
            try trainings(Samples.search(), TrialJournal(path: path))
        }
        guard case .damagedJournal(path, let found) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found.contains(flaw), "\(found)")
        #expect(folder.read(path) == changed, "it is left alone")
    }
}
