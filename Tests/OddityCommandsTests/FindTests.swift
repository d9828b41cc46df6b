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
}
