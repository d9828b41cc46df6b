import TestSupport
import Testing

/// `oddity fit --scores`.
@Suite struct FitScoresTests {
    let folder: TemporaryFolder
    let path: String

    /// 120 rows around a line, two of which are far from it.
    init() throws {
        folder = try TemporaryFolder()
        let rows = (0..<120).map { row -> String in
            let a = Double((row * 37) % 101) / 10
            let noise = Double((row * 53) % 17) / 100
            return "\(a),\([20, 90].contains(row) ? -40 : 2 * a + noise),\(row % 3)"
        }
        path = folder.write((["a,b,c"] + rows).joined(separator: "\n") + "\n")
    }

    private func file(_ name: String) -> String { folder.path + "/" + name }

    @Test(arguments: ["none", "auto"])
    func writesWhatFindSays(contamination: String) throws {
        let options = ["--epochs", "40", "--contamination", contamination]
        let scored = ["--keep", "c", "--reasons", "2", "--format", "ndjson"]
        let fit = try oddity(
            ["fit", path, "-o", file("a"), "--scores", file("a.txt")] + options + scored
        )
        #expect(fit.exitCode == 0, "\(fit.errors)")
        let find = try oddity(
            ["find", path, "--model", file("b"), "-o", file("b.txt")] + options + scored
        )
        #expect(find.exitCode == 0, "\(find.errors)")
        #expect(folder.readText(file("a.txt")) == folder.readText(file("b.txt")))
        #expect(folder.readText(file("a.txt")).split(separator: "\n").count == 120)
        let plain = try oddity(["fit", path, "-o", file("c")] + options)
        #expect(plain.exitCode == 0)
        #expect(folder.read(file("a")) == folder.read(file("c")), "a fit as usual")
        #expect(
            fit.errors.contains(
                "each judged by networks that did not see it, as oddity find does"
            )
        )
    }

    @Test func saysHowFindDiffers() throws {
        let run = try oddity("fit", path, "-o", file("m"), "--scores", "-", "--epochs", "5")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.lines.count == 121)
        #expect(
            run.errors.contains("standard output: 120 rows, ")
                && run.errors.contains("out of the training (--contamination auto)")
        )
    }

    @Test(arguments: [
        (["--keep", "c"], "--keep needs --scores"),
        (["--reasons", "1"], "--reasons needs --scores"),
        (["--format", "csv"], "--format needs --scores"),
        (["--scores", "S", "--label", "c"], "--label leaves rows out"),
        (["--scores", "-", "--json"], "--json and --scores - would both write"),
        (["--scores", "S", "--folds", "1"], "folds"),
        (["--scores", "S", "--reasons", "1001"], "--reasons takes a count"),
        (["--scores", "S", "--series", "--keep", "c"], "--keep is for rows that stand alone"),
        (
            ["--scores", "S", "--series", "--alarms-per-day", "1"],
            "--alarms-per-day needs --time"
        ),
    ])
    func whatDoesNotGoWithItIsRefused(options: [String], message: String) throws {
        let all = options.map { $0 == "S" ? file("s.csv") : $0 }
        let run = try oddity(["fit", path, "-o", file("m")] + all)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(folder.read(file("m")).isEmpty)
    }

    @Test func outputsAreDifferentFiles() throws {
        let one = try oddity("fit", path, "-o", file("m"), "--scores", file("m"))
        #expect(one.exitCode == 64)
        #expect(one.errors.contains("--output and --scores take different files"))
        let input = try oddity("fit", path, "-o", file("m"), "--scores", path)
        #expect(input.exitCode == 64)
        #expect(input.errors.contains("is read, so it cannot be the output"))
    }

    @Test func seriesAreJudgedByTheirPast() throws {
        let run = try oddity(
            "fit",
            path,
            "--series",
            "-o",
            file("m"),
            "--scores",
            file("s.csv"),
            "--epochs",
            "5"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(folder.readText(file("s.csv")).split(separator: "\n").count == 121)
        #expect(run.errors.contains("by the network that did not see its block"))
    }
}
