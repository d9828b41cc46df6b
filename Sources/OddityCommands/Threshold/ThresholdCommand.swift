internal import ArgumentParser
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityFiles
internal import OddityRecords

/// `oddity threshold`.
struct ThresholdCommand: ParsableCommand, LabeledDataReader {
    static let configuration = CommandConfiguration(
        commandName: "threshold",
        abstract: "Show what thresholds would do, and put one into a model.",
        discussion: """
            The model keeps what its held-out normal rows got, so a threshold is chosen without fitting again:

              oddity threshold model.safetensors
              oddity threshold model.safetensors --set quantile=0.99
              oddity threshold model.safetensors --set alerts-per-day=5 --rows-per-day 2000

            What scores the threshold or more is an anomaly. Rules without labels: conformal=RATE (new normal rows \
            reach it at this rate or less), alerts-per-day=N (normal rows bring N alerts a day or fewer, of \
            --rows-per-day rows), quantile=Q, mean-deviations=K, median-deviations=K, largest (only what \
            lies above all held-out rows), peaks=RATE (a generalized Pareto tail says where the rate is, also beyond \
            all rows), mixture (of two normal distributions, where the upper one is likelier).

            With labelled rows (--data, --label) each rule is judged on them, and there are more: youden, closest (to \
            the corner of the ROC curve), f-beta=BETA, cost (--cost-false-alarm, --cost-miss, --prevalence), \
            false-alarms=RATE, detection=RATE. A threshold looks better on the rows it was chosen on than it will on \
            others; judge it with oddity evaluate on rows that had no part in the choice.

            By hand: score=2.5 or error=0.1.
            """
    )

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(
            "Labelled rows, steps or images, as oddity evaluate takes them.",
            valueName: "labelled"
        )
    )
    var labeled: String?

    @OptionGroup(title: "Labels") var truth: TruthArguments
    @OptionGroup(title: "Labels") var following: AdaptationArguments

    @OptionGroup(title: "Rule") var rule: RuleArguments

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the model with its new threshold here, and leave the old one.",
            valueName: "model"
        )
    )
    var output: String?

    @Flag(help: "Show all rules, also when one is set.")
    var list = false

    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Reading") var badRows: BadRowArguments
    @OptionGroup(title: "Images") var broken: BrokenImageArguments
    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print the table as JSON.")
    var json = false

    /// The data, which are only read where they are given.
    var data: String { labeled ?? "" }
    var adaptation: SeriesAdaptation { following.adaptation }
    var timeColumn: String? { rule.timeColumn }

    func validate() throws {
        try checkOutput(output, isNoneOf: [labeled].compactMap { $0 } + truth.files)
        if output != nil, rule.set == nil { throw ValidationError("--output goes with --set") }
        guard labeled == nil else { return }
        let needing =
            truth.firstGiven ?? following.firstGiven ?? reading.firstGiven ?? badRows.firstGiven
            ?? broken.firstGiven ?? rule.firstGivenCost
        if let needing { throw ValidationError("\(needing) goes with --data") }
    }

    func run() throws {
        let chosen = try rule.chosen(lacking: labeled == nil ? "--data" : nil)
        try CommandFailure.reporting(file: model) {
            if chosen != nil { try OutputFile.checkCanWrite(to: output ?? model) }
            let model = try readModel(model)
            if case .series = model {} else { try following.checkIsForSeries(data) }
            let data = try labeled.map { _ in try LabeledData(scored(by: model)) }
            try run(model.detector, chosen, on: data)
        }
    }

    private func run(
        _ detector: some FittedDetector,
        _ chosen: ChosenThreshold?,
        on data: LabeledData?
    ) throws {
        var detector = detector
        let before = detector.decisionText
        if let chosen {
            detector.decision = try rule.decision(of: detector, by: chosen, on: data)
            try detector.write(to: output ?? model)
        }
        if list || json || chosen == nil {
            let table = try ThresholdTable(
                detector,
                of: rule.on ?? .score,
                on: data,
                cost: rule.cost,
                rowsPerDay: rule.rowCountPerDay ?? data?.rowsPerDay
            )
            try json ? Console.printText(OddityRecords.json(table)) : Console.print(table.lines)
        }
        guard chosen != nil else { return }
        Console.error(FitReport.line("threshold", "anomaly when \(detector.decisionText)"))
        Console.error(FitReport.line("before", "anomaly when \(before)"))
        if let data { Console.error(FitReport.line("labelled", try data.text(of: detector))) }
        Console.error(FitReport.line("model", output ?? model))
    }
}
