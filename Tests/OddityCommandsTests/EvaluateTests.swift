import Foundation
import TestSupport
import Testing

/// `oddity evaluate`.
@Suite struct EvaluateTests {
    struct Summary: Decodable {
        struct Point: Decodable {
            let name, note: String
            let threshold: Double?
            let true_positives, false_positives, true_negatives, false_negatives: Int
            let precision, recall, f1, false_alarm_rate: Double?
        }
        struct Baseline: Decodable {
            let name: String
            let auroc, average_precision: Double?
        }
        struct Curve: Decodable {
            let name: String
            let x, y: [Double]
            let threshold: [Double?]?
        }
        let rows, anomalies: Int
        let curves: [Curve]
        let baselines: [Baseline]?
        let auroc, average_precision: Double?
        let thresholds: [Point]
    }

    let workshop: Workshop

    init() throws { workshop = try Workshop() }

    func evaluate(_ table: SampleTable, _ options: String...) throws -> ChildProcess {
        let data = workshop.folder.write(table.csv, as: "labelled.csv")
        return try ChildProcess(
            try Oddity.binary(),
            ["evaluate", workshop.model, data, "--label", "label"] + options
        )
    }

    func summary(_ table: SampleTable, _ options: String...) throws -> Summary {
        let data = workshop.folder.write(table.csv, as: "labelled.csv")
        let run = try ChildProcess(
            try Oddity.binary(),
            ["evaluate", workshop.model, data, "--label", "label", "--json"] + options
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        return try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
    }

    @Test func baselinesLearnFromTheSameRows() throws {
        let table = SampleTable.labelled(rowCount: 100)
        let summary = try summary(table, "--baselines", workshop.path("train.csv"))
        let baselines = try #require(summary.baselines)
        #expect(
            baselines.map(\.name) == [
                "nearest neighbors", "isolation forest", "ECOD", "PCA reconstruction",
            ]
        )
        #expect(baselines.allSatisfy { ($0.auroc ?? 0) > 0.5 && ($0.average_precision ?? 0) > 0.1 })
        let report = workshop.path("report.html")
        let run = try evaluate(
            table,
            "--baselines",
            workshop.path("train.csv"),
            "--report",
            report
        )
        #expect(run.exitCode == 0)
        for name in ["this model", "isolation forest"] {
            #expect(run.lines.contains { $0.hasPrefix(name) })
            #expect(workshop.folder.readText(report).contains(name))
        }
        expectFailure(try evaluate(table, "--baselines", workshop.path("none.csv")), 74, "none.csv")
    }

    @Test func figuresAgreeWithTheScores() throws {
        let table = SampleTable.labelled(rowCount: 100)
        let summary = try summary(table, "--false-alarm-rate", "0.05")
        let verdicts = try numbers(
            "anomaly",
            in: workshop.score(table, "--false-alarm-rate", "0.05").lines
        )
        let own = try #require(summary.thresholds.first)
        let caught = verdicts.enumerated().filter { $0.offset % 10 == 0 && $0.element == 1 }.count
        let alarms = verdicts.enumerated().filter { $0.offset % 10 != 0 && $0.element == 1 }.count
        #expect(summary.rows == 100)
        #expect(summary.anomalies == 10)
        #expect(own.true_positives == caught)
        #expect(own.false_positives == alarms)
        #expect(own.true_negatives == 90 - alarms)
        #expect(own.false_negatives == 10 - caught)
        #expect(try #require(summary.auroc) > 0.9)
        #expect(
            summary.thresholds.map(\.name)
                == ["Model's threshold", "Youden's J", "Best F1", "Least cost"]
        )
    }

    @Test func textHasTheSameFigures() throws {
        let run = try evaluate(.labelled(rowCount: 100))
        #expect(run.lines[0] == "100 rows, 10 anomalies")
        #expect(run.lines[1].hasPrefix("AUROC "))
        #expect(run.lines.contains { $0.hasPrefix("Least cost") })
    }

    @Test func labelsMayBeWords() throws {
        let digits = try evaluate(.labelled(rowCount: 100)).output
        let words = SampleTable.labelled(rowCount: 100, normal: "fine", anomaly: "broken")
        #expect(try evaluate(words, "--positive", "broken").output == digits)
        let usual = SampleTable.labelled(rowCount: 100, normal: "Normal", anomaly: "ANOMALY")
        #expect(try evaluate(usual).output == digits)
    }

    @Test func refusesLabelsItDoesNotKnow() throws {
        let words = SampleTable.labelled(rowCount: 100, normal: "fine", anomaly: "broken")
        expectFailure(
            try evaluate(words),
            65,
            "column \"label\", row 1",
            "\"broken\"",
            "--positive"
        )
        expectFailure(
            try evaluate(words, "--positive", "brokn"),
            65,
            "no row has \"brokn\"",
            "\"broken\", \"fine\""
        )
        let missing = SampleTable.labelled(rowCount: 100, anomaly: "")
        expectFailure(try evaluate(missing), 65, "row 1", "missing")
    }

    @Test func costsMoveTheLeastCostThreshold() throws {
        var table = SampleTable.labelled(rowCount: 100)
        // Labels that no threshold can follow, so that there is something to weigh.
        for row in [3, 14, 25, 36, 47] { table.rows[row][7] = "1" }
        let dearMiss = try summary(table, "--cost-miss", "50").thresholds[3]
        let dearAlarm = try summary(table, "--cost-false-alarm", "50").thresholds[3]
        #expect(try #require(dearMiss.threshold) < (dearAlarm.threshold ?? .infinity))
        #expect(dearMiss.false_negatives < dearAlarm.false_negatives)
        #expect(dearMiss.false_positives > dearAlarm.false_positives)
    }

    @Test func chartsAndNumbersOfCurvesAreWritten() throws {
        let (charts, curves) = (workshop.path("charts"), workshop.path("curves.csv"))
        let table = SampleTable.labelled(rowCount: 100)
        let run = try evaluate(table, "--charts", charts, "--curves", curves)
        #expect(run.exitCode == 0 && run.errors.contains("6 charts in \(charts)"), "\(run.errors)")
        for name in ["roc", "precision-recall", "scores", "cost", "p-values", "training"] {
            let svg = workshop.folder.readText(charts + "/\(name).svg")
            #expect(svg.hasPrefix("<svg") && svg.contains("xmlns"), "\(name)")
        }
        let lines = workshop.folder.readText(curves).split(separator: "\n")
        #expect(lines[0] == "curve,x,y,threshold" && lines[1] == "roc,0,0,")
        #expect(lines.count { $0.hasPrefix("p-values,") } == 90)
        let same = try evaluate(table, "--charts", curves, "--curves", curves)
        expectUsageError(same, "files of their own")
    }

    @Test func curvesAreAmongTheFigures() throws {
        let summary = try summary(SampleTable.labelled(rowCount: 100))
        #expect(
            Set(summary.curves.map(\.name)).isSuperset(
                of: ["roc", "precision-recall", "cost", "p-values", "training-1", "validation-1"]
            )
        )
        for curve in summary.curves {
            #expect(!curve.x.isEmpty && curve.x.count == curve.y.count, "\(curve.name)")
        }
        let roc = try #require(summary.curves.first { $0.name == "roc" })
        let thresholds = try #require(roc.threshold)
        #expect([roc.x[0], roc.y[0]] == [0, 0] && thresholds[0] == nil)
        #expect(roc.x.last == 1 && roc.y.last == 1 && thresholds.count == roc.x.count)
        // The points are what the curve's area is made of.
        let area = zip(zip(roc.x, roc.y), zip(roc.x, roc.y).dropFirst()).reduce(0.0) {
            $0 + ($1.1.0 - $1.0.0) * ($1.1.1 + $1.0.1) / 2
        }
        #expect(abs(area - (try #require(summary.auroc))) < 0.002)
        #expect(summary.curves.first { $0.name == "p-values" }?.threshold == nil)
    }

    @Test func whatTheOddestRowsHoldIsToldForAnyNumber() throws {
        let table = SampleTable.labelled(rowCount: 100)
        let run = try evaluate(table, "--top", "5,10,100")
        #expect(run.exitCode == 0, "\(run.errors)")
        let header = try #require(run.lines.firstIndex { $0.hasPrefix("oddest rows") })
        let fields = run.lines[(header + 1)...(header + 3)].map {
            $0.split(separator: " ").map(String.init)
        }
        // All ten anomalies are found first.
        #expect(fields[0] == ["5", "5", "100.0", "%", "50.0", "%", "10.00"])
        #expect(fields[1] == ["10", "10", "100.0", "%", "100.0", "%", "10.00"])
        #expect(fields[2] == ["100", "10", "10.0", "%", "100.0", "%", "1.00"])
        expectFailure(try evaluate(table, "--top", "101"), 64, "give a number from 1 to 100")
        expectUsageError(try evaluate(table, "--top", "x"), "--top")
    }

    @Test func rowsOfThePageHaveTheirOwnColumns() throws {
        let report = workshop.path("report.html")
        let table = SampleTable.labelled(rowCount: 100)
        let run = try evaluate(table, "--report", report, "--keep", "id,color")
        #expect(run.exitCode == 0, "\(run.errors)")
        let page = workshop.folder.readText(report)
        #expect(page.contains(/<td class="kept"[^>]* data-label="id">row-7-\d+</))
        #expect(page.contains(/<td class="kept"[^>]* data-label="color">(red|green|blue)</))
        // The script's rows have them too: a number, the id and the color.
        #expect(page.contains(/\["row \d+",\["row-7-\d+","(red|green|blue)"\],/))
        expectUsageError(try evaluate(table, "--keep", "id"), "--keep is for the page")
        expectFailure(try evaluate(table, "--keep", "ids", "--report", report), 64, "ids")
    }

    @Test func reportStandsAlone() throws {
        let report = workshop.path("report.html")
        let run = try evaluate(.labelled(rowCount: 100), "--report", report)
        let page = workshop.folder.readText(report)
        #expect(run.errors.contains(report))
        #expect(page.prefix(15).lowercased() == "<!doctype html>")
        for forbidden in [
            "src=\"http", "href=\"http", "src='http", "url(http", "<script src", "<link",
        ] {
            let isThere = page.contains(forbidden)
            #expect(!isThere, "\(forbidden)")
        }
        let auroc = run.lines[1].split(separator: " ")[1].prefix(4)
        for figure in [
            "<svg", String(auroc), "100 rows, 10 anomalies", "Least cost", "train.csv", "16–4–16",
        ] {
            let isThere = page.contains(figure)
            #expect(isThere, "\(figure)")
        }
    }

    @Test func theLabelMustBeNoFeature() throws {
        let table = SampleTable.labelled(rowCount: 100)
        let data = workshop.folder.write(table.csv, as: "labelled.csv")
        let run = try oddity("evaluate", workshop.model, data, "--label", "a")
        expectFailure(run, 64, "column \"a\"", "was trained on")
        expectFailure(
            try oddity("evaluate", workshop.model, data, "--label", "lable"),
            64,
            "\"lable\"",
            "\"label\""
        )
    }

    @Test func oneClassHasNoCurve() throws {
        let summary = try summary(.labelled(rowCount: 100, anomaly: "0"))
        #expect(summary.auroc == nil)
        #expect(summary.anomalies == 0)
    }

    @Test func noRowsAreRefused() throws {
        expectFailure(try evaluate(.labelled(rowCount: 0)), 65, "labelled.csv")
    }

    @Test func anUnwritableReportIsRefused() throws {
        let run = try evaluate(
            .labelled(rowCount: 100),
            "--report",
            workshop.path("no/report.html")
        )
        expectFailure(run, 74, "report.html")
        #expect(run.output.isEmpty)
    }
}
