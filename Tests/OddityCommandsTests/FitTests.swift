import Foundation
import TestSupport
import Testing

/// `oddity fit`: what it says, what it writes, what it refuses.
@Suite struct FitTests {
    @Test func saysWhatItUnderstood() throws {
        let lines = try Workshop().fit.errors.split(separator: "\n").map(String.init)
        func line(_ subject: String) -> String {
            lines.first { $0.hasPrefix(subject + " ") } ?? "there is no line \(subject)"
        }
        #expect(
            line("data").contains("200 rows, 7 columns, fields between commas, named in the first")
        )
        #expect(line("numeric").contains("4: a, b, c, fixed"))
        #expect(line("categorical").contains("1: color"))
        #expect(lines.contains { $0.hasPrefix("ignored") && $0.contains("id: ") })
        #expect(lines.contains { $0.hasPrefix("ignored") && $0.contains("time: dates or times") })
        #expect(line("missing").contains("c (20)"))
        #expect(line("constant").contains("fixed: watched for change"))
        #expect(line("network").contains("–16–4–16–"))
        #expect(line("calibration").contains("200 held-out rows; anomaly when p-value ≤ 0.01"))
        #expect(line("model").hasSuffix("model.safetensors"))
        #expect(lines.filter { $0.hasPrefix("member ") && $0.contains("60 epochs") }.count == 4)
    }

    @Test func linesUpWhatItSays() throws {
        let lines = try Workshop().fit.errors.split(separator: "\n").map(Array.init)
        for line in lines { #expect(line[12] == " " && line[13] != " ", "\(String(line))") }
    }

    @Test func jsonHoldsWhatWasLearned() throws {
        struct Summary: Decodable {
            struct Column: Decodable { let name, kind: String, is_only_watched: Bool }
            struct Member: Decodable {
                let epochs, best_epoch: Int
                let training_loss, held_out_loss: Double
            }
            let training_rows, calibration_rows, parameters: Int
            let columns: [Column]
            let layer_sizes: [Int]
            let members: [Member]
            let threshold: Double
            let decision_rule, producer, training_source: String
        }
        let workshop = try Workshop("--json", "--false-alarm-rate", "0.05")
        let text = workshop.fit.output
        let summary = try JSONDecoder().decode(Summary.self, from: Data(text.utf8))
        #expect(summary.training_rows == 200)
        #expect(summary.columns.map(\.name) == ["a", "b", "c", "color", "fixed"])
        #expect(summary.columns.filter(\.is_only_watched).map(\.name) == ["fixed"])
        #expect(summary.layer_sizes.dropFirst().dropLast() == [16, 4, 16])
        #expect(summary.members.count == 4)
        #expect(summary.decision_rule == "p-value ≤ 0.05")
        #expect(abs(summary.threshold - 1.301) < 0.001)
        let inspected = try oddity("inspect", workshop.model, "--json")
        #expect(inspected.output == text)
    }

    @Test func neverTakesTheLastColumnForALabel() throws {
        let workshop = try Workshop(train: .labelled(rowCount: 200))
        let columns = try oddity("inspect", workshop.model).output
        #expect(columns.contains("label"))
    }

    @Test func leavesOutWhatItIsTold() throws {
        let workshop = try Workshop(
            "--label",
            "label",
            "--ignore",
            "c,color",
            "--ignore",
            "fixed",
            train: .labelled(rowCount: 200)
        )
        #expect(workshop.fit.errors.contains("numeric      2: a, b\n"))
        let columns = try oddity("inspect", workshop.model).output
        #expect(!columns.contains("label"))
    }

    @Test func categoricalColumnsMayBeDigits() throws {
        let workshop = try Workshop("--categorical", "fixed")
        #expect(workshop.fit.errors.contains("categorical  2: color, fixed\n"))
    }

    @Test func readsStandardInput() throws {
        let folder = try TemporaryFolder()
        let run = try oddity(
            "fit",
            "-",
            "--output",
            folder.path + "/m",
            "--epochs",
            "2",
            input: SampleTable(rowCount: 50).csv
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(folder.names == ["m"])
        #expect(run.errors.contains("standard input: 50 rows"))
    }

    @Test func sameSeedGivesSameBytes() throws {
        let first = try Workshop("--threads", "1")
        let second = try Workshop("--threads", "2")
        let third = try Workshop("--seed", "3")
        let bytes = first.folder.read(first.model)
        #expect(bytes.count > 1000)
        #expect(bytes == second.folder.read(second.model))
        #expect(bytes != third.folder.read(third.model))
    }

    @Test func verboseShowsEveryEpochOfEveryNetwork() throws {
        let lines = try Workshop("--verbose").fit.errors.split(separator: "\n")
        #expect(lines.filter { $0.contains("epoch ") && $0.contains(": loss ") }.count == 4 * 60)
    }

    @Test(arguments: [
        ("", "the file is empty"), ("a,b\n", "there is a header and no data"),
        ("a,b\n1,2\n", "1 row is too few"),
        ("a,b\n1,2\n1,2\n1,2\n1,2\n1,2\n", "no column can be used"),
        ("a,b\n1,2\n1,2,3\n", ":3: "),
    ])
    func refusesUselessFiles(_ text: String, _ words: String) throws {
        let folder = try TemporaryFolder()
        let data = folder.write(text)
        let run = try oddity("fit", data, "--output", folder.path + "/m")
        expectFailure(run, 65, data, words)
        #expect(folder.names == ["data.csv"])
    }

    @Test func refusesAPlaceItCannotWriteToBeforeTraining() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 50).csv)
        for place in [folder.path + "/nowhere/m", folder.path] {
            let run = try oddity("fit", data, "--output", place)
            expectFailure(run, 74, place)
            #expect(!run.errors.contains("network"))
        }
        #expect(folder.names == ["data.csv"])
    }

    @Test func neverReplacesItsInput() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 50).csv)
        expectUsageError(try oddity("fit", data, "--output", data), "cannot be the output")
        #expect(folder.readText(data) == SampleTable(rowCount: 50).csv)
    }

    @Test func warnsOfARateThatTheRowsCannotBack() throws {
        let workshop = try Workshop("--false-alarm-rate", "0.001")
        #expect(workshop.fit.errors.contains("no row can be called an anomaly at p-value ≤ 0.001"))
        #expect(workshop.fit.errors.contains("at least 999 held-out rows"))
    }

    @Test func refusesAModelAsData() throws {
        let workshop = try Workshop()
        let run = try oddity("fit", workshop.model, "--output", workshop.path("other"))
        expectFailure(run, 65, workshop.model, "this is a model")
    }

    /// A network with more inputs than rows soon knows its rows by heart.
    @Test func aWideTableStopsEarlyAndSaysWhereNothingWasLearned() throws {
        let folder = try TemporaryFolder()
        var random = Numbers(state: 4)
        let header = (0..<150).map { "x\($0)" }.joined(separator: ",")
        let rows = (0..<60).map { _ in
            (0..<150).map { _ in "\(random.next())" }.joined(separator: ",")
        }
        folder.write(([header] + rows).joined(separator: "\n") + "\n", as: "wide.csv")
        let path = folder.path + "/wide.csv"
        let run = try oddity("fit", path, "--output", folder.path + "/model")
        #expect(run.exitCode == 0, "\(run.errors)")
        let members = run.errors.split(separator: "\n").filter { $0.hasPrefix("member ") }
        #expect(members.count == 4)
        #expect(
            members.allSatisfy { line in
                let epochs = line.dropFirst(13).prefix { $0 != " " }
                return (Int(epochs) ?? 1500) < 400
            },
            "\(run.errors)"
        )
        let learned = members.contains { !$0.contains("in epoch 1,") }
        #expect(run.errors.contains("nothing was learned") != learned, "\(run.errors)")
        // Who asks for another patience gets it.
        let asked = try oddity(
            "fit",
            path,
            "--output",
            folder.path + "/model",
            "--patience",
            "3",
            "--epochs",
            "500"
        )
        #expect(asked.errors.contains("member 1"), "\(asked.errors)")
    }

    @Test func aVeryWideTableIsShownInPart() throws {
        let folder = try TemporaryFolder()
        let row = (0..<300).map { "\($0).5" }.joined(separator: ",") + "\n"
        let header = (0..<300).map { "x\($0)" }.joined(separator: ",") + "\n"
        let path = folder.write(header + String(repeating: row, count: 30), as: "wide.csv")
        let shown = try oddity("inspect", path)
        #expect(shown.lines.last == "and 100 more columns; --json has them all")
        #expect(try oddity("inspect", path, "--json").output.contains("x299"))
    }
}
