import Foundation
import TestSupport
import Testing

/// `oddity score`: formats and figures.
@Suite struct ScoreTests {
    let workshop: Workshop
    let new = SampleTable.labelled(rowCount: 60)

    init() throws { workshop = try Workshop() }

    @Test func csvHasThePromisedColumns() throws {
        let run = try workshop.score(new)
        #expect(run.exitCode == 0, "\(run.errors)")
        let table = fields(run.lines)
        let reasons = (1...3).flatMap { number in
            ["reason", "share", "actual", "expected"].map { "\($0)_\(number)" }
        }
        #expect(
            table[0] == ["row", "score", "p_value", "anomaly", "error"] + reasons + ["tail_p_value"]
        )
        #expect(table.dropFirst().map { $0[0] } == (1...60).map(String.init))
        #expect(table.allSatisfy { $0.count == 18 })
        #expect(run.errors.contains("60 rows, "))
    }

    @Test func pValuesFallAsScoresRise() throws {
        let lines = try workshop.score(new).lines
        let rows = zip(try numbers("score", in: lines), try numbers("p_value", in: lines))
            .sorted { $0.0 < $1.0 }
        for (lower, higher) in zip(rows, rows.dropFirst()) { #expect(lower.1 >= higher.1) }
        #expect(rows.allSatisfy { 1.0 / 201 <= $0.1 && $0.1 <= 1 })
    }

    @Test func brokenRowsComeOutOnTopForTheirColumn() throws {
        let table = fields(try workshop.score(new).lines).dropFirst()
            .sorted { (Double($0[1]) ?? 0) > (Double($1[1]) ?? 0) }
        #expect(table.prefix(6).allSatisfy { ((Int($0[0]) ?? 0) - 1).isMultiple(of: 10) })
        #expect(table.prefix(6).allSatisfy { [$0[5], $0[9], $0[13]].contains("b") })
    }

    @Test func reasonsCanBeLeftOut() throws {
        let run = try workshop.score(new, "--reasons", "0")
        #expect(run.lines.first == "row,score,p_value,anomaly,error,tail_p_value")
        #expect(run.lines.count == 61)
    }

    @Test(arguments: ["1", "2"]) func reasonsCanBeOfFlaggedRowsAlone(threads: String) throws {
        let all = fields(try workshop.score(new, "--threads", threads).lines)
        let flagged = fields(
            try workshop.score(new, "--reasons-for", "flagged", "--threads", threads).lines
        )
        #expect(all.count == flagged.count)
        #expect(Set(all.dropFirst().map { $0[3] }) == ["0", "1"])
        for (row, other) in zip(all, flagged) {
            if row[3] == "0" {
                #expect(other[..<5] == row[..<5] && other[5...].allSatisfy(\.isEmpty))
            } else {
                #expect(other == row)
            }
        }
        let named = try workshop.score(new, "--reasons-for", "all", "--threads", threads)
        #expect(fields(named.lines) == all)
    }

    @Test func atMostAllColumnsAreReasons() throws {
        let run = try workshop.score(new, "--reasons", "1000")
        #expect(run.lines.first?.hasSuffix("expected_5,tail_p_value") == true)
    }

    @Test func ndjsonLinesAreObjects() throws {
        struct Row: Decodable {
            struct Reason: Decodable { let column: String, share: Double }
            let row: Int
            let score, p_value, error: Double
            let anomaly: Bool
            let reasons: [Reason]
        }
        let csv = try workshop.score(new).lines
        let lines = try workshop.score(new, "--format", "ndjson").lines
        let rows = try lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
        #expect(rows.map(\.row) == Array(1...60))
        #expect(rows.map(\.score) == (try numbers("score", in: csv)))
        #expect(rows.map { $0.anomaly ? 1 : 0 } == (try numbers("anomaly", in: csv)))
        #expect(rows.allSatisfy { (1...3).contains($0.reasons.count) })
    }

    @Test func jsonLinesAreReadAsTablesAre() throws {
        let (train, new) = (SampleTable(rowCount: 200), SampleTable.labelled(rowCount: 60))
        let workshop = try Workshop(train: train)
        let expected = try workshop.score(new).lines
        let lines = workshop.folder.write(new.jsonLines, as: "new.ndjson")
        #expect(try oddity("score", workshop.model, lines).lines == expected)
        #expect(try oddity("score", workshop.model, "-", input: new.jsonLines).lines == expected)

        let again = workshop.path("again")
        let data = workshop.folder.write(train.jsonLines, as: "train.ndjson")
        let fit = try oddity(
            "fit",
            data,
            "--output",
            again,
            "--hidden",
            "16,4",
            "--epochs",
            "60",
            "--batch-size",
            "32",
            "--learning-rate",
            "0.005"
        )
        #expect(fit.exitCode == 0 && fit.errors.contains("JSON lines"), "\(fit.errors)")
        #expect(try oddity("score", again, lines).lines == expected)
        #expect(try oddity("inspect", data).output.contains("JSON lines"))
        let run = try oddity("evaluate", again, lines, "--label", "label", "--json")
        #expect(run.exitCode == 0 && run.output.contains("auroc"), "\(run.errors)")
    }

    @Test func ndjsonKeepsTheTypesOfValues() throws {
        struct Row: Decodable {
            struct Reason: Decodable {
                let column: String
                let actual: Value
                enum CodingKeys: CodingKey { case column, actual }

                init(from decoder: any Decoder) throws {
                    let container = try decoder.container(keyedBy: CodingKeys.self)
                    column = try container.decode(String.self, forKey: .column)
                    if try container.decodeNil(forKey: .actual) {
                        actual = .missing
                    } else if let number = try? container.decode(Double.self, forKey: .actual) {
                        actual = .number(number)
                    } else {
                        actual = .text(try container.decode(String.self, forKey: .actual))
                    }
                }
            }
            enum Value: Equatable { case number(Double), text(String), missing }
            let reasons: [Reason]
        }
        var table = SampleTable(rowCount: 1)
        table.rows[0][4] = ""
        table.rows[0][5] = "\"say \"\"hi\"\"\t\\\""
        let lines = try workshop.score(table, "--format", "ndjson", "--reasons", "5").lines
        let row = try JSONDecoder().decode(Row.self, from: Data(lines.joined().utf8))
        let values = Dictionary(uniqueKeysWithValues: row.reasons.map { ($0.column, $0.actual) })
        // That a value is missing is a reason only where that was not expected.
        #expect(values["c"] == nil || values["c"] == .missing)
        #expect(values["color"] == .text("say \"hi\"\t\\"))
        // What is as it always was is no reason.
        #expect(values["fixed"] == nil)
    }

    @Test func tableHasAWordForEachRow() throws {
        let run = try workshop.score(new, "--format", "table")
        #expect(run.lines.count == 61)
        #expect(run.lines[0].contains("verdict  reasons"))
        #expect(run.lines[1].contains(" anomaly  "))
        #expect(
            run.lines.dropFirst().allSatisfy { $0.contains("anomaly") || $0.contains("normal") }
        )
        #expect(run.lines.contains { $0.contains("b ") && $0.contains("(expected ") })
    }

    @Test func readsStandardInputAndGzip() throws {
        let expected = try workshop.score(new).output
        #expect(try oddity("score", workshop.model, "-", input: new.csv).output == expected)
        let run = try shell(
            #"gzip -c "$1/new.csv" > "$1/new.csv.gz"; "$ODDITY" score "$1/model.safetensors" "$1/new.csv.gz""#,
            in: workshop.folder
        )
        #expect(run.output == expected)
    }

    @Test func writesAFile() throws {
        let expected = try workshop.score(new).output
        let run = try workshop.score(new, "--output", workshop.path("scores.csv"))
        #expect(run.output.isEmpty)
        #expect(workshop.folder.readText(workshop.path("scores.csv")) == expected)
        #expect(
            workshop.folder.names == ["model.safetensors", "new.csv", "scores.csv", "train.csv"]
        )
    }

    @Test func rowsAreScoredByThemselves() throws {
        var lines = try workshop.score(new).lines
        lines.removeFirst()
        for row in [0, 31, 59] {
            var alone = new
            alone.rows = [new.rows[row]]
            let line = try workshop.score(alone).lines[1]
            #expect(line.drop { $0 != "," } == lines[row].drop { $0 != "," })
        }
        for threads in ["1", "2", "5"] {
            #expect(try workshop.score(new, "--threads", threads).lines.dropFirst() == lines[...])
        }
    }

    @Test func chunksDoNotShow() throws {
        var long = new
        for _ in 0..<89 { long.rows += new.rows }
        let lines = try workshop.score(long).lines
        #expect(lines.count == 90 * 60 + 1)
        func rest(_ line: String) -> Substring { line.drop { $0 != "," } }
        for row in 60..<lines.count - 1 {
            #expect(rest(lines[row + 1]) == rest(lines[row % 60 + 1]))
        }
    }

    @Test func noRowsGiveAHeaderOnly() throws {
        let run = try workshop.score(SampleTable(rowCount: 0))
        #expect(run.exitCode == 0)
        #expect(run.lines.count == 1)
        #expect(run.errors.contains("0 rows"))
    }

    // MARK: - A false discovery rate

    @Test func asManyAreAnomaliesAsAShareOfThemMayBeFalse() throws {
        let workshop = try Workshop()
        var table = SampleTable(rowCount: 200, seed: 5)
        for row in 0..<60 { table.rows[row][3] = "\(-20 - row)" }
        let strict = try workshop.score(table, "--fdr", "0.1", "--reasons", "0")
        #expect(strict.exitCode == 0, "\(strict.errors)")
        #expect(strict.errors.contains("for a false discovery rate of 10.0 %"), "\(strict.errors)")
        let flags = try numbers("anomaly", in: strict.lines)
        #expect(flags.prefix(60).reduce(0, +) == 60)
        #expect(flags.dropFirst(60).reduce(0, +) <= 20)
        // Each has a p-value at most the limit, and all others a larger one.
        let pValues = try numbers("p_value", in: strict.lines)
        let limit = try #require(zip(pValues, flags).filter { $1 == 1 }.map(\.0).max())
        #expect(zip(pValues, flags).allSatisfy { ($0 <= limit) == ($1 == 1) })
        let count = Double(flags.count)
        #expect(limit <= flags.reduce(0, +) * 0.1 / count * (1 + 1e-9))
    }

    @Test func tooFewHeldOutRowsForADiscoveryRateAreSaid() throws {
        let workshop = try Workshop()
        let run = try workshop.score(SampleTable(rowCount: 100, seed: 5), "--fdr", "0.001")
        #expect(run.exitCode == 0)
        #expect(
            run.errors.contains("no row is called an anomaly at a false discovery rate of 0.1 %")
        )
        #expect(run.errors.contains("not even all of them would be enough"), "\(run.errors)")
        #expect(
            run.errors.contains("100 rows, 0 anomalies (a false discovery rate of 0.1 %)"),
            "\(run.errors)"
        )
        #expect(!run.errors.contains("--false-alarm-rate"), "\(run.errors)")
        let least = try workshop.score(SampleTable(rowCount: 9, seed: 5), "--fdr", "1e-30")
        #expect(least.errors.contains("a false discovery rate of 1e-28 %"), "\(least.errors)")
        expectUsageError(
            try oddity("score", workshop.model, "-", "--fdr", "0.1"),
            "--fdr reads the data twice"
        )
        expectUsageError(
            try oddity("score", workshop.model, "x.csv", "--fdr-method", "by"),
            "--fdr-method goes with --fdr"
        )
    }

    @Test func evaluationNamesTheCommandThatKeepsACheaperThreshold() throws {
        let workshop = try Workshop()
        let data = workshop.folder.write(SampleTable.labelled(rowCount: 200).csv, as: "known.csv")
        let run = try oddity(
            "evaluate",
            workshop.model,
            data,
            "--label",
            "label",
            "--threshold",
            "50",
            "--cost-miss",
            "10"
        )
        let command = "--data \(data) --label label --cost-miss 10 --set cost"
        #expect(run.errors.contains(command), "\(run.errors)")
        let keep = try oddity(
            "threshold",
            workshop.model,
            "--data",
            data,
            "--label",
            "label",
            "--cost-miss",
            "10",
            "--set",
            "cost"
        )
        #expect(keep.exitCode == 0, "\(keep.errors)")
        let again = try oddity(
            "evaluate",
            workshop.model,
            data,
            "--label",
            "label",
            "--cost-miss",
            "10"
        )
        #expect(!again.errors.contains("would have cost"), "\(again.errors)")
    }
}
