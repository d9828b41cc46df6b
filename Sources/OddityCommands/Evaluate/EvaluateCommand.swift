internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityNeuralNetworks
internal import OddityRecords
internal import OddityReports
internal import OdditySeries

/// `oddity evaluate`.
struct EvaluateCommand: ParsableCommand, LabeledDataReader {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Judge a model on labelled rows.",
        discussion: """
            DATA is a table with a column of labels (see oddity help fit), or for a model of images a folder whose \
            sub-folders tell the kinds: good, and any other is a defect. For a model of series it may \
            also be an array with a second array of labels (--labels); runs of \
            anomalous rows are then events, and alarms are judged by the events they find. \
            Scores DATA and compares the scores with the labels: AUROC, average precision, and \
            what the model's own threshold does; then the thresholds that Youden's J, the best \
            F1 and the least cost would choose on these labels, which look better here than \
            they will on new rows. Of series all figures are about scores against their present level, as alarms \
            are (--adapt).

            Labels 1, true, yes, anomaly, abnormal, outlier mean an anomaly, and 0, false, no, \
            normal, inlier a normal row; for others say with --positive which text means an \
            anomaly.
            """
    )

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Argument(
        help:
            "A table of labelled rows, - for standard input, or a folder of images with good/ in it; for series also .npy."
    )
    var data: String

    @OptionGroup(title: "Labels") var truth: TruthArguments

    @OptionGroup(title: "Report") var outputs: ReportArguments

    @Option(
        help: ArgumentHelp(
            "Columns of the data that the page shows of each row: a,b,c.",
            valueName: "names"
        )
    )
    var keep: [String] = []

    @Option(
        help: ArgumentHelp(
            "The rows that the model was trained on: nearest neighbors, isolation forest, ECOD and PCA reconstruction (for series: each row's deviation, PCA and isolation forest) learn from them too and are compared.",
            valueName: "train"
        )
    )
    var baselines: String?

    @Option(
        help: ArgumentHelp(
            "Judge the rows with each value of this column by themselves too; of tables.",
            valueName: "column"
        )
    )
    var by: String?

    @Option(
        help: ArgumentHelp(
            "Tell what so many of the oddest rows or images hold (precision and recall at k): 10,50,100.",
            valueName: "counts"
        )
    )
    var top: CommaSeparated<Int>?

    @Option(
        help: ArgumentHelp(
            "Another model, to compare with on the same rows or images: whether one ranks them better by more than chance (DeLong's test).",
            valueName: "model"
        )
    )
    var compare: String?

    @OptionGroup(title: "Costs") var costs: CostArguments

    @OptionGroup(title: "Decision") var decision: DecisionArguments
    @OptionGroup(title: "Decision") var following: AdaptationArguments
    @OptionGroup(title: "Decision") var smoothing: SmoothingArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments
    @OptionGroup(title: "Reading") var badRows: BadRowArguments
    @OptionGroup(title: "Images") var broken: BrokenImageArguments

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        if !isImages(data), truth.labels == nil { _ = try requiredLabel() }
        if compare != nil, data == "-" {
            throw ValidationError(
                "--compare reads the data twice, which standard input cannot be; save them to a file"
            )
        }
        let others = [baselines, compare].compactMap { $0 }
        try outputs.check(isNoneOf: [model, data] + truth.files + others)
        if !keep.isEmpty, outputs.report == nil {
            throw ValidationError("--keep is for the page; say with --report where to write it")
        }
    }

    func run() throws {
        let options = try reading.options()
        try CommandFailure.reporting(file: data) {
            try outputs.checkCanWrite()
            switch try readModel(model) {
            case .table(let detector):
                try following.checkIsForSeries(data)
                try smoothing.checkIsForSeries(data)
                try checkImages(data, areExpected: false, by: model)
                try evaluateRows(detector, options)
            case .images(let detector):
                try following.checkIsForSeries(data)
                try smoothing.checkIsForSeries(data)
                try checkImages(data, areExpected: true, by: model)
                try evaluateImages(detector)
            case .series(let detector):
                try checkImages(data, areExpected: false, by: model)
                try evaluateSeries(detector, options)
            }
        }
    }

    private func evaluateRows(_ detector: FittedTableDetector, _ options: ReadingOptions) throws {
        var detector = detector
        try checkOptionsForRows()
        decision.apply(to: &detector.decisionRule)
        let comparison = try baselines.map {
            try BaselineComparison(
                of: detector,
                path: $0,
                options: options,
                threadCount: threads.count
            )
        }
        let rows = try evaluated(detector, options, comparison)
        let rule = detector.decisionRule
        let scores = try LabeledScores(
            scores: rows.measures,
            labels: rows.labels.values
        )
        var page = try EvaluationReport(
            title: "\(fileName(model)) on \(fileName(data))",
            subtitle: "\(counted(scores.count, "row")), "
                + counted(scores.anomalyCount, "anomaly", "anomalies"),
            scores: scores,
            threshold: detector.threshold,
            thresholdNote: "\(rule)",
            costFalseAlarm: costs.ofFalseAlarm,
            costMiss: costs.ofMiss
        )
        page.normalPValues = rows.normalPValues
        page.trainingCurves = detector.histories.map(TrainingCurve.init(ofMember:))
        let compared = try comparison?.results(labels: rows.labels.values)
        let written = try write(page, of: detector, rows: rows, compared: compared)
        let shift = rows.monitor.shift
        Notices.show(shift, by: detector, model: model, areNormal: true)
        var summary = try EvaluationSummary(page, scores, compared, shift: shift)
        summary.tops = try top.map { try EvaluationSummary.tops($0.values, of: scores) }
        summary.groupedBy = by
        summary.segments = try rows.segments(threshold: detector.threshold)
        summary.comparison = try otherModel(rows.measures, rows.labels.values)
        try json
            ? Console.printText(OddityRecords.json(summary)) : Console.print(summary.lines)
        for line in written { Console.error(line) }
        try suggestThreshold(on: scores, for: detector)
    }

    private func evaluated(
        _ detector: FittedTableDetector,
        _ options: ReadingOptions,
        _ comparison: BaselineComparison?
    ) throws -> EvaluatedRows {
        let labels = try truth.labels(column: requiredLabel())
        let own = KeptColumns(names: ColumnArguments.names(keep))
        var rows = EvaluatedRows(
            labels: labels,
            of: detector,
            by: by.map(SegmentedRows.init(by:)),
            keeping: own
        )
        var kept = own.texts(beside: detector.requiredSchema).union([labels.requiredColumn])
        if let by, detector.requiredSchema[by] == nil { kept.insert(by) }
        try readRows(for: detector, keeping: kept, options) { chunk in
            try rows.append(
                try detector.verdicts(
                    of: chunk,
                    reasonCount: outputs.report == nil ? 0 : 3,
                    threadCount: threads.count
                ),
                chunk,
                file: data
            )
            try comparison?.append(chunk)
        }
        try rows.labels.checkPositive(file: data)
        return rows
    }

    private func write(
        _ page: EvaluationReport,
        of detector: FittedTableDetector,
        rows: EvaluatedRows,
        compared: [BaselineComparison.Result]?
    ) throws -> [String] {
        guard outputs.isGiven else { return [] }
        var page = page
        page.drift = rows.monitor.shift.drift
        page.ownColumns = ColumnArguments.names(keep)
        page.oddestRows = rows.oddest.rows
        page.falseAlarms = rows.falseAlarms
        page.missedAnomalies = rows.missedAnomalies
        page.movableThreshold?.measure =
            detector.decisionRule.thresholdMeasure == .error ? "error" : "score"
        page.modelCard = [ModelCardSection(rows.monitor.shift)] + ModelCard(detector).sections
        if let compared { page.modelCard.insert(ModelCardSection(compared, of: page), at: 0) }
        return try outputs.write(page)
    }

    /// The other model on the same rows or images, where one is to be compared.
    func otherModel(_ measures: [Double], _ labels: [Bool]) throws -> ModelComparison? {
        guard let compare else { return nil }
        let other = try CommandFailure.reporting(file: compare) {
            try scored(by: readModel(compare))
        }
        return try ModelComparison(measures, labels: labels, with: other, named: fileName(compare))
    }
}

extension TrainingCurve {
    /// The losses of a member.
    init(ofMember history: TrainingHistory) {
        self.init(
            training: history.epochs.map(\.trainingLoss),
            validation: history.epochs.compactMap(\.validationLoss),
            bestEpoch: history.kept?.epoch
        )
    }
}
