import Foundation
import TestSupport
import Testing

/// `oddity fit --validation`: the fit and the choice of a threshold at once.
@Suite struct FitThresholdTests {
    private static let quick = ["--folds", "2", "--hidden", "8,3", "--epochs", "20"]
    let folder: TemporaryFolder
    let train, labelled: String
    var model: String { folder.path + "/model" }

    init() throws {
        folder = try TemporaryFolder()
        train = folder.write(SampleTable(rowCount: 200).csv, as: "train.csv")
        labelled = folder.write(SampleTable.labelled(rowCount: 120).csv, as: "labelled.csv")
    }

    private func fit(_ options: String..., data: String? = nil) throws -> ChildProcess {
        try oddity(["fit", data ?? train, "--output", model] + Self.quick + options)
    }

    private func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// What both do is the same, byte for byte.
    @Test(arguments: [
        [], ["--set", "youden"], ["--set", "f-beta=2", "--on", "error"],
        ["--set", "cost", "--cost-miss", "10", "--prevalence", "0.01"], ["--set", "quantile=0.9"],
    ])
    func choosesAsThresholdDoes(_ rule: [String]) throws {
        let once = try oddity(
            ["fit", train, "--output", model] + Self.quick
                + ["--validation", labelled, "--label", "label"] + rule
        )
        #expect(once.exitCode == 0, "\(once.errors)")
        #expect(once.errors.contains("labelled     catches "))
        #expect(once.errors.contains(" of 12 anomalies of labelled.csv at "))
        let other = folder.path + "/other"
        #expect(try oddity(["fit", train, "--output", other] + Self.quick).exitCode == 0)
        let set = rule.isEmpty ? ["--set", "youden"] : rule
        let twice = try oddity(
            ["threshold", other, "--data", labelled, "--label", "label"] + set
        )
        #expect(twice.exitCode == 0, "\(twice.errors)")
        #expect(try bytes(model) == bytes(other))
        guard rule.isEmpty else { return }
        let origin = "youden on 120 labelled rows of labelled.csv"
        #expect(try oddity("inspect", model).output.contains(origin))
    }

    @Test func theTrainingRowsMayHaveLabelsToo() throws {
        let run = try fit("--validation", labelled, "--label", "label", data: labelled)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("labelled     catches "))
        #expect(try !oddity("inspect", model).output.contains("label: "))
    }

    @Test func rulesWithoutLabelsNeedNone() throws {
        #expect(try fit("--set", "quantile=0.95").exitCode == 0)
        #expect(
            try oddity("inspect", model).output.contains("quantile=0.95 of 200 held-out rows")
        )
        let alerts = try fit("--set", "alerts-per-day=5", "--rows-per-day", "100")
        #expect(alerts.exitCode == 0, "\(alerts.errors)")
        #expect(alerts.errors.contains("anomaly when p-value ≤ 0.05 (alerts-per-day=5/100 of"))
    }

    @Test func seriesAndImagesToo() throws {
        var series = SampleSeries(rowCount: 400, seed: 5)
        let normal = folder.write(series.csv, as: "series.csv")
        series.breakSum(in: 200..<220)
        let lines = series.lines.enumerated().map { "\($1),\(200..<220 ~= $0 ? 1 : 0)\n" }
        let events = folder.write(
            SampleSeries.header + ",odd\n" + lines.joined(),
            as: "events.csv"
        )
        let run = try oddity([
            "fit", normal, "--time", "time", "--window", "8", "--folds", "2", "--epochs", "5",
            "--output", model, "--validation", events, "--label", "odd",
        ])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("anomaly when score ≥ "))
        #expect(run.errors.contains("of 20 anomalies of events.csv at "))
        // The model knows how many rows a day has.
        let budget = try oddity("threshold", model, "--set", "alerts-per-day=100")
        #expect(budget.exitCode == 0, "\(budget.errors)")
        #expect(budget.errors.contains("alerts-per-day=100/1440 of"))

        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let fabric = root.appendingPathComponent("Examples/fabric").path
        let images = try oddity([
            "fit", fabric, "--output", model, "--validation", fabric, "--set", "detection=0.9",
        ])
        #expect(images.exitCode == 0, "\(images.errors)")
        #expect(images.errors.contains("anomalies of fabric at "))
    }

    @Test(arguments: [
        (["--validation", "labelled.csv"], "--validation takes --label"),
        (["--set", "youden"], "give them with --validation"),
        (["--set", "sigma"], "is no rule"),
        (["--cost-miss", "3", "--set", "largest"], "--cost-miss goes with --set cost"),
        (["--on", "error"], "--on goes with --set"),
        (["--rows-per-day", "5"], "--rows-per-day goes with"),
        (["--set", "largest", "--false-alarm-rate", "0.1"], "both choose a threshold"),
        (["--set", "alerts-per-day=5"], "say it with --rows-per-day"),
        (["--labels", "x.npy"], "--labels goes with --validation"),
        (["--validation", "-", "--label", "x"], "save it to a file"),
        (["--set", "largest", "--scores", "s.csv"], "for rows to come"),
    ])
    func refusesWhatCannotBe(_ options: [String], _ words: String) throws {
        let run = try oddity(["fit", train, "--output", model] + Self.quick + options)
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
    }

    /// A label that cannot be used is told before the work.
    @Test func labelsAreReadBeforeTheFit() throws {
        let one = folder.write(
            SampleTable.labelled(rowCount: 40, anomaly: "0").csv,
            as: "one.csv"
        )
        for (options, words) in [
            (["--validation", labelled, "--label", "lable"], "lable"),
            (["--validation", labelled, "--label", "label", "--positive", "9"], "no row has"),
            (["--validation", one, "--label", "label"], "Youden's J"),
            (["--validation", folder.path + "/none.csv", "--label", "label"], "none.csv"),
        ] {
            let run = try oddity(["fit", train, "--output", model] + Self.quick + options)
            #expect(run.exitCode >= 64 && run.errors.contains(words), "\(run.errors)")
            #expect(!run.errors.contains("member 1"), "\(run.errors)")
        }
    }

    /// A threshold that cannot be does not cost the training.
    @Test func theModelIsKeptWhereTheRuleGivesNone() throws {
        let run = try fit("--set", "conformal=0.0001")
        #expect(run.exitCode == 65 && run.errors.contains("is written with p-value ≤ 0.01"))
        #expect(try oddity("verify", model).exitCode == 0)
    }
}
