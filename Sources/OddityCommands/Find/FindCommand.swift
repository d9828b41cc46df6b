internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityFiles
internal import OddityRecords
internal import OddityReports

/// `oddity find`.
struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find what is odd in one table, series or folder of images, without labels.",
        discussion: """
            DATA is a table (see oddity help fit), most of whose rows are normal, or images, most of \
            them of normal things; with --time its rows are a series. \
            Networks are trained on parts of it, and each row is judged by those that did not \
            see it. Rows that stand far out are left out of the training first, and judged \
            like new rows then. The oddest rows are shown with their reasons:

              oddity find benign-train.csv

            --output writes the scores of all rows, in the order of the file, with the columns \
            of oddity score. --model keeps what was learned, to score other rows with. --report \
            writes a page to look at:

              oddity find benign-train.csv --report findings.html
            """
    )

    @Argument(
        help:
            "A table, - for standard input, a folder of images, or an array of them (.npy, .npz, IDX)."
    )
    var data: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the scores of all rows.", valueName: "file")
    )
    var output: String?

    @Option(help: ArgumentHelp("Where to keep the model.", valueName: "model"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "Write a self-contained HTML page of what was found here.",
            valueName: "file"
        )
    )
    var report: String?

    @Option(help: ArgumentHelp("How many of the oddest to show.", valueName: "count"))
    var top = 10

    @OptionGroup var found: FoundScoreArguments

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
    var contamination: Contamination?

    @OptionGroup(title: "Columns") var columns: ColumnArguments
    @OptionGroup(title: "Autoencoder") var network: AutoencoderArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Times") var times: TimeArguments
    @OptionGroup(title: "Time series") var series: SeriesArguments
    @OptionGroup(title: "Time series") var smoothing: SmoothingArguments
    @OptionGroup(title: "Images") var images: ImageArguments
    @OptionGroup(title: "Images") var imageNetwork: ImageNetworkArguments
    @OptionGroup(title: "Images") var broken: BrokenImageArguments
    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Show every epoch of every network.")
    var verbose = false

    func validate() throws {
        try checkRate(falseAlarmRate)
        try times.check(columns, series)
        for file in [output, model, report] {
            try checkOutput(
                file,
                isNoneOf: [data, columns.schema, images.ignoreMask].compactMap { $0 }
            )
        }
        guard (0...1_000_000).contains(top) else {
            throw ValidationError("--top takes a count from 0 to 1000000")
        }
        guard !haveOneTarget([output, model, report]) else {
            throw ValidationError("--output, --model and --report take different files")
        }
    }

    func run() throws {
        guard !series.isGiven else { return try findInSeries() }
        try smoothing.checkIsForSeries(data)
        guard !isImages(data) else { return try findInImages() }
        if let option = images.firstGiven ?? imageNetwork.firstGiven ?? broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(data) holds none")
        }
        try network.variant.checkIsForTables()
        let settings = try network.autoencoder(times)
        let options = try reading.options(columns)
        try CommandFailure.reporting(file: data) {
            try checkOutputs()
            try refuseModel(data)
            let source = try openTable(data, options)
            let summary = try source.inferSchema()
            try MemoryBudget.checkAllRows(of: summary)
            let kept = KeptColumns(names: found.kept).texts(beside: summary.schema)
            try source.select(summary.schema, keeping: kept)
            let table = try source.readAll()
            for line in FitReport.understood(summary) + FitReport.offers(summary) {
                Console.error(line)
            }
            try checkStrictly(summary, columns)
            let progress = FitProgress(memberCount: settings.folds, showsAllEpochs: verbose)
            var findings = try { () throws in
                defer { progress.finish() }
                return try settings.findings(
                    in: table,
                    rule: .falseAlarmRate(falseAlarmRate ?? 0.01),
                    contamination: contamination ?? .auto,
                    reasonCount: found.reasonCount,
                    threadCount: threads.count,
                    onProgress: progress.report
                )
            }()
            findings.detector.provenance.source = data == "-" ? "standard input" : fileName(data)
            try write(findings, of: table)
            if report != nil { try writePage(findings, of: table, summary) }
            try show(findings, of: table)
            for line in FitReport.concerns(summary) { Console.error(line) }
        }
    }

    /// Keeps the scores and the model where that is asked for.
    private func write(_ findings: TableFindings, of table: Table) throws {
        if let output { try found.form(in: output).write(findings, of: table) }
        try keep(findings.detector)
    }

    /// Checks that all files can be written, before the work.
    func checkOutputs() throws {
        for file in [output, model, report].compactMap({ $0 }) {
            try OutputFile.checkCanWrite(to: file)
        }
    }

    /// Keeps the model where that is asked for.
    func keep(_ detector: some FittedDetector) throws {
        guard let model else { return }
        try detector.write(to: model)
        Console.error(FitReport.line("model", model))
    }

    /// Writes the page where that is asked for.
    ///
    /// - Parameter complete: adds what only one kind of data has.
    func write(
        _ page: FindingsPage,
        _ subtitle: String,
        of detector: some FittedDetector,
        byChance: Double?,
        oddShare: OddShare? = nil,
        _ card: ModelCard,
        complete: (inout FindingsReport) -> Void = { _ in }
    ) throws {
        guard let path = report else { return }
        var report = try page.report(
            source: data,
            subtitle: subtitle,
            threshold: detector.threshold
        )
        report.expectedCount = byChance
        report.oddShare = oddShare
        report.modelCard = card.sections
        complete(&report)
        try report.write(to: path)
        Console.error(FitReport.line("report", path))
    }

    /// Tells a person what was found.
    private func show(_ findings: TableFindings, of table: Table) throws {
        Notices.show(findings.detector.unreachableRate)
        if output != "-" {
            let copied = KeptColumns(names: found.kept)
            try Console.print(
                [ScoredLine.header(keys: nil)]
                    + findings.oddest(top).map { row in
                        var line = ScoredLine(findings.verdicts[row], row: row)
                        line.kept = zip(found.kept, copied.values(of: table, at: row))
                            .map { (name: $0, text: $1) }
                        return line.table
                    }
            )
        }
        tell(
            counted(findings.verdicts.count, "row"),
            anomalyCount: findings.anomalyCount,
            of: findings.detector,
            byChance: findings.expectedFalseAlarmCount,
            oddShare: findings.oddShare,
            rest: LeftOutText.sentence(findings.leftOut.count)
        )
    }

    /// What was found, in one line or two.
    func tell(
        _ judged: String,
        anomalyCount: Int,
        of detector: some FittedDetector,
        byChance: Double?,
        oddShare: OddShare? = nil,
        rest: String? = nil
    ) {
        let chance = byChance.map {
            "; \(decimals($0, $0 < 10 ? 1 : 0)) would be if all were normal"
        }
        let line =
            "\(judged), \(counted(anomalyCount, "anomaly", "anomalies")) "
            + "(\(detector.decisionRule)\(chance ?? ""))"
        Console.error(([line] + [rest].compactMap { $0 }).joined(separator: "; "))
        guard let oddShare else { return }
        Console.error(OddShareText.sentence(oddShare, detector.heldOut.unit.rawValue))
    }

    /// What was found, as a page.
    private func writePage(
        _ findings: TableFindings,
        of table: Table,
        _ summary: TableSummary
    ) throws {
        let detector = findings.detector
        let copied = KeptColumns(names: found.kept)
        var page = FindingsPage(
            unit: .row,
            rule: detector.decisionRule,
            overview: try RowOverview(detector)
        )
        try page.append(findings.verdicts, of: table) { copied.rowName($0, in: table, at: $0) }
        try write(
            page,
            "each row judged by networks that did not see it",
            of: detector,
            byChance: findings.expectedFalseAlarmCount,
            oddShare: findings.oddShare,
            ModelCard(detector)
        ) { report in
            report.leftOut = findings.leftOut.map { "row \($0 + 1)" }
            report.columns = FindingsReport.ColumnQuality.columns(of: summary)
        }
    }
}
