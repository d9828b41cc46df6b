import Foundation
import TestSupport
import Testing

/// `oddity threshold`: rules side by side, and one of them in the model.
@Suite struct ThresholdTests {
    let workshop: Workshop
    let new = SampleTable.labelled(rowCount: 80)

    init() throws { workshop = try Workshop() }

    private func threshold(_ options: String...) throws -> ChildProcess {
        try ChildProcess(try Oddity.binary(), ["threshold", workshop.model] + options)
    }

    /// The table as JSON.
    private struct Listed: Decodable {
        struct Figures: Decodable {
            var caught, missed, falseAlarms: Int
            var f1, cost: Double?
        }
        struct Row: Decodable {
            var rule: String
            var isInForce: Bool
            var threshold, heldOutShare: Double?
            var labeled: Figures?
            var problem: String?
        }
        var measure: String
        var heldOutCount: Int
        var labeledCount, anomalyCount: Int?
        var rows: [Row]

        subscript(rule: String) -> Row? { rows.first { $0.rule == rule } }
    }

    private func listed(_ options: String...) throws -> Listed {
        let run = try ChildProcess(
            try Oddity.binary(),
            ["threshold", workshop.model, "--json"] + options
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Listed.self, from: Data(run.output.utf8))
    }

    @Test func listsWhatEachRuleWouldCallAnomaliesOfTheHeldOutRows() throws {
        let table = try listed()
        #expect(table.heldOutCount == 200 && table.measure == "score")
        #expect(
            table.rows[0].isInForce && table.rows[0].threshold == table["conformal=0.01"]?.threshold
        )
        #expect(table["largest"]?.heldOutShare == 0)
        #expect(try #require(table["quantile=0.99"]?.heldOutShare) <= 0.01)
        // P-values lie between ranks: a row more or less may pass.
        #expect(try #require(table["conformal=0.05"]?.heldOutShare) <= 0.05 + 1 / 200)
        #expect(
            table.rows.allSatisfy {
                ($0.threshold == nil) == ($0.problem != nil) && $0.labeled == nil
            }
        )
        let run = try threshold()
        #expect(run.exitCode == 0)
        #expect(run.output.contains("in force: anomaly when p-value ≤ 0.01\n"))
        #expect(run.output.contains("200 held-out normal rows"))
        for row in table.rows { #expect(run.output.contains(row.rule)) }
    }

    @Test func aRuleThatIsSetDecidesFromThenOn() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: workshop.model))
        let limit = try #require(try listed()["quantile=0.99"]?.threshold)
        let run = try threshold("--set", "quantile=0.9")
        #expect(run.exitCode == 0 && run.output.isEmpty, "\(run.errors)")
        #expect(run.errors.contains("quantile=0.9 of 200 held-out rows"))
        #expect(run.errors.contains("before       anomaly when p-value ≤ 0.01"))
        let lower = try #require(try listed().rows[0].threshold)
        #expect(lower < limit)
        let scored = try workshop.score(new)
        let scores = try numbers("score", in: scored.lines)
        #expect(try numbers("anomaly", in: scored.lines) == scores.map { $0 >= lower ? 1 : 0 })
        let inspected = try oddity("inspect", workshop.model)
        #expect(inspected.output.contains("quantile=0.9 of 200 held-out rows"))
        // Back again, the file is the one that fit wrote but for how the rate was chosen.
        #expect(try threshold("--set", "conformal=0.01").exitCode == 0)
        let after = try Data(contentsOf: URL(fileURLWithPath: workshop.model))
        #expect(after != before && abs(after.count - before.count) < 200)
        #expect(try workshop.score(new).errors.contains("(p-value ≤ 0.01)"))
    }

    @Test func anotherModelLeavesTheOldOne() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: workshop.model))
        let other = workshop.path("other.safetensors")
        let run = try threshold("--set", "largest", "--output", other)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: workshop.model)) == before)
        #expect(try oddity("inspect", other).output.contains("largest of 200 held-out rows"))
    }

    @Test func labelsJudgeEveryRuleAndAllowMore() throws {
        let data = workshop.folder.write(new.csv, as: "labelled.csv")
        let table = try listed("--data", data, "--label", "label", "--cost-miss", "10")
        #expect(table.labeledCount == 80)
        let anomalies = try #require(table.anomalyCount)
        #expect(anomalies > 0)
        for row in table.rows where row.problem == nil {
            let figures = try #require(row.labeled, "\(row.rule)")
            #expect(figures.caught + figures.missed == anomalies)
        }
        let best = try #require(table["f-beta=1"]?.labeled?.f1)
        let least = try #require(table["cost"]?.labeled?.cost)
        for row in table.rows where row.labeled != nil {
            #expect(row.labeled?.f1 ?? 0 <= best, "\(row.rule)")
            #expect(row.labeled?.cost ?? .infinity >= least, "\(row.rule)")
        }
        let run = try threshold(
            "--data",
            data,
            "--label",
            "label",
            "--set",
            "cost",
            "--cost-miss",
            "10",
            "--list"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("false alarms"))
        #expect(
            run.errors.contains(
                "least cost (a false alarm 1, a miss 10) on 80 labelled rows of labelled.csv, "
            )
        )
        #expect(try listed().rows[0].threshold == table["cost"]?.threshold)
    }

    @Test func onTheReconstructionError() throws {
        let table = try listed("--on", "error")
        #expect(table.measure == "error")
        let limit = try #require(table["quantile=0.99"]?.threshold)
        #expect(try threshold("--on", "error", "--set", "quantile=0.99").exitCode == 0)
        let scored = try workshop.score(new)
        let errors = try numbers("error", in: scored.lines)
        #expect(try numbers("anomaly", in: scored.lines) == errors.map { $0 >= limit ? 1 : 0 })
    }

    /// The sample has 18 days with a row in each of some hours.
    @Test func alertsADayCountTheRowsOfADay() throws {
        let data = workshop.folder.write(new.csv, as: "labelled.csv")
        let table = try listed("--rows-per-day", "50")
        let budget = try #require(table["alerts-per-day=1/50"])
        #expect(abs(try #require(budget.threshold) - 1.699) < 1e-3)
        #expect(try #require(budget.heldOutShare) <= 0.02 + 1 / 200)
        let run = try threshold(
            "--data",
            data,
            "--label",
            "label",
            "--set",
            "alerts-per-day=0.5",
            "--rows-per-day",
            "time"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        let rows = try #require(run.errors.firstMatch(of: /alerts-per-day=0.5\/([\d.]+) of/))
        #expect(abs(try #require(Double(rows.1)) - 4.6) < 0.5, "\(rows.1)")
        expectUsageError(try threshold("--rows-per-day", "time"), "is a column of labelled rows")
        let color = try threshold("--data", data, "--label", "label", "--rows-per-day", "color")
        #expect(color.exitCode == 65 && color.errors.contains("color"), "\(color.errors)")
        let promise = try threshold("--set", "alerts-per-day=0.1", "--rows-per-day", "50")
        expectFailure(promise, 65, "cannot promise 0.1 alerts a day of 50 rows")
    }

    @Test func seriesHaveThresholdsToo() throws {
        let series = try SeriesWorkshop(seed: 3)
        let run = try oddity("threshold", series.model, "--set", "largest")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("held-out steps)"))
        #expect(try oddity("inspect", series.model).output.contains("largest of "))
    }

    @Test(arguments: [
        (["--set", "sigma"], "\"sigma\" is no rule"), (["--set", "conformal=x"], "is no rule"),
        (["--set", "youden"], "give them with --data"),
        (["--label", "label"], "--label goes with --data"),
        (["--output", "x"], "--output goes with --set"), (["--on", "p"], "--on"),
        (["--set", "score=2", "--on", "error"], "--on is for rules"),
        (["--prevalence", "2", "--data", "x"], "--prevalence takes"),
        (["--cost-miss", "0"], "costs are"),
        (["--set", "conformal=1.5"], "give a number between 0 and 1"),
    ])
    func refusesWhatCannotBe(_ options: [String], _ words: String) throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: workshop.model))
        let run = try ChildProcess(try Oddity.binary(), ["threshold", workshop.model] + options)
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: workshop.model)) == before)
    }

    @Test func aRateThatTheRowsCannotPromiseIsRefused() throws {
        let run = try threshold("--set", "conformal=0.001")
        #expect(run.exitCode == 65)
        #expect(run.errors.contains("200 values of normal data cannot promise a rate of 0.001"))
    }
}
