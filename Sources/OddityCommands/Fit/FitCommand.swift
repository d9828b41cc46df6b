internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords

/// `oddity fit`.
struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Train a detector on normal rows.",
        discussion: """
            TRAIN is a table of normal rows, or images of normal things: a \
            folder, or an array in .npy, .npz or IDX; no labels are needed. A table is

              data.csv                      CSV and its kin, JSON lines or a JSON array of
                                            objects, plain, gzip or zstd
              data.npy                      an array of one or two dimensions (.npz, .gz)
              'data.sqlite?table=readings'  a table of an SQLite database, or
                                            'data.sqlite?query=SELECT …'
              days/  'day-*.csv'            all files of a folder, or those of a pattern,
                                            of one schema, one after the other

            Numbers are standardized, categories become one-hot features or codes, identifiers and \
            timestamps are left out; what was decided is shown. Name a label column with \
            --label: it is left out, and so are rows that it calls anomalies. The last column is \
            never guessed to be one.

            The tutorial's autoencoder, 100 inputs, 50 hidden, is

              oddity fit train.csv --output model.safetensors --folds 1 \\
                --hidden 50 --activation relu --output-activation sigmoid \\
                --scaling min-max --loss mse --optimizer adam --learning-rate 0.001 \\
                --batch-size 32 --epochs 10 --scoring residual
              oddity score model.safetensors new.csv --error-threshold 0.02 \\
                --format table

            With labelled rows the threshold is chosen at once, as oddity threshold does:

              oddity fit train.csv --output model.safetensors \\
                --validation labelled.csv --label class --set f-beta=2
            """
    )

    @Argument(
        help:
            "A table of normal rows, - for standard input, a folder of images, or an array of them (.npy, .npz, IDX)."
    )
    var train: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the model.", valueName: "model")
    )
    var output: String

    @Option(
        help: ArgumentHelp(
            "Write the scores of the very rows that are learned from, each judged by networks that did not see it, as oddity find does.",
            valueName: "file"
        )
    )
    var scores: String?

    @OptionGroup(title: "With --scores") var found: FoundScoreArguments

    @Option(
        help: ArgumentHelp(
            "The share of normal rows that may raise an alarm; stored as the model's own (default: 0.01).",
            valueName: "rate"
        ),
        transform: parsedRate
    )
    var falseAlarmRate: Double?

    @OptionGroup(title: "Threshold") var validation: ValidationArguments
    @OptionGroup(title: "Threshold") var rule: RuleArguments

    @Option(
        help: ArgumentHelp(
            "How much of the table may be odd and is not learned from: auto (rows that stand far out), none, or a share such as 0.05 (default: none).",
            valueName: "share"
        ),
        transform: Contamination.init(option:)
    )
    var contamination: Contamination?

    @OptionGroup(title: "Columns") var columns: ColumnArguments
    @OptionGroup(title: "Columns") var labels: LabelArguments
    @OptionGroup(title: "Autoencoder") var network: AutoencoderArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Times") var times: TimeArguments
    @OptionGroup(title: "Time series") var series: SeriesArguments
    @OptionGroup(title: "Images") var images: ImageArguments
    @OptionGroup(title: "Images") var imageNetwork: ImageNetworkArguments
    @OptionGroup(title: "Images") var broken: BrokenImageArguments
    @OptionGroup var threads: ThreadArguments
    @OptionGroup var memory: MemoryArguments

    @Flag(help: "Show every epoch of every network.")
    var verbose = false

    @Flag(help: "Print what was learned as JSON on standard output.")
    var json = false

    /// The false-alarm rate of the model.
    var acceptedRate: Double { falseAlarmRate ?? 0.01 }

    func validate() throws {
        try checkRate(falseAlarmRate)
        try times.check(columns, series)
        guard series.alarmsPerDay == nil || falseAlarmRate == nil else {
            throw ValidationError("give one of --alarms-per-day and --false-alarm-rate")
        }
        try checkOutput(
            output,
            isNoneOf: [train, images.ignoreMask, columns.schema].compactMap { $0 }
                + validation.files
        )
        if let option = labels.firstGiven, columns.label == nil {
            throw ValidationError("\(option) needs --label, the column of labels")
        }
        guard !json || output != "-" else {
            throw ValidationError("--json and --output - would both write to standard output")
        }
        try checkScores()
        try checkThreshold()
    }

    func run() throws {
        try memory.check(isForRows: series.isGiven || !isImages(train))
        guard !series.isGiven else { return try fitSeries() }
        guard !isImages(train) else { return try fitImages() }
        if let option = images.firstGiven ?? imageNetwork.firstGiven ?? broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(train) holds none")
        }
        try network.variant.checkIsForTables()
        let autoencoder = try network.autoencoder(times)
        if validation.labels != nil {
            throw ValidationError("--labels is for arrays of series; name the column with --label")
        }
        let options = try reading.options(columns, mayLackLabel: mayLackLabel)
        try CommandFailure.reporting(file: train) {
            try checkOutputs()
            try refuseModel(train)
            var (detector, summary, judging) = try learn(autoencoder, options)
            detector.decisionRule = .falseAlarmRate(acceptedRate)
            detector.provenance.source = train == "-" ? "standard input" : fileName(train)
            let lines = FitReport.learned(detector)
            let chosen = try write(&detector, as: .table(detector))
            for line in lines + chosen + FitReport.concerns(summary) { Console.error(line) }
            if let (finder, parts) = judging {
                try writeScores(of: parts, by: finder, rowCount: summary.rowCount)
            }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityRecords.json(ModelSummary(detector))) }
        }
    }
}

extension FitCommand {
    /// Fits to the rows of a table that there is memory for.
    ///
    /// - Returns: what was learned; what was found in the columns; and where the rows are to be judged, by what, and all
    ///   of them.
    private func learn(_ autoencoder: TableDetector, _ options: ReadingOptions) throws
        -> (FittedTableDetector, TableSummary, judging: (TableFinder, TableParts)?)
    {
        let source = try openTable(train, options)
        let summary = try source.inferSchema()
        let kept = KeptColumns(names: found.kept).texts(beside: summary.schema)
        // With labelled rows to choose a threshold on, those to learn from need no label.
        let label = Set([columns.label].compactMap { $0 }).intersection(summary.schema.names)
        for line in FitReport.understood(summary) + FitReport.offers(summary) {
            Console.error(line)
        }
        try checkStrictly(summary, columns)
        let (sample, note) = try memory.budget.rows(
            of: source,
            summary,
            keeping: label,
            copying: kept,
            seed: network.seed,
            judgesAll: scores != nil
        )
        note.map(Console.error)
        try checkValidation(summary.schema)
        let progress = FitProgress(memberCount: autoencoder.folds, showsAllEpochs: verbose)
        defer { progress.finish() }
        guard scores != nil else {
            let detector = try autoencoder.fitted(
                to: try withoutLabelled(sample.rows, label.first),
                contamination: contamination ?? Contamination.none,
                threadCount: threads.count,
                onProgress: progress.report
            )
            return (detector, summary, nil)
        }
        let finder = try autoencoder.finder(
            learningFrom: sample,
            rule: .falseAlarmRate(acceptedRate),
            contamination: contamination ?? Contamination.none,
            threadCount: threads.count,
            onProgress: progress.report
        )
        let parts = try TableParts(of: sample, in: source, summary.schema, keeping: kept)
        return (finder.detector, summary, (finder, parts))
    }

    /// The rows that no label calls an anomaly.
    private func withoutLabelled(_ rows: Table, _ label: String?) throws -> Table {
        guard let label else { return rows }
        let filter = LabelFilter(column: label, positive: labels.positive, normal: labels.normal)
        let (normal, lines) = try filter.applied(to: rows, file: train)
        for line in lines { Console.error(line) }
        return normal
    }
}

/// Reads a rate such as `0.01` or `1%`.
func parsedRate(_ text: String) throws -> Double {
    let isPercent = text.hasSuffix("%")
    guard let value = Double(isPercent ? String(text.dropLast()) : text) else {
        throw ValidationError("\"\(text)\" is no rate; write it as 0.01 or 1%")
    }
    return isPercent ? value / 100 : value
}

/// Refuses rates outside (0, 1).
func checkRate(_ rate: Double?) throws {
    guard let rate, !(rate > 0 && rate < 1) else { return }
    throw ValidationError("--false-alarm-rate takes a rate above 0 and below 1, such as 0.01")
}
