internal import ArgumentParser
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords

/// `oddity recalibrate`.
struct RecalibrateCommand: ParsableCommand, LabeledDataReader {
    static let configuration = CommandConfiguration(
        commandName: "recalibrate",
        abstract: "Measure a model's scores against newer normal data.",
        discussion: """
            When normal data change, a model flags more of them than was asked. Newer normal rows, steps or images put \
            that right without a fit:

              oddity recalibrate model.safetensors march.csv

            The p-value of a row is then its rank among these, and the asked false-alarm rate holds for rows like them; \
            of series the larger one of this and that of the fit, as a stretch of steps has few that are odd. \
            What the networks learned stays, and so do the order of the scores and the reasons; fit again when the \
            order suffers. NORMAL must hold rows that the model was not trained on. With --label, rows that are \
            labelled as anomalies are left out. The model keeps its first calibration: --undo brings it back.

            Where only the mix of some columns has changed, as that of plants or products, and what is normal in each has \
            not, name them:

              oddity recalibrate model.safetensors march.csv --shifted-columns plant,product

            The held-out rows of the fit are then weighed to have that mix (weighted conformal p-values), and the rate \
            holds for it, also where a few of the newer rows are odd. It is refused where too few rows count.
            """
    )

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Argument(
        help: ArgumentHelp(
            "Newer normal rows, steps or images, as oddity score takes them.",
            valueName: "normal"
        )
    )
    var newer: String?

    @OptionGroup(title: "Labels") var truth: TruthArguments

    @Option(
        help: ArgumentHelp(
            "Columns whose mix has changed, and nothing else: weigh the held-out rows of the fit to have the mix of the newer rows; of tables.",
            valueName: "names"
        )
    )
    var shiftedColumns: [String] = []

    @Flag(help: "Measure scores against the held-out data of the fit again.")
    var undo = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the changed model here, and leave the old one.",
            valueName: "model"
        )
    )
    var output: String?

    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Reading") var badRows: BadRowArguments
    @OptionGroup(title: "Images") var broken: BrokenImageArguments
    @OptionGroup var threads: ThreadArguments

    /// The data, which are only read where they are given.
    var data: String { newer ?? "" }
    var needsLabels: Bool { false }

    func validate() throws {
        guard (newer == nil) == undo else {
            throw ValidationError(
                undo
                    ? "--undo needs no data; leave \(shownPath(data)) out"
                    : "give newer normal data, or --undo"
            )
        }
        if truth.positive != nil, truth.label == nil {
            throw ValidationError("--positive goes with --label")
        }
        try checkOutput(output, isNoneOf: [newer].compactMap { $0 } + truth.files)
        guard undo else { return }
        let needing =
            (shiftedColumns.isEmpty ? nil : "--shifted-columns") ?? truth.firstGiven ?? reading
            .firstGiven ?? badRows.firstGiven ?? broken.firstGiven
        if let needing { throw ValidationError("\(needing) goes with newer data") }
    }

    func run() throws {
        try CommandFailure.reporting(file: model) {
            try OutputFile.checkCanWrite(to: output ?? model)
            let model = try readModel(model)
            guard shiftedColumns.isEmpty else { return try weigh(model) }
            let newer = try undo ? nil : scored(by: model.withoutRecalibration)
            try run(model.detector, newer)
        }
    }

    /// Gives the held-out rows the mix of the newer ones.
    private func weigh(_ model: Model) throws {
        guard case .table(let before) = model else {
            throw ValidationError("--shifted-columns is for tables, whose rows have columns")
        }
        var detector = before
        var mix = try ColumnMix(of: ColumnArguments.names(shiftedColumns), for: before)
        let newer = try CommandFailure.reporting(file: data) {
            try scoredRows(by: before.withoutRecalibration) { mix.add($0, isLeftOut: $1) }
        }
        let summary = try detector.recalibrate(to: mix, source: newer.source)
        tell(RecalibrationReport(newer, before: before, after: detector, mix: summary))
        try write(detector)
    }

    private func run(_ before: some FittedDetector, _ newer: ScoredData?) throws {
        var detector = before
        if let newer {
            try CommandFailure.reporting(file: data) {
                try detector.recalibrate(on: newer.normalScores, source: newer.source)
            }
            tell(RecalibrationReport(newer, before: before, after: detector))
        } else {
            guard detector.recalibration != nil else {
                throw ValidationError(
                    "\(shownPath(model)) is as it was fitted; there is nothing to undo"
                )
            }
            detector.recalibration = nil
        }
        try write(detector)
    }

    private func tell(_ report: RecalibrationReport) {
        for line in report.lines { Console.error(line) }
    }

    private func write(_ detector: some FittedDetector) throws {
        try detector.write(to: output ?? model)
        Console.error(FitReport.line("calibration", detector.calibrationText))
        Notices.show(detector.unreachableRate)
        Console.error(FitReport.line("model", output ?? model))
    }
}
