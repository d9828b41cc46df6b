import Foundation
import TestSupport
import Testing

/// `oddity evaluate` on models of series.
@Suite struct SeriesEvaluateTests {
    struct Summary: Decodable, Equatable {
        struct Point: Decodable, Equatable {
            let true_positives, false_positives, true_negatives, false_negatives: Int
        }
        struct Rule: Decodable, Equatable {
            let open, close: Double
            let quiet_rows, minimum_rows: Int
        }
        struct Figures: Decodable, Equatable {
            let precision, recall, f1: Double?
        }
        struct Delay: Decodable, Equatable {
            let median_rows, mean_rows, median_seconds, mean_seconds: Double?
        }
        struct PointAdjusted: Decodable, Equatable {
            let f1, f1_of_random_scores, best_f1, best_f1_of_random_scores: Double
            let warning: String
        }
        struct Baseline: Decodable, Equatable {
            let name: String
            let auroc, average_precision: Double?
        }
        let rows, unscored, anomalies, events: Int
        let auroc, average_precision: Double?
        let thresholds: [Point]
        let alarm_rule: Rule?
        let alarms, false_alarms, events_found: Int
        let event_wise: Figures
        let delay: Delay
        let range_based, affiliation: Figures?
        let vus_roc, vus_pr: Double?
        let vus_buffer: Int
        let point_adjusted: PointAdjusted?
        let baselines: [Baseline]?
    }

    static let window = 8
    static let planted = PlantedSeries.unit(
        rowCount: 400,
        seed: 5,
        events: [100..<120, 250..<280]
    )

    let folder: TemporaryFolder
    var model: String { folder.path + "/model" }

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    func fit(_ train: String, _ options: String...) throws -> ChildProcess {
        let run = try ChildProcess(
            try Oddity.binary(),
            [
                "fit", train, "--output", model, "--window", "\(Self.window)", "--hidden", "8,2",
                "--folds", "3",
            ] + options
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        return run
    }

    /// A model of one unit with a clock.
    func fitUnit() throws {
        let train = PlantedSeries.unit(rowCount: 600)
        folder.write(train.csv, as: "train.csv")
        try fit(folder.path + "/train.csv", "--time", "time", "--ignore", "label,unit")
    }

    func evaluate(_ data: String, _ options: String...) throws -> ChildProcess {
        try ChildProcess(try Oddity.binary(), ["evaluate", model, data] + options)
    }

    func summary(_ data: String, _ options: String...) throws -> Summary {
        let run = try ChildProcess(
            try Oddity.binary(),
            ["evaluate", model, data, "--json"] + options
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        return try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
    }

    @Test func figuresOfAPlantedSeries() throws {
        try fitUnit()
        let data = folder.write(Self.planted.csv, as: "new.csv")
        let found = try summary(
            data,
            "--label",
            "label",
            "--adapt",
            "off",
            "--baselines",
            folder.path + "/train.csv"
        )
        #expect(found.rows == 400 && found.unscored == Self.window)
        #expect(found.anomalies == 50 && found.events == 2)
        #expect(found.events_found == 2 && found.event_wise.recall == 1)
        #expect(found.alarms == found.false_alarms + 2)
        #expect(found.event_wise.precision == 2 / Double(found.alarms))
        let own = try #require(found.thresholds.first)
        #expect(own.true_positives + own.false_negatives == 50)
        #expect(own.true_negatives + own.false_positives == 350 - Self.window)
        #expect(try #require(found.auroc) > 0.9)
        let rule = try #require(found.alarm_rule)
        #expect(abs(rule.open - 2) < 1e-6 && abs(rule.close - 1) < 1e-6)
        #expect(rule.quiet_rows == 2 && rule.minimum_rows == 1)
        #expect(found.vus_buffer == Self.window)
        for figure in [found.vus_roc, found.vus_pr, found.affiliation?.f1, found.range_based?.f1] {
            #expect(try #require(figure) > 0.5)
        }
        // A row is ten seconds.
        let delay = try #require(found.delay.mean_rows)
        #expect(found.delay.mean_seconds == 10 * delay && delay < 10)
        let adjusted = try #require(found.point_adjusted)
        #expect(adjusted.best_f1 >= adjusted.f1 && adjusted.f1_of_random_scores > 0)
        #expect(adjusted.warning.contains("random"))
        let names = try #require(found.baselines).map(\.name)
        #expect(names.count == 3 && names.allSatisfy { $0.hasSuffix("row by row") })
        // A row far from all others is odd for any of them.
        for baseline in found.baselines ?? [] { #expect(try #require(baseline.auroc) > 0.9) }
    }

    @Test func textSaysWhatMisleads() throws {
        try fitUnit()
        let data = folder.write(Self.planted.csv, as: "new.csv")
        let text = try evaluate(data, "--label", "label").output
        for words in [
            "400 rows; without a score: 8 warm-up; 50 anomalous rows in 2 events", "2 of 2 found",
            "point-adjusted F1", "of random scores", "misleading", "buffer 8 rows, the window",
        ] {
            #expect(text.contains(words), "\(text) lacks \(words)")
        }
    }

    @Test func jsonLinesAndArraysGiveTheFiguresOfATable() throws {
        try fitUnit()
        let table = try summary(folder.write(Self.planted.csv, as: "new.csv"), "--label", "label")
        let lines = folder.write(Self.planted.jsonLines, as: "new.ndjson")
        #expect(try summary(lines, "--label", "label") == table)
        let train = folder.write(PlantedSeries.unit(rowCount: 600).jsonLines, as: "train.ndjson")
        try fit(train, "--time", "time", "--ignore", "label,unit")
        #expect(try summary(lines, "--label", "label") == table)

        folder.write(PlantedSeries.unit(rowCount: 600).array, as: "train.npy")
        try fit(folder.path + "/train.npy", "--series")
        let data = folder.write(Self.planted.array, as: "new.npy")
        let labels = folder.write(Self.planted.labelArray, as: "labels.npy")
        let array = try summary(data, "--labels", labels)
        #expect(array.rows == 400 && array.anomalies == 50 && array.events_found == 2)
        #expect(array.auroc == table.auroc && array.delay.median_seconds == nil)
    }

    @Test func eventsAndAlarmsNeverReachAcrossSeriesOrBreaks() throws {
        var train = PlantedSeries()
        train.add("u1", rowCount: 300)
        train.add("u2", rowCount: 300, seed: 2)
        folder.write(train.csv, as: "train.csv")
        try fit(
            folder.path + "/train.csv",
            "--time",
            "time",
            "--entity",
            "unit",
            "--ignore",
            "label"
        )
        // One unit ends as it should not, the other begins so: two events, not one.
        var series = PlantedSeries()
        series.add("u1", rowCount: 200, seed: 3, events: [180..<200])
        series.add("u2", rowCount: 200, seed: 4, events: [0..<20])
        let found = try summary(folder.write(series.csv, as: "new.csv"), "--label", "label")
        #expect(found.events == 2 && found.anomalies == 40 && found.unscored == 2 * Self.window)

        // The rows of the units by turns are the same series.
        var turns = PlantedSeries()
        for row in 0..<200 { turns.rows += [series.rows[row], series.rows[200 + row]] }
        let mixed = try summary(folder.write(turns.csv, as: "turns.csv"), "--label", "label")
        #expect(mixed == found)

        // An hour without rows within an event cuts it in two.
        var broken = PlantedSeries()
        broken.add("u1", rowCount: 200, seed: 3, events: [100..<140])
        for row in 120..<200 { broken.rows[row].time += 3_600 }
        let cut = try summary(folder.write(broken.csv, as: "broken.csv"), "--label", "label")
        #expect(cut.events == 2 && cut.anomalies == 40 && cut.unscored == Self.window)
    }

    @Test func rowsOfOneClassAndRatesOutOfReachAreNoErrors() throws {
        try fitUnit()
        let normal = folder.write(PlantedSeries.unit(rowCount: 100).csv, as: "normal.csv")
        let quiet = try summary(normal, "--label", "label")
        #expect(quiet.events == 0 && quiet.auroc == nil && quiet.vus_roc == nil)
        #expect(quiet.point_adjusted == nil && quiet.range_based == nil)
        #expect(quiet.false_alarms == quiet.alarms)
        let data = folder.write(Self.planted.csv, as: "new.csv")
        let strict = try summary(data, "--label", "label", "--false-alarm-rate", "1e-9")
        #expect(strict.alarm_rule == nil && strict.alarms == 0 && strict.events_found == 0)
        #expect(strict.event_wise.precision == nil && strict.auroc != nil)
    }

    @Test func badLabelsAreRefused() throws {
        try fitUnit()
        let text = Self.planted.csv
        let data = folder.write(text, as: "new.csv")
        expectFailure(try evaluate(data, "--label", "b"), 64, "trained on this column")
        expectFailure(try evaluate(data, "--label", "time"), 64, "times or series")
        expectFailure(try evaluate(data, "--label", "fault"), 64, "fault")
        expectFailure(try evaluate(data, "--label", "label", "--positive", "bad"), 65, "bad")
        let odd = folder.write(text.replacing(",1\n", with: ",maybe\n"), as: "odd.csv")
        expectFailure(try evaluate(odd, "--label", "label"), 65, "maybe", "row 101")
        expectUsageError(try evaluate(data), "--label")
        expectUsageError(try evaluate(data, "--labels", "x.npy"), "--labels is for arrays")

        let array = folder.write(Self.planted.array, as: "new.npy")
        expectUsageError(try evaluate(array), "--labels")
        expectUsageError(try evaluate(array, "--label", "label"), "--label is for tables")
        let short = folder.write(npy([0, 1, 0], shape: "(3,)"), as: "short.npy")
        expectFailure(
            try evaluate(array, "--labels", short),
            65,
            "short.npy has 3 labels",
            "new.npy has 400 rows"
        )
        var values = Self.planted.rows.map { _ in 0.0 }
        values[6] = 0.5
        let half = folder.write(npy(values, shape: "(400,)"), as: "half.npy")
        expectFailure(try evaluate(array, "--labels", half), 65, "half.npy", "row 7", "0.5")
        expectFailure(try evaluate(array, "--labels", array), 65, "2 channels")
    }

    @Test func labelsOfArraysAreNotForTables() throws {
        let workshop = try Workshop()
        let data = workshop.folder.write(SampleTable.labelled(rowCount: 50).csv, as: "new.csv")
        expectUsageError(
            try oddity("evaluate", workshop.model, data, "--labels", "x.npy"),
            "--labels is for arrays"
        )
    }

    @Test func reportDrawsSeriesAlarmsAndFigures() throws {
        try fitUnit()
        let data = folder.write(Self.planted.csv, as: "new.csv")
        let report = folder.path + "/report.html"
        let charts = folder.path + "/charts"
        let run = try evaluate(data, "--label", "label", "--report", report, "--charts", charts)
        let page = folder.readText(report)
        #expect(run.errors.contains(report))
        #expect(folder.readText(charts + "/series-1.svg").hasPrefix("<svg"))
        #expect(folder.readText(charts + "/alarm-1.svg").hasPrefix("<svg"))
        for words in [
            "The series", "labelled event", "expected", "threshold", "time (UTC)", "Alarms",
            "Alarms in close-up", "P-values of normal rows", "normal rows are under alarm",
            "an event", "2026-01-01 00:", "affiliation", "misleading", "Model card",
        ] {
            #expect(page.contains(words), "the page lacks \(words)")
        }
        #expect(page.firstMatch(of: /\bnan\b/) == nil && !page.contains("<script src"))
        #expect(page.utf8.count < 400_000)
        let again = try evaluate(data, "--label", "label", "--report", report)
        #expect(again.exitCode == 0 && folder.readText(report) == page)
    }

    @Test func reportOfManySeriesDrawsTheOddest() throws {
        var series = PlantedSeries()
        for unit in 1...6 {
            series.add(
                "u\(unit)",
                rowCount: 120,
                seed: UInt64(unit),
                events: unit == 3 ? [60..<80] : []
            )
        }
        var train = PlantedSeries()
        for unit in 1...3 { train.add("u\(unit)", rowCount: 200, seed: UInt64(40 + unit)) }
        folder.write(train.csv, as: "train.csv")
        try fit(
            folder.path + "/train.csv",
            "--time",
            "time",
            "--entity",
            "unit",
            "--ignore",
            "label"
        )
        let report = folder.path + "/report.html"
        let data = folder.write(series.csv, as: "new.csv")
        let run = try evaluate(data, "--label", "label", "--report", report)
        #expect(run.exitCode == 0, "\(run.errors)")
        let page = folder.readText(report)
        #expect(page.contains("The oddest series") && page.contains("Drawn are the 4 series of 6"))
        let headings = page.split(separator: "<h3>").dropFirst().map { $0.prefix(2) }
        #expect(headings.first == "u3", "\(headings)")
        #expect(headings.count { $0.hasPrefix("u") } == 4)
    }
}
