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

            A table may be larger than memory: then a sample of its rows is learned from \
            (--memory), and all are judged.
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
    @OptionGroup var memory: MemoryArguments

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
        try memory.check(isForRows: series.isGiven || !isImages(data))
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
            let (finder, parts) = try learn(settings, from: source, summary)
            var told = FoundRows(
                writer: try output.map { try found.form(in: $0).writer(for: finder.detector) },
                page: try report.map { _ in try page(of: finder.detector) },
                top: output == "-" ? 0 : top,
                kept: found.kept
            )
            try WorkProgress.showing("judging", of: summary.rowCount) { onProgress in
                try told.add(
                    parts,
                    judgedBy: finder,
                    reasonCount: found.reasonCount,
                    threadCount: threads.count,
                    onProgress: onProgress
                )
            }
            try keep(finder.detector)
            try writePage(told, by: finder, summary)
            try show(told, by: finder)
            for line in FitReport.concerns(summary) { Console.error(line) }
        }
    }

    /// Learns from the rows of a table that there is memory for.
    ///
    /// - Returns: what judges all of its rows, and those.
    private func learn(
        _ settings: TableDetector,
        from source: any TableSource,
        _ summary: TableSummary
    ) throws -> (TableFinder, TableParts) {
        let kept = KeptColumns(names: found.kept).texts(beside: summary.schema)
        for line in FitReport.understood(summary) + FitReport.offers(summary) {
            Console.error(line)
        }
        try checkStrictly(summary, columns)
        let (sample, note) = try memory.budget.rows(
            of: source,
            summary,
            copying: kept,
            seed: network.seed,
            judgesAll: true
        )
        note.map(Console.error)
        let progress = FitProgress(memberCount: settings.folds, showsAllEpochs: verbose)
        var finder = try { () throws in
            defer { progress.finish() }
            return try settings.finder(
                learningFrom: sample,
                rule: .falseAlarmRate(falseAlarmRate ?? 0.01),
                contamination: contamination ?? .auto,
                threadCount: threads.count,
                onProgress: progress.report
            )
        }()
        finder.detector.provenance.source = data == "-" ? "standard input" : fileName(data)
        return (finder, try TableParts(of: sample, in: source, summary.schema, keeping: kept))
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
    private func show(_ told: FoundRows, by finder: TableFinder) throws {
        Notices.show(finder.detector.unreachableRate)
        if output != "-" {
            try Console.print([ScoredLine.header(keys: nil)] + told.oddest.map(\.table))
        }
        tell(
            counted(told.rowCount, "row"),
            anomalyCount: told.anomalyCount,
            of: finder.detector,
            byChance: finder.expectedFalseAlarmCount(of: told.rowCount),
            oddShare: finder.oddShare,
            rowCount: told.rowCount,
            rest: LeftOutText.sentence(finder.leftOut.count)
        )
    }

    /// What was found, in one line or two.
    func tell(
        _ judged: String,
        anomalyCount: Int,
        of detector: some FittedDetector,
        byChance: Double?,
        oddShare: OddShare? = nil,
        rowCount: Int? = nil,
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
        Console.error(
            OddShareText.sentence(oddShare, detector.heldOut.unit.rawValue, of: rowCount)
        )
    }

    /// A page without rows.
    private func page(of detector: FittedTableDetector) throws -> FindingsPage {
        FindingsPage(
            unit: .row,
            rule: detector.decisionRule,
            overview: try RowOverview(detector)
        )
    }

    /// What was found, as a page.
    private func writePage(
        _ told: FoundRows,
        by finder: TableFinder,
        _ summary: TableSummary
    ) throws {
        guard let page = told.page else { return }
        try write(
            page,
            "each row judged by networks that did not see it",
            of: finder.detector,
            byChance: finder.expectedFalseAlarmCount(of: told.rowCount),
            oddShare: finder.oddShare,
            ModelCard(finder.detector)
        ) { report in
            report.leftOut = finder.leftOut.map { "row \($0 + 1)" }
            report.columns = FindingsReport.ColumnQuality.columns(of: summary)
        }
    }
}
