internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityLinearAlgebra
internal import OddityRecords
internal import OddityReports

/// `oddity score`.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score new rows with a model.",
        discussion: """
            DATA is what the model was trained on: rows, or images. \
            Columns are found by name; others are ignored. Each row is scored by itself, in \
            chunks, so the file may be larger than memory. Every row gets

              row       its number, from 1
              score     −log₁₀ of its p-value, continued beyond the calibration rows;
                        higher is odder
              p_value   the share of normal rows that look at least as odd; in series,
                        of those of its present level (--adapt)
              tail_p_value  beyond all calibration rows the p-value that their tail
                        suggests, which no row shows; a table marks it with ~
              anomaly   1 when the row is called an anomaly, else 0
              error     the mean squared difference between the row and its
                        reconstruction
              reason_1… the columns that do not hold what the others suggest, each
                        with its share, its value, and the value expected; a table
                        and NDJSON also tell which of them, set right, make an
                        anomaly normal

            A row that cannot be read has no score; reason_1 is the column at fault, \
            and actual_1 says what is wrong (--on-bad-row).
            """
    )

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Argument(
        help:
            "A table of rows to score (see oddity help fit), - for standard input, or images for a model of images."
    )
    var data: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the scores (default: standard output).",
            valueName: "file"
        )
    )
    var output: String?

    @OptionGroup(title: "Decision") var decision: DecisionArguments
    @OptionGroup(title: "Decision") var discoveries: DiscoveryArguments
    @OptionGroup(title: "Decision") var following: AdaptationArguments
    @OptionGroup(title: "Decision") var smoothing: SmoothingArguments

    @Option(help: "csv, ndjson (one JSON object a line), or table for a person.")
    var format = ScoreFormat.csv

    @Option(
        help: ArgumentHelp(
            "How many columns to name as reasons of each row at most (default: 3).",
            valueName: "count"
        )
    )
    var reasons: Int?

    @Option(
        help: ArgumentHelp(
            "Which rows get reasons: all, or flagged, those called anomalies, which takes less time (default: all).",
            valueName: "rows"
        )
    )
    var reasonsFor: ReasonedRows?

    @Option(
        help: ArgumentHelp(
            "For each odd image, write a strip into this folder: the image, what was expected, the heat map, and both with the odd place outlined.",
            valueName: "folder"
        )
    )
    var maps: String?

    @Option(
        help: ArgumentHelp(
            "Where to write the alarms of a series as CSV: their rows and times, and the columns that made them.",
            valueName: "file"
        )
    )
    var events: String?

    @Option(
        help: ArgumentHelp(
            "Write a self-contained HTML page here: the oddest rows, which columns are to blame, and an overview.",
            valueName: "file"
        )
    )
    var report: String?

    @OptionGroup(title: "Output") var choice: RowChoiceArguments
    @OptionGroup(title: "Alarms") var alarms: AlarmArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Reading") var badRows: BadRowArguments
    @OptionGroup(title: "Images") var broken: BrokenImageArguments

    @OptionGroup var threads: ThreadArguments

    func validate() throws {
        for file in [output, events, report] { try checkOutput(file, isNoneOf: [model, data]) }
        if let option = alarms.firstGiven, events == nil {
            throw ValidationError("\(option) is for --events")
        }
        try discoveries.check(beside: decision, data: data)
        try checkOutputFolder(maps, isOutside: data)
        guard events == nil || !haveOneTarget([events, output ?? "-"]) else {
            throw ValidationError("--events takes another file than the scores")
        }
        guard report == nil || !haveOneTarget([report, events, output ?? "-"]) else {
            throw ValidationError("--report takes another file than the scores and the events")
        }
        guard maps == nil || !haveOneTarget([maps, report, events, output ?? "-"]) else {
            throw ValidationError("--maps takes a folder of its own")
        }
        guard (0...1000).contains(reasons ?? 3) else {
            throw ValidationError("--reasons takes a count from 0 to 1000")
        }
    }

    func run() throws {
        try CommandFailure.reporting(file: data) {
            if let report { try OutputFile.checkCanWrite(to: report) }
            switch try readModel(model) {
            case .table(let detector):
                try following.checkIsForSeries(data)
                try smoothing.checkIsForSeries(data)
                try checkImages(data, areExpected: false, by: model)
                try scoreRows(detector)
            case .images(let detector):
                try following.checkIsForSeries(data)
                try smoothing.checkIsForSeries(data)
                try checkImages(data, areExpected: true, by: model)
                try scoreImages(detector)
            case .series(let detector): try scoreSeries(detector)
            }
        }
    }

    /// Refuses options of series for what is none.
    func refuseEvents() throws {
        guard events != nil else { return }
        throw ValidationError("--events is for models of series, and \(model) is none")
    }

    private func scoreRows(_ detector: FittedTableDetector) throws {
        var detector = detector
        try refuseEvents()
        if let option = firstGiven(of: "--skip-broken", "--maps") {
            throw ValidationError("\(option) is for images, and \(data) holds none")
        }
        decision.apply(to: &detector.decisionRule)
        try discoveries.apply(to: &detector, pValues)
        let reader = try openTable(data, reading.options())
        let kept = KeptColumns(names: choice.kept)
        do {
            try reader.select(
                detector.requiredSchema,
                keeping: kept.texts(beside: detector.requiredSchema)
            )
        } catch let error as DatasetError
            where error.code == .missingColumns && !Set(kept.names).isSubset(of: reader.columnNames)
        {
            // The option names these columns, the model the others.
            throw DatasetError(.unknownColumn, error.message, at: error.location)
        }
        Notices.show(extraColumns: reader.extraColumns)
        discoveries.showReach(of: detector)
        let writer = try ScoreWriter(
            format: format,
            path: output ?? "-",
            reasonCount: min(reasons ?? 3, detector.columnCount),
            kept: kept.names,
            choice: choice.choice
        )
        var page = try report.map { _ in
            FindingsPage(
                unit: .row,
                rule: detector.decisionRule,
                overview: try RowOverview(detector)
            )
        }
        var known = KnownRows()
        var monitor = ShiftMonitor(detector)
        var bad = BadRows(badRows, path: data)
        try Parallel.forEach(
            madeAheadBy: { try reader.nextParts(keepingInfinities: true) },
            threadCount: threads.count
        ) { parts in
            for part in parts {
                switch part {
                case .rows(let chunk):
                    bad.count(chunk)
                    let rows = try detector.verdicts(
                        of: chunk,
                        reasonCount: writer.reasonCount,
                        reasonsFor: reasonsFor ?? .all,
                        threadCount: threads.count
                    )
                    try writer.write(rows, firstRow: chunk.firstRow) {
                        kept.names.isEmpty ? [] : kept.values(of: chunk, at: $0)
                    }
                    detector.count(chunk, in: &known)
                    monitor.add(chunk, rows)
                    try page?.append(rows, of: chunk) {
                        kept.rowName(chunk.firstRow + $0, in: chunk, at: $0)
                    }
                case .bad(let row):
                    try bad.add(row)
                    if bad.policy == .null { try writer.write(row) }
                }
            }
            try writer.flush()
        }
        try bad.checkSomeAreGood()
        Notices.show(readingOf: reader)
        try writer.close()
        Notices.show(known, of: data)
        try write(page, of: detector, ModelCard(detector).sections, monitor.shift)
        Notices.show(monitor.shift, by: detector, model: model)
        Console.error(
            "\(counted(writer.rowCount, "row")), "
                + "\(counted(writer.anomalyCount, "anomaly", "anomalies")) "
                + "(\(discoveries.text(detector)))\(bad.text)"
        )
    }
}

extension ScoreCommand {
    /// The p-values of the rows that can be read.
    private func pValues(_ detector: FittedTableDetector) throws -> [Double] {
        let reader = try openTable(data, reading.options())
        try reader.select(detector.requiredSchema)
        var values: [Double] = []
        while let parts = try reader.nextParts(keepingInfinities: true) {
            for case .rows(let chunk) in parts {
                values += try detector.scores(of: chunk, threadCount: threads.count).map(\.pValue)
            }
        }
        return values
    }

    /// Writes the page that was asked for.
    func write(
        _ page: FindingsPage?,
        of detector: some FittedDetector,
        _ modelCard: [ModelCardSection],
        _ shift: Shift
    ) throws {
        guard let report, let page else { return }
        var findings = try page.report(
            source: data,
            subtitle: "judged by \(fileName(model))",
            threshold: detector.threshold
        )
        findings.expectedCount = detector.decisionRule.expectedFalseAlarmCount(
            of: findings.count
        )
        findings.modelCard = [ModelCardSection(shift)] + modelCard
        try findings.write(to: report)
        Console.error(FitReport.line("report", report))
    }
}
