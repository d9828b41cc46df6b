/// How an option is tried.
struct OptionUse {
    /// Its value; nil for a flag.
    var value: String?
    /// What it goes with, in the run without it too.
    var with: [String] = []
    /// What it cannot go with, in the run without it too: an option and its value.
    var without: String?
    /// The data that it shows on, in place of the usual.
    var data = "plain"

    init(
        _ value: String? = nil,
        with: [String] = [],
        without: String? = nil,
        data: String = "plain"
    ) {
        self.value = value
        self.with = with
        self.without = without
        self.data = data
    }

    /// How an option of a command is tried on a kind of data; nil for one that nobody wrote down here.
    static func of(
        _ option: String,
        _ command: String,
        _ kind: OptionGround.Kind
    ) -> OptionUse? {
        uses["\(kind) \(option)"] ?? uses["\(command) \(option)"] ?? uses[option]
    }

    /// Why an option changes nothing of a run that can be seen.
    static func silence(of option: String, _ command: String) -> String? {
        silent["\(command) \(option)"] ?? silent[option]
    }

    /// The options that are written down, with the command that alone has them where it is one.
    static var names: [String] { Array(uses.keys) + Array(silent.keys) }

    private static let silent = [
        "--threads": "results do not depend on it",
        "--version": "prints the version",
        "--help": "prints the help",
        "tune --time-limit": "ends only searches that last longer",
        "tune --journal": "is removed at the end; TuneTests stop a search",
        "watch --follow": "waits for rows that are to come; see WatchTests",
        "watch --silence": "tells of pauses; see WatchTests",
        "watch --save-every": "says how much is lost in a crash",
        "demo --output": "see DemoTests",
        "--labels-from": "goes with --labels-key; see LabelFileTests",
        "--labels-key": "goes with --labels-from; see LabelFileTests",
        "recalibrate --output": "without it the model is changed; see RecalibrateTests",
    ]

    private static let uses: [String: OptionUse] =
        columns.merging(network) { $1 }.merging(reading) { $1 }.merging(series) { $1 }
        .merging(images) { $1 }.merging(scoring) { $1 }.merging(searching) { $1 }.merging(
            thresholds
        ) { $1 }

    private static let columns = [
        "--output": OptionUse("OUT/output"),
        "--onnx": OptionUse("OUT/model.onnx"),
        "import --layers": OptionUse("IN/layers.json"),
        "import --data": OptionUse("IN/plain.csv"),
        "import --output": OptionUse("OUT/other"),
        "--ignore": OptionUse("a"),
        "--label": OptionUse("label"),
        "--categorical": OptionUse("fixed"),
        "--numeric": OptionUse("nearly", data: "nearly"),
        "--strict": OptionUse(data: "nearly"),
        "--schema": OptionUse("IN/schema.json"),
        "--time-features": OptionUse("time"),
        "--memory": OptionUse("30KB"),
        "--positive": OptionUse("0", with: ["--label", "label"]),
        "--normal": OptionUse("1", with: ["--label", "label"]),
        "--json": OptionUse(),
        "--verbose": OptionUse(),
        "--seed": OptionUse("7"),
    ]

    private static let variational = [
        "--variant", "variational", "--kl-weight", "1", "--hidden", "8,4", "--epochs", "30",
    ]

    private static let network = [
        "--hidden": OptionUse("5,2"),
        "--activation": OptionUse("tanh"),
        "--output-activation": OptionUse("tanh"),
        "--loss": OptionUse("mae"),
        "--optimizer": OptionUse("sgd"),
        "--learning-rate": OptionUse("0.1"),
        "--schedule": OptionUse("cosine", with: ["--epochs", "3"]),
        "--clip-gradients": OptionUse("0.001"),
        "--weight-decay": OptionUse("0.5"),
        "--epochs": OptionUse("2"),
        "--batch-size": OptionUse("7"),
        "--patience": OptionUse("1", with: ["--epochs", "40", "--learning-rate", "0.5"]),
        "--dropout": OptionUse("0.5"),
        "--residual-blocks": OptionUse("1"),
        "--batch-normalization": OptionUse(),
        "--folds": OptionUse("3"),
        "--scaling": OptionUse("robust"),
        "--missing-values": OptionUse("mean"),
        "--clip": OptionUse("1"),
        "--pca": OptionUse("2"),
        "--variant": OptionUse("sparse"),
        "--tied-weights": OptionUse(with: ["--hidden", "3,2"]),
        "--sparsity-weight": OptionUse("0.5", with: ["--variant", "sparse"]),
        "--sparsity-target": OptionUse(
            "0.1",
            with: ["--variant", "sparse", "--activation", "sigmoid", "--epochs", "30"]
        ),
        "--sparsity-layers": OptionUse("all", with: ["--variant", "sparse"]),
        "--active-units": OptionUse(
            "1",
            with: ["--variant", "sparse", "--hidden", "8,4", "--epochs", "30"]
        ),
        "--noise": OptionUse("swap", with: ["--variant", "denoising"]),
        "--noise-level": OptionUse("0.5", with: ["--variant", "denoising"]),
        "--kl-weight": OptionUse("0.5", with: ["--variant", "variational"]),
        "--kl-warm-up": OptionUse("5", with: variational),
        "--mean-l1": OptionUse("0.5", with: ["--variant", "variational"]),
        "--free-bits": OptionUse("0.5", with: variational),
        "--scoring": OptionUse("residual"),
        "series --scoring": OptionUse("residual-and-code"),
        "--code-distance": OptionUse("mahalanobis"),
        "--svdd-weight": OptionUse("0.1", with: ["--code-distance", "center"]),
        "--no-stored-rows": OptionUse(),
    ]

    private static let reading = [
        "--input-format": OptionUse("delimited", data: "braced"),
        "--encoding": OptionUse("latin1", data: "latin1"),
        "--delimiter": OptionUse(";"),
        "--header": OptionUse(data: "headless"),
        "--no-header": OptionUse(),
        "watch --header": OptionUse(data: "nameless"),
        "--skip-lines": OptionUse("1"),
        "--skip-last": OptionUse("1"),
        "--comment": OptionUse("2026-03-01T00:1"),
        "--units-row": OptionUse(),
        "--no-units-row": OptionUse(data: "units"),
        "--quote-escape": OptionUse("double", data: "escaped"),
        "--missing": OptionUse("5"),
        "--decimal": OptionUse("comma", data: "thousands"),
        "score --decimal": OptionUse("comma", data: "decimals"),
        "evaluate --decimal": OptionUse("comma", data: "decimals"),
        "threshold --decimal": OptionUse("comma", data: "decimals"),
        "threshold --thousands": OptionUse("comma", data: "thousands"),
        "--thousands": OptionUse("none", data: "thousands"),
        "score --thousands": OptionUse("comma", data: "thousands"),
        "evaluate --thousands": OptionUse("comma", data: "thousands"),
    ]

    private static let series = [
        "--time": OptionUse("time"),
        "--series": OptionUse(without: "--time"),
        "--entity": OptionUse("color"),
        "--window": OptionUse("6"),
        "--stride": OptionUse("3"),
        "--network": OptionUse("dense"),
        "--forecast": OptionUse(),
        "--time-order": OptionUse("month-first", data: "dates"),
        "--time-format": OptionUse("milliseconds", data: "epochs"),
        "--time-zone": OptionUse("Asia/Tokyo", data: "local"),
        "--gap-limit": OptionUse("2", data: "gaps"),
        "--fill-limit": OptionUse("0"),
        "--sort": OptionUse(data: "unsorted"),
        "--duplicates": OptionUse("first", data: "doubled"),
        "--sampling": OptionUse("accept", data: "gaps"),
        // A model keeps what it accepts; findings show only what is resampled.
        "find --sampling": OptionUse("2min", data: "gaps"),
        "--trend": OptionUse("remove"),
        "--season": OptionUse("keep", data: "daily"),
        "--alarms-per-day": OptionUse("5"),
    ]

    private static let images = [
        "--image-size": OptionUse("6"),
        "--image-color": OptionUse("color"),
        "--center-crop": OptionUse("6"),
        "--normalize": OptionUse("image"),
        "--tile": OptionUse("4"),
        "--tile-stride": OptionUse("4", with: ["--tile", "4"]),
        "--ignore-mask": OptionUse("IN/mask.pgm"),
        "--group": OptionUse("(.)[.]pgm"),
        "--channels": OptionUse("3"),
        "--latent": OptionUse("3"),
        "--bottleneck": OptionUse("convolutional"),
        "--image-loss": OptionUse("mae"),
        "--image-variant": OptionUse("denoising"),
        "--image-variant-level": OptionUse("0.5", with: ["--image-variant", "denoising"]),
        "--augment": OptionUse("flip"),
        "--image-steps": OptionUse("3"),
        "--image-learning-rate": OptionUse("0.1"),
        "--image-batch-size": OptionUse("3"),
        "--pixel-score": OptionUse("top-share"),
        "--standardize-pixels": OptionUse(),
        "--image-measures": OptionUse("pixels"),
        "--image-score": OptionUse("residual-and-code"),
        "--image-code-distance": OptionUse(
            "mahalanobis",
            with: ["--image-score", "residual-and-code"]
        ),
        "--skip-broken": OptionUse(data: "broken"),
    ]

    private static let scoring = [
        "--false-alarm-rate": OptionUse("0.3"),
        "--threshold": OptionUse("0.2"),
        "--error-threshold": OptionUse("0.2"),
        "--contamination": OptionUse("0.2"),
        "--model": OptionUse("OUT/model"),
        "--format": OptionUse("csv"),
        "score --format": OptionUse("ndjson"),
        "find --format": OptionUse("ndjson"),
        "--reasons": OptionUse("1"),
        "--reasons-for": OptionUse("flagged"),
        "--top": OptionUse("1"),
        "score --sort": OptionUse(),
        "--maps": OptionUse("OUT/maps"),
        "--events": OptionUse("OUT/events"),
        "--keep": OptionUse("color"),
        "--scores": OptionUse("OUT/scores"),
        "fit --keep": OptionUse("color", with: ["--scores", "OUT/scores"]),
        "fit --format": OptionUse("ndjson", with: ["--scores", "OUT/scores"]),
        "fit --reasons": OptionUse("1", with: ["--scores", "OUT/scores"]),
        "--only-anomalies": OptionUse(),
        "--only-events": OptionUse(),
        "--quiet-rows": OptionUse("40", with: ["--threshold", "0.0002"], data: "odd"),
        "score --quiet-rows": OptionUse(
            "40",
            with: ["--threshold", "0.0002", "--events", "OUT/events"],
            data: "odd"
        ),
        "--minimum-rows": OptionUse("60", with: ["--threshold", "0.0002"], data: "odd"),
        "score --minimum-rows": OptionUse(
            "60",
            with: ["--threshold", "0.0002", "--events", "OUT/events"],
            data: "odd"
        ),
        "--adapt": OptionUse("off", data: "fading"),
        "--delay": OptionUse("3"),
        "--smoothing": OptionUse("median"),
        "--on-bad-row": OptionUse("skip", data: "bad"),
        "watch --strict": OptionUse(data: "bad"),
        "--state": OptionUse("OUT/state"),
        "evaluate --positive": OptionUse("0"),
        "--labels": OptionUse("IN/plain.csv"),
        "--report": OptionUse("OUT/report.html"),
        "--charts": OptionUse("OUT/charts"),
        "--curves": OptionUse("OUT/curves.csv"),
        "evaluate --keep": OptionUse("color", with: ["--report", "OUT/report.html"]),
        "--baselines": OptionUse("IN/plain.csv"),
        "--by": OptionUse("color"),
        "evaluate --top": OptionUse("3,9"),
        "--compare": OptionUse("IN/table"),
        "images --compare": OptionUse("IN/images"),
        "--cost-false-alarm": OptionUse("0.01"),
        "--cost-miss": OptionUse("5"),
    ]

    /// Labels that no score can tell apart, so that both kinds of mistakes are made.
    private static let costs = [
        "--label", "color", "--positive", "green", "--validation", "IN/plain.csv", "--objective",
        "cost",
    ]

    /// A threshold of least cost on labels that no score can tell apart.
    private static let chosenByCost = [
        "--validation", "IN/plain.csv", "--label", "color", "--positive", "green", "--set", "cost",
    ]

    private static let thresholds = [
        "threshold --output": OptionUse("OUT/model", with: ["--set", "largest"]),
        "threshold --data": OptionUse("IN/plain.csv", with: ["--label", "label"]),
        "images --data": OptionUse("IN/plain"),
        "threshold --positive": OptionUse("0"),
        "recalibrate --positive": OptionUse("0", with: ["--label", "label"]),
        "recalibrate --decimal": OptionUse("comma", data: "decimals"),
        "recalibrate --thousands": OptionUse("comma", data: "thousands"),
        "--shifted-columns": OptionUse("color"),
        "--undo": OptionUse(),
        "--fdr": OptionUse("0.5"),
        "--fdr-method": OptionUse("by", with: ["--fdr", "0.05"]),
        "images --fdr-method": OptionUse("by", with: ["--fdr", "0.4"]),
        "--set": OptionUse("largest", with: ["--output", "OUT/model"]),
        "--on": OptionUse("error"),
        "--prevalence": OptionUse("0.5"),
        "--rows-per-day": OptionUse("1000"),
        "images --validation": OptionUse("IN/plain"),
        "fit --set": OptionUse("largest"),
        "fit --on": OptionUse("error", with: ["--set", "quantile=0.9"]),
        "fit --rows-per-day": OptionUse("1000", with: ["--set", "alerts-per-day=50"]),
        "fit --labels": OptionUse("IN/plain.csv"),
        "fit --cost-false-alarm": OptionUse("0.01", with: chosenByCost),
        "fit --cost-miss": OptionUse("500", with: chosenByCost),
        "fit --prevalence": OptionUse("0.999", with: chosenByCost),
        "--list": OptionUse(
            with: ["--set", "largest", "--output", "OUT/model"],
            without: "--json"
        ),
    ]

    private static let searching = [
        "--strategy": OptionUse("random", with: ["--search-epochs", "9"]),
        "--trials": OptionUse("3"),
        "--search-network": OptionUse("dense"),
        "--search-window": OptionUse("6"),
        "--search-hidden": OptionUse("4"),
        "--search-latent": OptionUse("1"),
        "--search-variant": OptionUse("sparse"),
        "--search-noise-level": OptionUse("0.9", with: ["--search-variant", "denoising"]),
        "--search-dropout": OptionUse("0.4"),
        "--search-learning-rate": OptionUse("0.1"),
        "--search-epochs": OptionUse("2"),
        "--validation": OptionUse("IN/plain.csv", with: ["--label", "label"]),
        "tune --positive": OptionUse(
            "0",
            with: ["--label", "label", "--validation", "IN/plain.csv"]
        ),
        "--test": OptionUse(
            "IN/plain.csv",
            with: ["--label", "label", "--validation", "IN/plain.csv"]
        ),
        "--test-share": OptionUse(
            "0.3",
            with: ["--label", "label", "--validation", "IN/plain.csv"]
        ),
        "--objective": OptionUse(
            "ap",
            with: ["--label", "label", "--validation", "IN/plain.csv"]
        ),
        "tune --cost-false-alarm": OptionUse("5", with: costs),
        "tune --cost-miss": OptionUse("5", with: costs),
        "--table": OptionUse("OUT/table.csv"),
    ]
}
