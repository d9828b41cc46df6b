import TestSupport
import Testing

/// Every option that takes a number, with numbers at and beyond the ends: a run ends well or says in one line what
/// cannot be, and never by a signal.
@Suite struct OptionLimitTests {
    static let values = [
        "0", "-1", "9223372036854775807", "-9223372036854775808", "4611686018427387904",
        "99999999999999999999", "1e-30", "5e-324", "1e308", "-1e308", "inf", "-inf", "nan", "",
    ]

    static let network = [
        "--epochs", "--batch-size", "--patience", "--dropout", "--residual-blocks", "--folds",
        "--clip", "--pca", "--learning-rate", "--clip-gradients", "--weight-decay", "--hidden",
        "--seed", "--threads", "--false-alarm-rate",
    ]
    static let variants = [
        ("sparse", "--sparsity-weight"), ("sparse", "--sparsity-target"),
        ("sparse", "--active-units"), ("denoising", "--noise-level"),
        ("variational", "--kl-weight"), ("variational", "--kl-warm-up"),
        ("variational", "--mean-l1"), ("variational", "--free-bits"),
    ]
    static let series = [
        "--window", "--stride", "--gap-limit", "--fill-limit", "--alarms-per-day", "--sampling",
        "--epochs", "--batch-size",
    ]
    static let images = [
        "--channels", "--latent", "--image-variant-level", "--image-steps",
        "--image-learning-rate", "--image-batch-size", "--tile", "--tile-stride", "--image-size",
        "--center-crop",
    ]

    /// Small trainings, so that what is accepted ends soon.
    private let quick = ["--threads", "1", "--folds", "2"]

    private func expectSoundEnd(_ run: ChildProcess, _ arguments: [String]) {
        #expect([0, 64, 65].contains(run.exitCode), "\(arguments): \(run.exitCode) \(run.errors)")
        guard run.exitCode != 0 else { return }
        let lines = run.errors.split(separator: "\n")
            .filter { $0.hasPrefix("oddity: ") || $0.hasPrefix("Error: ") }
        #expect(lines.count == 1, "\(arguments): \(run.errors)")
    }

    private func check(_ arguments: [String], _ option: String) throws {
        for value in Self.values {
            // The other options of one name would be given twice.
            var rest = arguments
            if let place = rest.firstIndex(of: option) { rest.removeSubrange(place...place + 1) }
            let all = rest + ["\(option)=\(value)"]
            expectSoundEnd(try oddity(all), all)
        }
    }

    @Test(arguments: network)
    func ofFitting(_ option: String) throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 24).csv, as: "train.csv")
        let sizes = ["--hidden", "3,2", "--epochs", "1"]
        try check(["fit", data, "-o", folder.path + "/m"] + quick + sizes, option)
    }

    @Test(arguments: variants)
    func ofVariants(_ variant: String, _ option: String) throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 24).csv, as: "train.csv")
        let sizes = ["--hidden", "3,2", "--epochs", "1", "--variant", variant]
        try check(["fit", data, "-o", folder.path + "/m"] + quick + sizes, option)
    }

    @Test(arguments: series)
    func ofSeries(_ option: String) throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleSeries(rowCount: 120).csv, as: "train.csv")
        let sizes = ["--time", "time", "--window", "4", "--epochs", "1"]
        try check(["fit", data, "-o", folder.path + "/m"] + quick + sizes, option)
    }

    @Test(arguments: images)
    func ofImages(_ option: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.write(Self.arrayOfImages, as: "train.npy")
        let sizes = [
            "--variant", "convolutional", "--image-measures", "pixels", "--image-steps", "1",
            "--channels", "2", "--latent", "2",
        ]
        var arguments = ["fit", file, "-o", folder.path + "/m"] + quick + sizes
        if option == "--image-variant-level" { arguments += ["--image-variant", "denoising"] }
        if option == "--tile-stride" { arguments += ["--tile", "4"] }
        try check(arguments, option)
    }

    @Test(
        arguments: [
            ("score", "--threads"), ("score", "--reasons"), ("score", "--threshold"),
            ("score", "--false-alarm-rate"), ("score", "--error-threshold"),
            ("evaluate", "--threads"), ("evaluate", "--cost-miss"),
            ("evaluate", "--cost-false-alarm"), ("find", "--top"), ("find", "--reasons"),
            ("find", "--contamination"), ("find", "--threads"), ("tune", "--trials"),
            ("tune", "--time-limit"), ("tune", "--search-latent"), ("tune", "--search-hidden"),
            ("tune", "--search-epochs"), ("tune", "--search-dropout"),
            ("tune", "--search-learning-rate"), ("tune", "--search-noise-level"),
            ("tune", "--test-share"),
        ]
    )
    func ofOtherCommands(_ command: String, _ option: String) throws {
        let workshop = try Workshop(train: SampleTable(rowCount: 24))
        let table = SampleTable.labelled(rowCount: 30)
        let data = workshop.folder.write(table.csv, as: "new.csv")
        let train = workshop.path("train.csv")
        let small = ["--hidden", "3,2", "--folds", "2", "--threads", "1", "--epochs", "1"]
        let search = [
            "--trials", "2", "--search-hidden", "3", "--search-latent", "2", "--search-variant",
            "plain,denoising",
        ]
        let arguments =
            switch command {
            case "score": ["score", workshop.model, data]
            case "evaluate": ["evaluate", workshop.model, data, "--label", "label"]
            case "find": ["find", data] + small
            default: ["tune", train, "-o", workshop.path("tuned")] + small + search
            }
        try check(arguments, option)
    }

    @Test(arguments: [
        "--silence", "--save-every", "--quiet-rows", "--minimum-rows", "--reasons", "--threads",
    ])
    func ofWatching(_ option: String) throws {
        let workshop = try SeriesWorkshop(seed: 3)
        let data = workshop.folder.write(SampleSeries(rowCount: 20, seed: 4).csv, as: "new.csv")
        try check(["watch", workshop.model, data], option)
    }

    @Test func networksThatMemoryCannotHoldAreRefusedWithTheFigure() throws {
        let folder = try TemporaryFolder()
        folder.write(SampleTable(rowCount: 24).csv, as: "train.csv")
        let run = try shell(
            #"ulimit -v 8000000; "$ODDITY" fit "$1/train.csv" -o "$1/m" --hidden 65536,60000 --threads 1"#,
            in: folder
        )
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(run.errors.contains("hidden sizes is 65536,60000"), "\(run.errors)")
        #expect(run.errors.contains("GB of memory to train"), "\(run.errors)")
        #expect(folder.names == ["train.csv"])
    }

    /// Twelve images of 8 × 8 bytes, as NPY.
    private static var arrayOfImages: [UInt8] {
        let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (12, 8, 8), }"
        let header = text + String(repeating: " ", count: 117 - text.count) + "\n"
        var random = Numbers(state: 4)
        let values = (0..<12 * 64).map { _ in UInt8(100 + random.next() * 50) }
        return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + values
    }
}
