internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityModelSelection
internal import OddityRecords
internal import OddityReports

/// `oddity tune`.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Search for the settings of a detector, and fit the best.",
        discussion: """
            Tries hidden sizes, code sizes, variants, dropout and learning rates on TRAIN, a table \
            of normal rows, and fits the best configuration to all rows. The options of fit say \
            what the search starts from, and that stays unless a trial is clearly better.

            Without labels, the trial wins that best tells rows its networks have not seen from \
            the same rows with a few values planted from other rows. (The held-out loss would not \
            do: the wider the code, the smaller it is.) With labelled rows the one that best \
            tells these apart wins:

              oddity tune train.csv --output model.safetensors
              oddity tune train.csv --output model.safetensors \\
                --validation labelled.csv --label class --report tune.html

            Of a series, networks and windows are tried too, each on the blocks of rows that it \
            has not seen:

              oddity tune train.csv --time date --output model.safetensors

            A search that was stopped goes on where it was when the same command is given again.
            """
    )

    @Argument(help: "A table of normal rows (see oddity help fit), or - for standard input.")
    var train: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the model.", valueName: "model")
    )
    var output: String

    @OptionGroup(title: "Search") var searched: SearchArguments
    @OptionGroup(title: "Labelled rows") var judging: JudgingArguments

    @Option(help: ArgumentHelp("Write all trials here, as CSV.", valueName: "file"))
    var table: String?

    @Option(help: ArgumentHelp("Write a self-contained HTML page here.", valueName: "file"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "Where finished trials are kept until the search ends (default: MODEL.trials).",
            valueName: "file"
        )
    )
    var journal: String?

    @Option(
        help: ArgumentHelp(
            "The share of normal rows that may raise an alarm; stored as the model's own (default: 0.01).",
            valueName: "rate"
        ),
        transform: parsedRate
    )
    var falseAlarmRate: Double?

    @Option(
        help: ArgumentHelp(
            "How much of the table may be odd and is not learned from: auto (rows that stand far out), none, or a share such as 0.05 (default: none).",
            valueName: "share"
        ),
        transform: Contamination.init(option:)
    )
    var contamination: Contamination?

    @OptionGroup(title: "Columns") var columns: ColumnArguments
    @OptionGroup(title: "Start of the search") var network: AutoencoderArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Times") var times: TimeArguments
    @OptionGroup(title: "Series") var series: SeriesArguments
    @OptionGroup var threads: ThreadArguments
    @OptionGroup var memory: MemoryArguments

    @Flag(help: "Print what was found as JSON on standard output.")
    var json = false

    func validate() throws {
        try checkRate(falseAlarmRate)
        try times.check(columns, series)
        guard series.alarmsPerDay == nil || falseAlarmRate == nil else {
            throw ValidationError("give one of --alarms-per-day and --false-alarm-rate")
        }
        let inputs = [train] + [judging.validation, judging.test, columns.schema].compactMap { $0 }
        let outputs = [output, table, report, trials].compactMap { $0 }
        for file in outputs { try checkOutput(file, isNoneOf: inputs) }
        guard !haveOneTarget(outputs) else {
            throw ValidationError(
                "--output, --table, --report and --journal need files of their own"
            )
        }
        guard output != "-" else {
            throw ValidationError("--output needs a file: standard output gets what was found")
        }
        guard judging.positive == nil || columns.label != nil else {
            throw ValidationError("--positive needs --label, the column of labels")
        }
        guard judging.validation == nil || columns.label != nil else {
            throw ValidationError("--validation needs --label, the column of its answers")
        }
    }

    /// Where finished trials are kept.
    private var trials: String { journal ?? output + ".trials" }

    func run() throws {
        guard !isImages(train) else {
            throw ValidationError(
                "\(train) holds images, and tune searches settings of detectors of rows; use fit"
            )
        }
        guard !series.isGiven else { return try tuneSeries() }
        try network.variant.checkIsForTables()
        var search = try searched.search(from: network.autoencoder(times))
        search.objective = try judging.chosenObjective()
        // With labelled rows, it is those that must have the column.
        let mayLackLabel = judging.validation != nil
        let options = try reading.options(mayLackLabel ? columns.withoutLabel : columns)
        try CommandFailure.reporting(file: train) {
            try checkOutputs()
            let rows = try TuneRows(
                train: train,
                label: columns.label,
                judging: judging,
                options: options,
                memory: memory.budget,
                seed: search.base.seed
            )
            for line in FitReport.understood(rows.summary) + rows.lines { Console.error(line) }
            try checkStrictly(rows.summary, columns)
            let learned = try search.base.rowsToLearn(
                from: rows.train,
                contamination: contamination ?? .none,
                threadCount: threads.count
            )
            let leftOutCount = rows.train.rowCount - learned.count
            let train = leftOutCount == 0 ? rows.train : rows.train.selecting(rows: learned)
            if let text = LeftOutText.sentence(leftOutCount) {
                Console.error(FitReport.line("left out", text))
            }
            let result = try searching(for: search.objective) { journal, onProgress in
                try search.run(
                    on: train,
                    validation: rows.validation,
                    journal: journal,
                    threadCount: threads.count,
                    onProgress: onProgress
                )
            }
            var detector = try result.fitted(to: train, threadCount: threads.count)
            detector.provenance.leftOutCount = leftOutCount
            detector.decisionRule = .falseAlarmRate(falseAlarmRate ?? 0.01)
            try write(
                result,
                &detector,
                test: rows.test.map { test in
                    try TuneTest(
                        detector.scores(of: test.table, threadCount: threads.count),
                        labels: test.labels,
                        by: detector
                    )
                },
                concerns: FitReport.concerns(rows.summary)
            )
        }
    }

    /// Refuses outputs that cannot be written, before anything is learned.
    func checkOutputs() throws {
        for file in [output, table, report].compactMap({ $0 }) {
            try OutputFile.checkCanWrite(to: file)
        }
    }

    /// Runs a search whose finished trials are kept, and shows how it goes.
    func searching<Base: TunableDetector>(
        for objective: SearchObjective,
        run: (TrialJournal, @escaping @Sendable (SearchProgress<Base>) -> Void) throws
            -> SearchResult<Base>
    ) throws -> SearchResult<Base> {
        let progress = TuneProgress(objective: objective)
        defer { progress.finish() }
        return try run(TrialJournal(path: trials)) { progress.report($0) }
    }

    /// Writes what a search found.
    ///
    /// - Parameters:
    ///   - detector: the best trial's.
    ///   - test: what it makes of rows that nothing was chosen by.
    ///   - concerns: what a person should know of the columns.
    func write<Base: TunableDetector>(
        _ result: SearchResult<Base>,
        _ detector: inout Base.Fitted,
        test: TuneTest?,
        concerns: [String]
    ) throws {
        detector.provenance.source = train == "-" ? "standard input" : fileName(train)
        let summary = TuneSummary(result, test: test)
        try detector.write(to: output)
        if let table { try summary.writeTable(to: table) }
        if let report { try write(summary.report(source: fileName(train)), to: report) }
        TrialJournal(path: trials).remove()
        try json ? Console.printText(OddityRecords.json(summary)) : Console.print(summary.lines)
        for line in concerns { Console.error(line) }
        for (name, file) in [("table", table), ("report", report), ("model", output)] {
            if let file { Console.error(FitReport.line(name, file)) }
        }
    }

    private func write(_ page: SearchReport, to path: String) throws {
        let file = try OutputFile(path: path)
        try file.write(page.html)
        try file.close()
    }
}
