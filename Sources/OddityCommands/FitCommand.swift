internal import ArgumentParser
internal import Datasets
internal import Detectors
internal import LinearAlgebra
internal import Preprocessing

/// `oddity fit`.
struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Train a detector on normal rows.",
        discussion: """
            TRAIN is a CSV file, plain or gzip, of normal rows; no labels are needed or used. Numbers
            are standardized, categories become one-hot features, identifiers and timestamps are left out;
            what was decided is shown. Name a label column with --label so that it is left out too: the
            last column is never guessed to be one.

            The tutorial's autoencoder, 100 inputs, 50 hidden, is

              oddity fit train.csv --output model.safetensors --folds 1 --hidden 50 --activation relu \\
                --output-activation sigmoid --scaling min-max --loss mse --optimizer adam \\
                --learning-rate 0.001 --batch-size 32 --epochs 10 --scoring residual
              oddity score model.safetensors new.csv --error-threshold 0.02 --format table
            """)

    @Argument(help: "CSV file of normal rows (.csv or .csv.gz).")
    var train: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the model.", valueName: "model"))
    var output: String

    @Option(help: ArgumentHelp("Columns to leave out, by name: a,b,c.", valueName: "names"))
    var ignore: [String] = []

    @Option(help: ArgumentHelp("The column of known answers; it is left out.", valueName: "name"))
    var label: String?

    @Option(help: ArgumentHelp("Columns to read as categories.", valueName: "names"))
    var categorical: [String] = []

    @Option(help: ArgumentHelp("Columns to read as numbers.", valueName: "names"))
    var numeric: [String] = []

    @Option(
        help: ArgumentHelp(
            "The share of normal rows that may raise an alarm; stored as the model's own.",
            valueName: "rate"))
    var falseAlarmRate = 0.01

    @OptionGroup(title: "Autoencoder") var network: AutoencoderArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments

    @Option(help: ArgumentHelp("Threads; the result does not depend on it (default: all cores).", valueName: "count"))
    var threads: Int?

    @Flag(help: "Show every epoch of every network.")
    var verbose = false

    @Flag(help: "Print what was learned as JSON on standard output.")
    var json = false

    func validate() throws {
        try checkRate(falseAlarmRate)
        try checkThreads(threads)
    }

    func run() throws {
        let autoencoder = try network.autoencoder()
        let options = try reading.options(
            ignored: columnNames(ignore), categorical: columnNames(categorical),
            numeric: columnNames(numeric), label: label)
        try CommandFailure.reporting(file: train) {
            try autoencoder.validate()
            let (table, summary) = try Table.reading(path: train, options: options)
            for line in FitReport.understood(summary) { Console.error(line) }
            let progress = FitProgress(memberCount: autoencoder.folds, showsAllEpochs: verbose)
            var detector = try autoencoder.fitted(
                to: table, threadCount: threads ?? Parallel.availableThreadCount,
                onProgress: progress.report)
            progress.finish()
            detector.decisionRule = .falseAlarmRate(falseAlarmRate)
            detector.trainingSource = train == "-" ? "standard input" : fileName(train)
            try detector.write(to: output)
            for line in FitReport.learned(detector) { Console.error(line) }
            Console.error("model      \(output)")
            if json { Console.print(try OddityCommands.json(ModelSummary(detector))) }
        }
    }
}

/// The last part of a path.
func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

/// Refuses rates outside (0, 1).
func checkRate(_ rate: Double?) throws {
    guard let rate, !(rate > 0 && rate < 1) else { return }
    throw ValidationError("--false-alarm-rate takes a rate above 0 and below 1, such as 0.01")
}

/// Refuses thread counts below 1.
func checkThreads(_ threads: Int?) throws {
    guard let threads, threads < 1 else { return }
    throw ValidationError("--threads takes a count of at least 1")
}
