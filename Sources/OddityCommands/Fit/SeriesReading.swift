internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords
internal import OdditySeries

/// A command that learns from the rows of series.
protocol SeriesReading {
    /// Where the rows are.
    var seriesPath: String { get }
    var columns: ColumnArguments { get }
    var network: AutoencoderArguments { get }
    var reading: ReadingArguments { get }
    var times: TimeArguments { get }
    var series: SeriesArguments { get }
    var memory: MemoryArguments { get }
}

extension SeriesReading {
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
        guard let option = memory.firstGiven, !seriesOptions.endsWithLatest else { return }
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
            featureCount: MemoryBudget.stepFeatureCount(summary),
            endsWithLatest: seriesOptions.endsWithLatest
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
