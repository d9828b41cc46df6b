import Foundation
import TestSupport
import Testing

/// What `oddity evaluate` says beyond the figures of all rows: intervals, the oddest rows, groups, another model.
@Suite struct EvaluateFiguresTests {
    struct Summary: Decodable {
        struct Interval: Decodable { let lower, upper, confidence: Double }
        struct Top: Decodable { let rows: Int; let anomalies, precision, recall, lift: Double }
        struct Segment: Decodable {
            let value: String?
            let rows, anomalies, caught, false_alarms: Int
            let auroc: Double?
        }
        struct Comparison: Decodable {
            let model: String
            let auroc, average_precision, difference: Double
            let difference_interval: Interval?
            let p_value: Double?
        }
        let auroc, average_precision, partial_auroc: Double?
        let auroc_interval, average_precision_interval: Interval?
        let oddest: Top?
        let grouped_by: String?
        let segments: [Segment]?
        let comparison: Comparison?
    }

    let workshop: Workshop
    let data: String

    init() throws {
        workshop = try Workshop()
        var table = SampleTable.labelled(rowCount: 200)
        // Rows like normal ones that are said to be anomalies, so that no figure is perfect.
        for row in stride(from: 5, to: 200, by: 40) {
            table.rows[row][table.header.count - 1] = "1"
        }
        data = workshop.folder.write(table.csv, as: "labelled.csv")
    }

    private func evaluate(_ options: String...) throws -> ChildProcess {
        try ChildProcess(
            try Oddity.binary(),
            ["evaluate", workshop.model, data, "--label", "label"] + options
        )
    }

    private func summary(_ options: String...) throws -> Summary {
        let run = try ChildProcess(
            try Oddity.binary(),
            ["evaluate", workshop.model, data, "--label", "label", "--json"] + options
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        return try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
    }

    @Test func intervalsHoldTheFigures() throws {
        let found = try summary()
        let area = try #require(found.auroc)
        let interval = try #require(found.auroc_interval)
        #expect(interval.confidence == 0.95)
        #expect(interval.lower < area && area < interval.upper)
        let average = try #require(found.average_precision)
        let other = try #require(found.average_precision_interval)
        #expect(other.lower < average && average < other.upper)
        let top = try #require(found.oddest)
        #expect(top.rows == 25 && top.recall == top.precision)
        #expect(abs(top.lift - top.precision * 8) < 1e-9)
        let lines = try evaluate().lines
        #expect(lines.contains { $0.hasPrefix("AUROC 0.") && $0.contains("(95 %: ") })
        #expect(lines.contains { $0.contains("of the 25 oddest rows are anomalies, ") })
    }

    @Test func groupsAddUpToAllRows() throws {
        let whole = try summary()
        #expect(whole.segments == nil && whole.grouped_by == nil)
        let found = try summary("--by", "color")
        let segments = try #require(found.segments)
        #expect(found.grouped_by == "color" && segments.count > 1)
        #expect(segments.reduce(0) { $0 + $1.rows } == 200)
        #expect(segments.reduce(0) { $0 + $1.anomalies } == 25)
        #expect(segments.map(\.rows) == segments.map(\.rows).sorted(by: >))
        let run = try evaluate("--by", "color")
        #expect(run.lines.contains { $0.hasPrefix("color") && $0.hasSuffix("false-alarm rate") })
        expectFailure(try evaluate("--by", "none"), 64, "none")
        // The label itself is a group too.
        let labels = try #require(try summary("--by", "label").segments)
        #expect(labels.map(\.value) == ["0", "1"] && labels.allSatisfy { $0.auroc == nil })
    }

    @Test func anotherModelIsComparedOnTheSameRows() throws {
        let same = try #require(try summary("--compare", workshop.model).comparison)
        #expect(same.difference == 0 && same.p_value == 1 && same.difference_interval == nil)
        let other = workshop.path("other.safetensors")
        let fit = try ChildProcess(
            try Oddity.binary(),
            [
                "fit", workshop.path("train.csv"), "--output", other, "--hidden", "3,2", "--epochs",
                "1", "--folds", "2",
            ]
        )
        try #require(fit.exitCode == 0, "\(fit.errors)")
        let found = try summary("--compare", other)
        let compared = try #require(found.comparison)
        #expect(compared.model == "other.safetensors")
        #expect(abs(compared.difference - (try #require(found.auroc) - compared.auroc)) < 1e-12)
        let p = try #require(compared.p_value)
        #expect(p > 0 && p < 1)
        let lines = try evaluate("--compare", other).lines
        #expect(lines.contains { $0.contains("of other.safetensors (average precision ") })
        expectUsageError(
            try ChildProcess(
                try Oddity.binary(),
                ["evaluate", workshop.model, "-", "--label", "label", "--compare", other]
            ),
            "--compare reads the data twice"
        )
    }
}
