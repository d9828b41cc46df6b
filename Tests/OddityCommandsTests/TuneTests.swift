import Foundation
import TestSupport
import Testing

/// `oddity tune`.
@Suite struct TuneTests {
    private static let quick = [
        "--hidden", "8,2", "--batch-size", "32", "--epochs", "9", "--folds", "2", "--trials", "4",
        "--search-hidden", "6,12", "--search-latent", "1,2,4", "--search-variant", "plain",
        "--search-dropout", "0", "--search-learning-rate", "0.003,0.01", "--search-epochs", "9",
    ]

    private static func tune(
        _ folder: TemporaryFolder,
        _ options: [String],
        train: String = SampleTable(rowCount: 120).csv
    ) throws -> ChildProcess {
        let data = folder.write(train, as: "train.csv")
        let arguments = ["tune", data, "--output", folder.path + "/model"] + quick + options
        return try ChildProcess(try Oddity.binary(), arguments)
    }

    @Test func fitsTheBestTrialToAllRows() throws {
        let folder = try TemporaryFolder()
        let table = folder.path + "/trials.csv"
        let run = try Self.tune(folder, ["--table", table, "--json"])
        try #require(run.exitCode == 0, "\(run.errors)")
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        )
        let trials = try #require(found["trials"] as? [[String: Any]])
        #expect(trials.count == 4)
        #expect(found["objective"] as? String == "separation")
        let best = try #require(found["best"] as? [String: Any])
        let text = try String(contentsOfFile: table, encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        let chosen = fields(lines).dropFirst().filter { $0.last == "1" }
        #expect(Set(chosen.map { $0[0] }) == ["\(try #require(best["number"] as? Int))"])
        #expect(chosen.last?[3] == "1", "the best was trained in full")
        let sizes = try #require((best["settings"] as? String)?.split(separator: " ").first)
        let card = try oddity("inspect", folder.path + "/model").output
        #expect(card.contains("–\(sizes.replacing("-", with: "–"))–"), "the model has these sizes")
        #expect(try oddity("verify", folder.path + "/model").exitCode == 0)
        #expect(folder.names == ["model", "train.csv", "trials.csv"], "no journal is left")
        #expect(run.errors.contains("best so far"))
    }

    @Test func theSameSeedGivesTheSameBytesOnAnyThreads() throws {
        func result(_ threads: String) throws -> (output: String, model: Data, table: Data) {
            let folder = try TemporaryFolder()
            let table = folder.path + "/trials.csv"
            let run = try Self.tune(folder, ["--threads", threads, "--table", table])
            try #require(run.exitCode == 0, "\(run.errors)")
            return (
                run.output, try Data(contentsOf: URL(filePath: folder.path + "/model")),
                try Data(contentsOf: URL(filePath: table))
            )
        }
        let one = try result("1")
        let three = try result("3")
        #expect(one == three)
    }

    @Test func labelledRowsChooseAndTestOnce() throws {
        let folder = try TemporaryFolder()
        let labelled = folder.write(SampleTable.labelled(rowCount: 200).csv, as: "labelled.csv")
        let report = folder.path + "/tune.html"
        let run = try Self.tune(
            folder,
            [
                "--validation", labelled, "--label", "label", "--objective", "ap", "--report",
                report, "--test-share", "0.4",
            ]
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        #expect(run.lines.first?.contains("average precision") == true)
        let tests = run.lines.filter { $0.hasPrefix("test: 80 rows, 8 anomalies: AUROC ") }
        #expect(tests.count == 1)
        let page = try String(contentsOfFile: report, encoding: .utf8)
        #expect(page.contains("On the test rows, looked at once"))
        #expect(page.components(separatedBy: "<svg").count == 3)
        // The label is left out of training rows that have it.
        let other = try TemporaryFolder()
        let again = try Self.tune(
            other,
            ["--validation", labelled, "--label", "label", "--test", labelled],
            train: SampleTable.labelled(rowCount: 120).csv
        )
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(again.lines.contains { $0.hasPrefix("test: 200 rows, 20 anomalies") })
        #expect(try !oddity("inspect", other.path + "/model").output.contains("label"))
    }

    @Test func aKilledSearchGoesOn() throws {
        let rates = (1...50).map { "\(Double($0) / 2500)" }.joined(separator: ",")
        let options = ["--trials", "120", "--search-learning-rate", rates]
        let whole = try TemporaryFolder()
        let expected = try Self.tune(whole, options)
        try #require(expected.exitCode == 0, "\(expected.errors)")

        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 120).csv, as: "train.csv")
        let command =
            "\"$ODDITY\" tune '\(data)' --output \"$1/model\" "
            + (Self.quick + options).joined(separator: " ")
        let kill = try shell(
            "\(command) 2>/dev/null & while [ ! -e \"$1/model.trials\" ]; do sleep 0.01; done; "
                + "kill -9 $!; wait $!; test -e \"$1/model.trials\" && test ! -e \"$1/model\"",
            in: folder
        )
        #expect(kill.exitCode == 0, "a journal and no model: \(kill.errors) \(folder.names)")
        let resumed = try Self.tune(folder, options)
        #expect(resumed.exitCode == 0, "\(resumed.errors)")
        #expect(resumed.output == expected.output)
        // A kill at the wrong moment leaves a hidden file of the journal.
        #expect(folder.names.filter { !$0.hasPrefix(".") } == ["model", "train.csv"])
    }

    @Test func trialsOfAnotherSearchAreRefused() throws {
        let folder = try TemporaryFolder()
        folder.write("{\"search\":\"0\",\"entries\":[]}", as: "model.trials")
        let run = try Self.tune(folder, [])
        expectFailure(run, 65, "model.trials", "damaged", "remove")
        #expect(!folder.names.contains("model"))
    }

    @Test(arguments: [
        (["--objective", "auroc"], "--validation"), (["--strategy", "luck"], "luck"),
        (["--strategy", "grid"], "leave out --trials"), (["--search-latent", "4,x"], "4,8,16"),
        (["--search-variant", "magic"], "--search-variant"),
        (["--search-noise-level", "0.2"], "denoising"), (["--test-share", "0.5"], "--validation"),
        (["--cost-miss", "4"], "--objective cost"), (["--time-limit", "0"], "--time-limit"),
        (["--validation", "rows.csv"], "--label"), (["--search-dropout", "1"], "--search-dropout"),
        (["--table", "t.csv", "--report", "t.csv"], "files of their own"),
    ])
    func optionsThatDoNotGoTogetherAreErrors(options: [String], word: String) throws {
        let folder = try TemporaryFolder()
        expectUsageError(try Self.tune(folder, options), word)
    }

    @Test func oneFoldHoldsNoRowsOut() throws {
        let folder = try TemporaryFolder()
        expectFailure(try Self.tune(folder, ["--folds", "1"]), 64, "folds is 1", "at least 2")
    }

    @Test func aLabelThatIsNotThereIsNamed() throws {
        let folder = try TemporaryFolder()
        expectFailure(try Self.tune(folder, ["--label", "clas"]), 64, "\"clas\"")
    }
}
