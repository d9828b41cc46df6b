internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords

/// `oddity find`.
struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find the odd rows of one table, without labels and without other data.",
        discussion: """
            DATA is a table (see oddity help fit), most of whose rows are normal. \
            Networks are trained on parts of it, and each row is judged by those that did not \
            see it. Rows that stand far out are left out of the training first, and judged \
            like new rows then. The oddest rows are shown with their reasons:

              oddity find benign-train.csv

            --output writes the scores of all rows, in the order of the file, with the columns \
            of oddity score. --model keeps what was learned, to score other rows with.
            """
    )

    @Argument(help: "A table, or - for standard input.")
    var data: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the scores of all rows.", valueName: "file")
    )
    var output: String?

    @Option(help: ArgumentHelp("Where to keep the model.", valueName: "model"))
    var model: String?

    @Option(help: ArgumentHelp("How many of the oddest rows to show.", valueName: "count"))
    var top = 10

    @Option(help: "The form of the scores in --output: csv, ndjson or table.")
    var format = ScoreFormat.csv

    @Option(
        help: ArgumentHelp("How many columns to name as reasons of each row.", valueName: "count")
    )
    var reasons = 3

    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when at most this share of normal rows looks as odd (default: 0.01).",
            valueName: "rate"
        ),
        transform: parsedRate
    )
    var falseAlarmRate: Double?

    @Option(
        help: ArgumentHelp(
            "How much of the table may be odd and is not learned from: auto (rows that stand far out), none, or a share such as 0.05 (default: auto).",
            valueName: "share"
        ),
        transform: Contamination.init(option:)
    )
    var contamination = Contamination.auto

    @OptionGroup(title: "Columns") var columns: ColumnArguments
    @OptionGroup(title: "Autoencoder") var network: AutoencoderArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Show every epoch of every network.")
    var verbose = false

    func validate() throws {
        try checkRate(falseAlarmRate)
        for file in [output, model] { try checkOutput(file, isNoneOf: [data]) }
        guard (0...1000).contains(reasons) else {
            throw ValidationError("--reasons takes a count from 0 to 1000")
        }
        guard (0...1_000_000).contains(top) else {
            throw ValidationError("--top takes a count from 0 to 1000000")
        }
        guard !haveOneTarget([output, model]) else {
            throw ValidationError("--output and --model take different files")
        }
    }

    func run() throws {
        guard !isImages(data) else {
            throw ValidationError(
                "\(data) holds images, and find judges rows of tables; see oddity fit and oddity score"
            )
        }
        try network.variant.checkIsForTables()
        let settings = try network.autoencoder()
        let options = try reading.options(columns)
        try CommandFailure.reporting(file: data) {
            for file in [output, model].compactMap({ $0 }) {
                try OutputFile.checkCanWrite(to: file)
            }
            try refuseModel(data)
            let (table, summary) = try Table.reading(path: data, options: options)
            for line in FitReport.understood(summary) { Console.error(line) }
            try checkStrictly(summary, columns)
            let progress = FitProgress(memberCount: settings.folds, showsAllEpochs: verbose)
            var findings = try { () throws in
                defer { progress.finish() }
                return try settings.findings(
                    in: table,
                    rule: .falseAlarmRate(falseAlarmRate ?? 0.01),
                    contamination: contamination,
                    reasonCount: reasons,
                    threadCount: threads.count,
                    onProgress: progress.report
                )
            }()
            findings.detector.provenance.source = data == "-" ? "standard input" : fileName(data)
            try write(findings)
            try show(findings)
            for line in FitReport.concerns(summary) { Console.error(line) }
        }
    }

    /// Keeps the scores and the model where that is asked for.
    private func write(_ findings: TableFindings) throws {
        if let output {
            let writer = try ScoreWriter(
                format: format,
                path: output,
                reasonCount: min(reasons, findings.detector.columnCount)
            )
            try writer.write(findings.verdicts, firstRow: 0)
            try writer.close()
        }
        if let model {
            try findings.detector.write(to: model)
            Console.error(FitReport.line("model", model))
        }
    }

    /// Tells a person what was found.
    private func show(_ findings: TableFindings) throws {
        Notices.show(findings.detector.unreachableRate)
        if output != "-" {
            try Console.print(
                [ScoredLine.header(keys: nil)]
                    + findings.oddest(top).map { ScoredLine(findings.verdicts[$0], row: $0).table }
            )
        }
        let byChance = findings.expectedFalseAlarmCount.map {
            "; \(decimals($0, $0 < 10 ? 1 : 0)) would be if all were normal"
        }
        var line =
            "\(counted(findings.verdicts.count, "row")), "
            + "\(counted(findings.anomalyCount, "anomaly", "anomalies")) "
            + "(\(findings.detector.decisionRule)\(byChance ?? ""))"
        if !findings.leftOut.isEmpty {
            line +=
                "; \(counted(findings.leftOut.count, "row")) so far out that nothing was learned from "
                + (findings.leftOut.count == 1 ? "it" : "them")
        }
        Console.error(line)
    }
}

extension Contamination {
    /// `auto`, `none`, or a share above 0 and below ½.
    fileprivate init(option text: String) throws {
        switch text {
        case "auto": self = .auto
        case "none": self = .none
        default:
            guard let share = Double(text), share > 0, share < 0.5 else {
                throw ValidationError(
                    "--contamination takes auto, none, or a share above 0 and below 0.5"
                )
            }
            self = .share(share)
        }
    }
}
