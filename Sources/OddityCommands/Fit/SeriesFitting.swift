internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords
internal import OdditySeries

/// A command that fits a detector to the rows of series.
protocol SeriesFitting {
    /// Where the rows are.
    var seriesPath: String { get }
    var columns: ColumnArguments { get }
    var network: AutoencoderArguments { get }
    var reading: ReadingArguments { get }
    var times: TimeArguments { get }
    var series: SeriesArguments { get }
    var images: ImageArguments { get }
    var imageNetwork: ImageNetworkArguments { get }
    var broken: BrokenImageArguments { get }
    var memory: MemoryArguments { get }
    var threads: ThreadArguments { get }
    var verbose: Bool { get }
}

extension SeriesFitting {
    /// Refuses images, by the options that are for them or for a series.
    func refuseImages() throws {
        if let option = series.firstGiven, Folder.kind(of: seriesPath) == .folder {
            throw ValidationError(
                "\(option) is for series, and \(seriesPath) is a folder of images"
            )
        }
        if let option = images.firstGiven ?? imageNetwork.firstGiven ?? broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(seriesPath) is taken as a series")
        }
    }

    /// The detector that the options describe; options of other detectors are refused.
    func seriesDetector() throws -> SeriesDetector {
        guard columns.timeFeatures.isEmpty else {
            throw ValidationError(
                "--time-features is for rows that are judged one by one; leave it out, or --time and its kin"
            )
        }
        if let option = optionNotForSeries {
            throw ValidationError("\(option) is not for series; see oddity help fit")
        }
        let asked = try network.autoencoder()
        var detector = SeriesDetector()
        detector.seed = network.seed
        series.apply(to: &detector)
        if let folds = network.folds { detector.folds = folds }
        if let sizes = network.hidden == nil ? nil : asked.hiddenSizes {
            detector.network.latentSize = sizes.last
            guard sizes.count > 1 else {
                throw ValidationError(
                    "--hidden takes at least one layer and the code for series, such as 64,8"
                )
            }
            detector.network.hiddenSizes = sizes.dropLast()
        }
        if network.variant.variant != nil { detector.network.variant = asked.variant }
        if network.loss != nil { detector.loss = asked.loss }
        detector.countsCodeDistance = network.scoring.scoring == .residualAndCode
        if let rate = network.learningRate { detector.learningRate = rate }
        detector.batchSize = network.batchSize
        detector.epochs = network.epochs
        detector.patience = network.patience
        if network.scaling != nil { detector.preparation.scaling = asked.preparation.scaling }
        do {
            try detector.validate()
        } catch {
            throw ValidationError("\(error)")
        }
        return detector
    }

    /// Refuses a budget of memory for series of which it would not say which rows are the latest.
    func checkMemory(_ seriesOptions: SeriesOptions) throws {
        guard let option = memory.firstGiven,
            seriesOptions.entityColumn != nil || seriesOptions.order == .sort
        else { return }
        throw ValidationError(
            "\(option) learns from the last rows of a series, which goes with neither --entity nor --sort"
        )
    }

    /// Reads the training rows and says what was understood.
    func trainingSeries(
        _ seriesOptions: SeriesOptions,
        _ options: ReadingOptions
    ) throws -> TrainingSeries {
        if ArraySeries.isSeries(path: seriesPath, format: options.format) {
            if let option = columns.firstGiven
                ?? reading.firstGiven(but: "--input-format")
                ?? series.firstGiven(of: "--time", "--entity")
            {
                throw ValidationError("\(option) is for tables, and \(seriesPath) holds an array")
            }
            let latest = try ArraySeries.size(path: seriesPath).map {
                try memory.budget.latestSteps(of: $0.rowCount, featureCount: $0.channelCount)
            }
            var array = try ArraySeries(path: seriesPath)
            Console.error(
                FitReport.line(
                    "data",
                    "\(seriesPath): \(counted(array.rowCount, "row")), "
                        + counted(array.schema.columns.count, "channel")
                )
            )
            (latest?.note).map(Console.error)
            let rowCount = array.rowCount
            return TrainingSeries(
                table: try array.readLast(latest?.count ?? rowCount),
                rowCount: rowCount
            )
        }
        let keys = seriesOptions.keyColumns
        let reader = try TableFormats.open(seriesPath, options)
        let found = try reader.inferSchema()
        let summary = try found.leavingOut(keys)
        try reader.select(summary.schema, keeping: keys)
        for line in FitReport.understood(summary) { Console.error(line) }
        try checkStrictly(summary, columns)
        let latest = try memory.budget.latestSteps(
            of: summary.rowCount,
            featureCount: MemoryBudget.stepFeatureCount(summary)
        )
        latest.note.map(Console.error)
        return TrainingSeries(
            table: try reader.readLast(latest.count, of: summary.rowCount),
            rowCount: summary.rowCount,
            reader: reader,
            concerns: FitReport.concerns(summary),
            timeOfDay: seriesOptions.timeColumn.flatMap { TimeOfDay(beside: $0, in: found) }
        )
    }

    /// Learns from series, and judges all of their rows.
    ///
    /// - Parameters:
    ///   - delay: by how many rows that follow a row is ranked too.
    ///   - smoothing: how their scores become one.
    ///   - told: opens what takes the rows, for what was learned.
    func foundSteps(
        by detector: SeriesDetector,
        in training: TrainingSeries,
        _ options: SeriesOptions,
        rule: DecisionRule,
        delay: Int? = nil,
        smoothing: SeriesSmoothing = .weighted,
        reasonCount: Int,
        told: (FittedSeriesDetector) throws -> FoundSteps
    ) throws -> (detector: FittedSeriesDetector, told: FoundSteps) {
        let progress = FitProgress(memberCount: detector.folds, showsAllEpochs: verbose)
        func learned<Learned>(
            _ learn: (@escaping @Sendable (FittingProgress) -> Void) throws -> Learned
        ) throws -> Learned {
            defer { progress.finish() }
            return try TimeOfDay.hinting(training.timeOfDay) { try learn(progress.report) }
        }
        let source = seriesPath == "-" ? "standard input" : fileName(seriesPath)
        guard training.isCut else {
            var findings = try learned {
                try detector.findings(
                    in: training.table,
                    options: options,
                    file: seriesPath,
                    rule: rule,
                    delay: delay,
                    smoothing: smoothing,
                    reasonCount: reasonCount,
                    threadCount: threads.count,
                    onProgress: $0
                )
            }
            findings.detector.provenance.source = source
            var told = try told(findings.detector)
            try told.add(findings)
            return (findings.detector, told)
        }
        var finder = try learned {
            try detector.finder(
                learningFrom: training.table,
                firstRow: training.firstRow,
                options: options,
                file: seriesPath,
                rule: rule,
                threadCount: threads.count,
                onProgress: $0
            )
        }
        finder.detector.provenance.source = source
        var told = try told(finder.detector)
        try WorkProgress.showing("judging", of: training.rowCount) { onProgress in
            try told.add(
                try training.source(for: finder.detector, path: seriesPath),
                judgedBy: finder,
                smoother: SeriesSmoother(
                    delay: delay ?? finder.detector.smoothingDelay,
                    by: smoothing
                ),
                reasonCount: reasonCount,
                threadCount: threads.count,
                onProgress: onProgress
            )
        }
        return (finder.detector, told)
    }

    /// The first option that was given of those that detectors of series do not have.
    private var optionNotForSeries: String? {
        if network.variant.isConvolutional { return "--variant convolutional" }
        if let scoring = network.scoring.scoring, ![.residual, .residualAndCode].contains(scoring) {
            return "--scoring \(scoring.rawValue)"
        }
        if let layers = network.variant.sparsityLayers, layers != .code {
            return "--sparsity-layers \(layers.rawValue)"
        }
        return network.firstGiven(
            of: "--activation",
            "--output-activation",
            "--optimizer",
            "--schedule",
            "--clip-gradients",
            "--weight-decay",
            "--dropout",
            "--batch-normalization",
            "--residual-blocks",
            "--missing-values",
            "--clip",
            "--pca",
            "--tied-weights",
            "--code-distance",
            "--svdd-weight",
            "--no-stored-rows"
        )
    }
}

/// The rows of series to learn from: all, or the latest that there is memory for.
struct TrainingSeries {
    let table: Table
    /// The number of all rows.
    let rowCount: Int
    /// What reads them again; nil for an array.
    var reader: (any TableSource)?
    /// What a person should know of the columns.
    var concerns: [String] = []
    /// What their times tell beside the date; nil where nothing.
    var timeOfDay: TimeOfDay?

    /// Whether there are rows that are not learned from.
    var isCut: Bool { table.rowCount < rowCount }
    /// The number of the first row that is learned from, counted from 0.
    var firstRow: Int { rowCount - table.rowCount }

    /// All rows once more, for what was learned from them.
    func source(for detector: FittedSeriesDetector, path: String) throws -> SeriesSource {
        guard let reader else { return .array(try ArraySeries(path: path)) }
        try reader.select(detector.requiredSchema, keeping: Set(detector.keyColumns))
        return .table(reader)
    }
}
