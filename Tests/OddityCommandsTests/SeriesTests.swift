import Foundation
import TestSupport
import Testing

/// `oddity fit` and `oddity score` on time series.
@Suite struct SeriesTests {
    private static let quick = [
        "--hidden", "8,3", "--epochs", "20", "--folds", "3", "--window", "6", "--time", "time",
    ]

    /// A level that wanders and what follows it, one row a minute, with a step up in a few rows.
    private static func csv(
        rows: Int,
        odd: Range<Int> = 0..<0,
        minutes: (Int) -> Int = { $0 }
    ) -> String {
        var lines = ["time,level,flow"]
        var state: UInt64 = 7
        var level = 0.0
        for row in 0..<rows {
            func draw() -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Double(state >> 40) / Double(1 << 24) - 0.5
            }
            level = 0.8 * level + draw()
            let flow = 3 * level + 0.2 * draw() + (odd.contains(row) ? 4 : 0)
            let minute = minutes(row)
            let clock = [minute / 60 % 24, minute % 60].map { String(format: "%02d", $0) }
            let day = String(format: "%02d", 1 + minute / 1_440)
            lines.append("2024-01-\(day)T\(clock[0]):\(clock[1]):00,\(level),\(flow)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func fit(_ folder: TemporaryFolder, _ options: [String] = []) throws
        -> ChildProcess
    {
        let train = folder.write(csv(rows: 400), as: "train.csv")
        return try oddity(["fit", train, "--output", folder.path + "/model"] + quick + options)
    }

    @Test func oddRowsAreFoundAndTheFirstOnesHaveNoScore() throws {
        let folder = try TemporaryFolder()
        let fit = try Self.fit(folder)
        try #require(fit.exitCode == 0, "\(fit.errors)")
        #expect(fit.errors.contains("400 steps of 1 series, one every 1 min"))
        #expect(fit.errors.contains("6 steps: as asked for"))
        let new = folder.write(Self.csv(rows: 200, odd: 120..<130), as: "new.csv")
        let run = try oddity(["score", folder.path + "/model", new, "--reasons", "1"])
        try #require(run.exitCode == 0, "\(run.errors)")
        let lines = fields(run.output.split(separator: "\n").map(String.init))
        #expect(
            lines[0] == [
                "row", "time", "score", "p_value", "anomaly", "error", "state", "reason_1",
                "share_1", "actual_1", "expected_1", "tail_p_value",
            ]
        )
        #expect(lines.count == 201)
        for line in lines.dropFirst().prefix(6) {
            #expect(line[2] == "" && line[3] == "" && line[4] == "0" && line[6] == "warm-up")
        }
        #expect(lines[7][6] == "scored" && Double(lines[7][2]) != nil)
        #expect(lines[121...130].filter { $0[4] == "1" }.count >= 8)
        #expect(lines[20...110].filter { $0[4] == "1" }.count <= 4)
        #expect(run.errors.contains("without a score: 6 warm-up"))
        #expect(try oddity("verify", folder.path + "/model").exitCode == 0)
        let card = try oddity("inspect", folder.path + "/model").output
        #expect(card.contains("one every 1 min") && card.contains("averages over 2 and 6 steps"))
    }

    @Test func everyFormatTellsTheSame() throws {
        let folder = try TemporaryFolder()
        try #require(try Self.fit(folder).exitCode == 0)
        let new = folder.write(Self.csv(rows: 30), as: "new.csv")
        let json = try oddity(["score", folder.path + "/model", new, "--format", "ndjson"]).output
        let rows = try json.split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            )
        }
        #expect(rows.count == 30 && rows[0]["score"] is NSNull)
        #expect(rows[0]["state"] as? String == "warm-up")
        #expect(rows[9]["time"] as? String == "2024-01-01T00:09:00")
        #expect(rows[9]["score"] is Double)
        let table = try oddity(["score", folder.path + "/model", new, "--format", "table"]).output
        #expect(table.split(separator: "\n").count == 31 && table.contains("warm-up"))
    }

    @Test func gapsLateRowsAndSeveralSeriesAreTold() throws {
        let folder = try TemporaryFolder()
        try #require(try Self.fit(folder).exitCode == 0)
        let gap = folder.write(
            Self.csv(rows: 60) { $0 < 40 ? $0 : $0 == 50 ? 5 : $0 + 300 },
            as: "gap.csv"
        )
        let run = try oddity(["score", folder.path + "/model", gap])
        let lines = fields(run.output.split(separator: "\n").map(String.init))
        #expect(lines[41][6] == "scored" && lines[51][6] == "earlier than the row before")
        let two = "machine," + Self.csv(rows: 300).replacing("\n2024", with: "\na,2024")
        let other = Self.csv(rows: 300).split(separator: "\n").dropFirst()
            .map { "b," + $0 }.joined(separator: "\n")
        let train = folder.write(two + other + "\n", as: "two.csv")
        let fit = try oddity(
            ["fit", train, "--output", folder.path + "/two"] + Self.quick + ["--entity", "machine"]
        )
        #expect(fit.exitCode == 0 && fit.errors.contains("600 steps of 2 series"), "\(fit.errors)")
        let scores = try oddity(["score", folder.path + "/two", train]).output
        #expect(scores.contains("row,time,entity,score"))
    }

    @Test(arguments: [
        (minutes: 1, text: nil), (5, "rows are 5 min apart"), (20, "rows are 20 min apart"),
    ])
    func rowsAtAnotherPaceAreTold(minutes: Int, text: String?) throws {
        let folder = try TemporaryFolder()
        try #require(try Self.fit(folder).exitCode == 0)
        let new = folder.write(
            Self.csv(rows: 40, odd: 20..<25) { $0 * minutes + ($0 >= 30 ? 7 : 0) },
            as: "new.csv"
        )
        let model = folder.path + "/model"
        for verb in ["score", "watch"] {
            let run = try oddity([verb, model, new])
            try #require(run.exitCode == 0, "\(run.errors)")
            #expect(
                run.errors.contains("steps of 1 min, so its scores mean little") == (text != nil)
            )
            if let text { #expect(run.errors.contains(text)) }
        }
    }

    @Test func badSeriesAreRefusedWithTheirPlace() throws {
        let folder = try TemporaryFolder()
        func fit(_ csv: String, _ options: [String]) throws -> ChildProcess {
            let train = folder.write(csv, as: "bad.csv")
            return try oddity(["fit", train, "--output", folder.path + "/bad"] + options)
        }
        let late = Self.csv(rows: 100) { $0 == 50 ? 3 : $0 }
        expectFailure(try fit(late, Self.quick), 65, "bad.csv", "row 51", "earlier")
        let twice = Self.csv(rows: 100) { $0 == 50 ? 49 : $0 }
        expectFailure(try fit(twice, Self.quick), 65, "row 51", "2024-01-01T00:49")
        let uneven = Self.csv(rows: 100) { $0 / 3 * 23 + $0 % 3 * 10 }
        expectFailure(try fit(uneven, Self.quick), 65, "row", "resample")
        expectFailure(try fit(Self.csv(rows: 30), Self.quick), 65, "30 rows are too few")
        expectFailure(
            try fit(Self.csv(rows: 100), ["--time", "tim"]),
            64,
            "\"tim\"",
            "\"time\""
        )
        #expect(!folder.names.contains("bad"))
        #expect(try fit(late, Self.quick + ["--sort", "--duplicates", "first"]).exitCode == 0)
    }

    @Test(arguments: [
        (["--window", "8"], "--time"), (["--series", "--sort"], "--time"),
        (["--series", "--time", "time"], "one"), (["--time", "time", "--sampling", "x"], "5min"),
        (["--time", "time", "--network", "magic"], "magic"),
        (["--time", "time", "--duplicates", "x"], "--duplicates"),
        (["--time", "time", "--gap-limit", "0"], "--gap-limit"),
        (["--time", "time", "--pca", "3"], "--pca"),
        (["--time", "time", "--image-size", "32"], "--image-size"),
        (["--time", "time", "--alarms-per-day", "1", "--false-alarm-rate", "0.1"], "one of"),
        (["--series", "--alarms-per-day", "1"], "--time"),
        (["--time", "time", "--window", "1"], "window"),
        (["--time", "time", "--stride", "0"], "stride"),
        (["--time", "time", "--variant", "convolutional"], "convolutional"),
        (["--time", "time", "--hidden", "8"], "64,8"),
    ])
    func optionsThatDoNotGoTogetherAreErrors(options: [String], word: String) throws {
        let folder = try TemporaryFolder()
        let train = folder.write(Self.csv(rows: 100), as: "train.csv")
        expectUsageError(
            try oddity(["fit", train, "--output", folder.path + "/model"] + options),
            word
        )
    }

    /// The pump of the README: all five faults are found, with few false alarms.
    @Test func theExampleIsWhatTheReadmeSays() throws {
        let folder = try TemporaryFolder()
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let pump = root.path + "/Examples/pump"
        let model = folder.path + "/pump"
        let fit = try oddity(["fit", pump + "/normal.csv", "--time", "time", "--output", model])
        try #require(fit.exitCode == 0, "\(fit.errors)")
        let run = try oddity(["evaluate", model, pump + "/new.csv", "--label", "fault"])
        #expect(run.output.contains("events: 5 of 5 found"), "\(run.output)")
    }
}
