import Foundation
import TestSupport
import Testing

/// `oddity tune` for series.
@Suite struct TuneSeriesTests {
    private static let quick = [
        "--series", "--window", "6", "--hidden", "8,2", "--epochs", "9", "--folds", "2",
        "--trials", "4", "--search-network", "averages,dense", "--search-window", "4,8",
        "--search-hidden", "6,12", "--search-latent", "1,2", "--search-variant", "plain",
        "--search-learning-rate", "0.003,0.01", "--search-epochs", "9",
    ]

    /// Rows of `a,b,class`, of which every twentieth from the thirtieth on is odd where they are to be judged.
    private static func rows(_ count: Int, isLabelled: Bool = false) -> String {
        "a,b" + (isLabelled ? ",class\n" : "\n")
            + (0..<count).map { row in
                let isOdd = isLabelled && row >= 30 && row % 20 == 10
                let a = sin(Double(row) / 5) + Double((row * 37) % 11) / 100
                let b = cos(Double(row) / 9) + Double((row * 53) % 13) / 100
                return "\(a),\(isOdd ? b + 2 : b)" + (isLabelled ? ",\(isOdd ? 1 : 0)" : "")
                    + "\n"
            }.joined()
    }

    private static func tune(
        _ folder: TemporaryFolder,
        _ options: [String],
        train: String = rows(300)
    ) throws -> ChildProcess {
        let data = folder.write(train, as: "train.csv")
        return try oddity(["tune", data, "--output", folder.path + "/model"] + quick + options)
    }

    @Test func fitsTheBestTrialToAllRows() throws {
        let folder = try TemporaryFolder()
        let table = folder.path + "/trials.csv"
        let run = try Self.tune(folder, ["--table", table, "--json", "--false-alarm-rate", "0.02"])
        try #require(run.exitCode == 0, "\(run.errors)")
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        )
        let trials = try #require(found["trials"] as? [[String: Any]])
        #expect(trials.count == 4)
        let settings = try trials.map { try #require($0["settings"] as? String) }
        #expect(settings[0] == "averages window 6 8-2 denoising 0.1 rate 0.003 9 epochs")
        let lines = try String(contentsOfFile: table, encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let chosen = fields(lines).dropFirst().filter { $0.last == "1" }
        #expect(chosen.last?[3] == "1", "the best was trained in full")
        let model = folder.path + "/model"
        #expect(try oddity("verify", model).exitCode == 0)
        let card = try oddity("inspect", model).output
        let window = try #require(
            ((found["best"] as? [String: Any])?["settings"] as? String)?
                .split(separator: " ").dropFirst(2).first
        )
        #expect(card.contains("looks back     \(window) steps"), "\(card)")
        #expect(card.contains("p-value ≤ 0.02"), "\(card)")
        #expect(folder.names == ["model", "train.csv", "trials.csv"], "no journal is left")
        let again = try TemporaryFolder()
        let threads = try Self.tune(
            again,
            ["--threads", "3", "--json", "--false-alarm-rate", "0.02"]
        )
        #expect(threads.output == run.output)
        #expect(again.read(again.path + "/model") == folder.read(model))
    }

    @Test func theStartAloneIsWhatFitMakes() throws {
        let folder = try TemporaryFolder()
        #expect(try Self.tune(folder, ["--trials", "1"]).exitCode == 0)
        let model = folder.path + "/fitted"
        let run = try oddity(
            "fit",
            folder.path + "/train.csv",
            "--output",
            model,
            "--series",
            "--window",
            "6",
            "--hidden",
            "8,2",
            "--epochs",
            "9",
            "--folds",
            "2"
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        #expect(folder.read(model) == folder.read(folder.path + "/model"))
    }

    @Test func labelledRowsChooseAndTestByTime() throws {
        let folder = try TemporaryFolder()
        let labelled = folder.write(Self.rows(200, isLabelled: true), as: "labelled.csv")
        let run = try Self.tune(
            folder,
            ["--validation", labelled, "--label", "class", "--objective", "ap", "--json"]
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        )
        #expect(found["objective"] as? String == "average precision")
        let test = try #require(found["test"] as? [String: Any])
        // The last 100 rows, of which the first have no score.
        let count = try #require(test["rows"] as? Int)
        #expect([92, 94, 96].contains(count), "\(count)")
        #expect(test["anomalies"] as? Int == 5)
        #expect(try #require(test["auroc"] as? Double) > 0.9)
    }

    @Test(arguments: [
        (["--search-dropout", "0.1"], "--search-dropout is for rows that stand alone"),
        (["--contamination", "auto"], "--contamination is for rows that stand alone"),
        (["--label", "a"], "--label is for rows that stand alone, or needs --validation"),
        (["--search-window", "1"], "--search-window takes values such as 16,32,64"),
        (["--search-network", "transformer"], "--search-network takes values such as"),
    ])
    func optionsThatAreNotForSeriesAreRefused(options: [String], words: String) throws {
        let folder = try TemporaryFolder()
        expectUsageError(try Self.tune(folder, options), words)
    }

    @Test func optionsOfSeriesAreRefusedForTables() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 100).csv, as: "train.csv")
        expectUsageError(
            try oddity("tune", data, "-o", folder.path + "/m", "--search-window", "16"),
            "--search-window is for series: name their --time column, or say --series"
        )
    }

    @Test func aWindowThatIsTooLongForTheRowsIsRefused() throws {
        let folder = try TemporaryFolder()
        expectFailure(
            try Self.tune(folder, ["--search-window", "200", "--search-network", "dense"]),
            65,
            "300 rows are too few to train and calibrate: give at least 2400 rows"
        )
    }
}
