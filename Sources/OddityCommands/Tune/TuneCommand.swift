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
            Tries hidden sizes, code sizes, variants, dropout and learning rates on TRAIN, a CSV \
            file of normal rows, and fits the best configuration to all rows. The options of fit \
            say what the search starts from, and that stays unless a trial is clearly better.

            Without labels, the trial wins that best tells rows its networks have not seen from \
            the same rows with a few values planted from other rows. (The held-out loss would not \
            do: the wider the code, the smaller it is.) With labelled rows the one that best \
            tells these apart wins:

              oddity tune train.csv --output model.safetensors
              oddity tune train.csv --output model.safetensors \\
                --validation labelled.csv --label class --report tune.html

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
            "The share of normal rows that may raise an alarm; stored as the model's own.",
            valueName: "rate"
        ),
        transform: parsedRate
    )
    var falseAlarmRate = 0.01

    @Option(
        help: ArgumentHelp(
            "How much of the table may be odd and is not learned from: auto (rows that stand far out), none, or a share such as 0.05 (default: none).",
            valueName: "share"
        ),
        transform: Contamination.init(option:)
    )
    var contamination = Contamination.none

    @OptionGroup(title: "Columns") var columns: ColumnArguments
    @OptionGroup(title: "Start of the search") var network: AutoencoderArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Times") var times: TimeArguments
    @OptionGroup var threads: ThreadArguments
    @OptionGroup var memory: MemoryArguments

    @Flag(help: "Print what was found as JSON on standard output.")
    var json = false

    func validate() throws {
        try checkRate(falseAlarmRate)
        try times.check(columns, nil)
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
        var search = Search()
        try network.variant.checkIsForTables()
        search.base = try network.autoencoder(times)
        search.objective = try judging.chosenObjective()
        try searched.apply(to: &search)
        // With labelled rows, it is those that must have the column.
        let mayLackLabel = judging.validation != nil
        let options = try reading.options(mayLackLabel ? columns.withoutLabel : columns)
        try CommandFailure.reporting(file: train) {
            for file in [output, table, report].compactMap({ $0 }) {
                try OutputFile.checkCanWrite(to: file)
            }
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
                contamination: contamination,
                threadCount: threads.count
            )
            let leftOutCount = rows.train.rowCount - learned.count
            let train = leftOutCount == 0 ? rows.train : rows.train.selecting(rows: learned)
            if let text = LeftOutText.sentence(leftOutCount) {
                Console.error(FitReport.line("left out", text))
            }
            let journal = TrialJournal(path: trials)
            let progress = TuneProgress(objective: search.objective)
            let result = try search.run(
                on: train,
                validation: rows.validation,
                journal: journal,
                threadCount: threads.count,
                onProgress: progress.report
            )
            progress.finish()
            var detector = try result.fitted(
                to: train,
                threadCount: threads.count
            )
            detector.provenance.leftOutCount = leftOutCount
            detector.decisionRule = .falseAlarmRate(falseAlarmRate)
            detector.provenance.source = self.train == "-" ? "standard input" : fileName(self.train)
            let summary = try TuneSummary(
                result,
                detector: detector,
                test: rows.test,
                threadCount: threads.count
            )
            try detector.write(to: output)
            if let table { try summary.writeTable(to: table) }
            if let report { try write(summary.report(source: fileName(self.train)), to: report) }
            journal.remove()
            try json
                ? Console.printText(OddityRecords.json(summary)) : Console.print(summary.lines)
            for line in FitReport.concerns(rows.summary) { Console.error(line) }
            for (name, file) in [("table", table), ("report", report), ("model", output)] {
                if let file { Console.error(FitReport.line(name, file)) }
            }
        }
    }

    private func write(_ page: SearchReport, to path: String) throws {
        let file = try OutputFile(path: path)
        try file.write(page.html)
        try file.close()
    }
}
