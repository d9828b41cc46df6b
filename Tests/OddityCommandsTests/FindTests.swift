import TestSupport
import Testing

/// `oddity find`.
@Suite struct FindTests {
    let folder: TemporaryFolder
    let path: String

    /// 200 rows around a line, three of which are far from it.
    init() throws {
        folder = try TemporaryFolder()
        let rows = (0..<200).map { row -> String in
            let a = Double((row * 37) % 101) / 10
            let noise = Double((row * 53) % 17) / 100
            return "\(a),\([20, 90, 170].contains(row) ? -40 : 2 * a + noise),\(row % 3)"
        }
        path = folder.write((["a,b,c"] + rows).joined(separator: "\n") + "\n")
    }

    @Test func showsTheOddestRowsAndWritesAllScores() throws {
        let scores = folder.path + "/scores.csv"
        let model = folder.path + "/model.safetensors"
        let run = try oddity(
            "find",
            path,
            "--output",
            scores,
            "--model",
            model,
            "--top",
            "3",
            "--epochs",
            "60"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.lines.count == 4)
        let shown = run.lines.dropFirst().compactMap {
            $0.split(separator: " ").first.map(String.init)
        }
        #expect(shown.sorted() == ["171", "21", "91"], "rows are counted from 1")
        #expect(run.lines.dropFirst().allSatisfy { $0.contains("anomaly  b -40 (expected ") })
        let table = fields(folder.readText(scores).split(separator: "\n").map(String.init))
        #expect(table[0].prefix(5) == ["row", "score", "p_value", "anomaly", "error"])
        #expect(table.dropFirst().map { $0[0] } == (1...200).map(String.init))
        #expect(run.errors.contains("200 rows, "))
        #expect(run.errors.contains("would be if all were normal"))
        // Its values come in steps, of which nobody can tell what chance would give.
        #expect(!run.errors.contains("beyond what chance would give"))
        #expect(run.errors.contains(" rows so far out that nothing was learned from them"))
        let again = try oddity("score", model, path)
        #expect(again.exitCode == 0, "\(again.errors)")
    }

    @Test func theSameSeedGivesTheSameBytes() throws {
        let runs = try ["1", "2"].map { threads in
            try oddity(
                "find",
                path,
                "--output",
                "-",
                "--epochs",
                "20",
                "--threads",
                threads
            )
        }
        #expect(runs[0].exitCode == 0, "\(runs[0].errors)")
        #expect(runs[0].output == runs[1].output)
        #expect(runs[0].lines.count == 201, "scores alone on standard output")
    }

    @Test(arguments: [
        (["--contamination", "0.7"], "--contamination"),
        (["--contamination", "some"], "--contamination"),
        (["--top", "-1"], "--top"), (["--reasons", "1001"], "--reasons"),
        (["--folds", "1"], "folds"),
    ])
    func optionsThatMakeNoSenseAreRefused(options: [String], name: String) throws {
        let run = try oddity(["find", path] + options)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains(name))
    }

    @Test func aPageShowsWhatWasFound() throws {
        let report = folder.path + "/found.html"
        let run = try oddity("find", path, "--report", report, "--epochs", "60", "--keep", "c")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("report       \(report)"))
        #expect(run.lines.dropFirst().allSatisfy { $0.contains(" c ") })
        let page = folder.readText(report)
        #expect(page.contains("Odd rows of data.csv"))
        #expect(page.contains("row 171, c 2"))
        for part in ["The oddest rows", "Columns to blame", "Overview", "The data", "Model card"] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test func scoresOfTrainingRowsAreNoticedAndShownAsAPage() throws {
        let model = folder.path + "/model.safetensors"
        let report = folder.path + "/scored.html"
        let fit = try oddity("fit", path, "-o", model, "--epochs", "20", "--contamination", "auto")
        #expect(fit.exitCode == 0, "\(fit.errors)")
        #expect(fit.errors.contains("so far out that nothing was learned from"))
        #expect(try oddity("inspect", model).output.contains("left out as far out"))
        let score = try oddity("score", model, path, "--report", report)
        #expect(score.exitCode == 0, "\(score.errors)")
        #expect(
            score.errors.contains(
                "of these rows, and what was learned looks normal; oddity find \(path) judges each "
                    + "row by networks that did not see it"
            )
        )
        #expect(folder.readText(report).contains("judged by model.safetensors"))
        let other = folder.write(
            "a,b,c\n" + (0..<40).map { "\($0).5,\(2 * $0 + 1),\($0 % 3)\n" }.joined(),
            as: "other.csv"
        )
        let new = try oddity("score", model, other)
        #expect(!new.errors.contains("what was learned"))
    }

    @Test func seriesAreJudgedByTheirPast() throws {
        let rows = (0..<300).map { row -> String in
            let level = Double((row * 37) % 101) / 50
            return "\(level),\(3 * level + ((150..<153).contains(row) ? 20 : 0))"
        }
        let series = folder.write(
            (["level,flow"] + rows).joined(separator: "\n") + "\n",
            as: "series.csv"
        )
        let scores = folder.path + "/series-scores.csv"
        let run = try oddity(
            "find",
            series,
            "--series",
            "--output",
            scores,
            "--epochs",
            "20",
            "--window",
            "6",
            "--hidden",
            "8,3",
            "--top",
            "3",
            "--report",
            folder.path + "/series.html"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.lines.count == 4)
        #expect(run.errors.contains("without a score: 6 warm-up"))
        let table = fields(folder.readText(scores).split(separator: "\n").map(String.init))
        #expect(table.count == 301)
        #expect(table[0].contains("state"))
        #expect(folder.readText(folder.path + "/series.html").contains("Odd steps of series.csv"))
        let kept = try oddity("find", series, "--series", "--keep", "level")
        #expect(kept.exitCode == 64)
        #expect(kept.errors.contains("--keep is for rows that stand alone"))
    }
}
