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

    /// Reads the training rows and says what was understood.
    func trainingSeries(
        _ seriesOptions: SeriesOptions,
        _ options: ReadingOptions
    ) throws -> (table: Table, concerns: [String], timeOfDay: TimeOfDay?) {
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
            return (try array.readLast(latest?.count ?? array.rowCount), [], nil)
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
        let timeOfDay = seriesOptions.timeColumn.flatMap { TimeOfDay(beside: $0, in: found) }
        let table = try reader.readLast(latest.count, of: summary.rowCount)
        return (table, FitReport.concerns(summary), timeOfDay)
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

extension SeriesOptions {
    /// The columns that say when and where.
    fileprivate var keyColumns: Set<String> { Set([timeColumn, entityColumn].compactMap { $0 }) }
}

extension TableSummary {
    /// The same without some columns, all of which must be there.
    fileprivate func leavingOut(_ keys: Set<String>) throws -> TableSummary {
        let keys = Set(keys.flatMap { JoinedColumn.names(for: $0, in: schema.names) })
        if let unknown = keys.sorted().first(where: { !schema.names.contains($0) }) {
            throw DatasetError(
                .unknownColumn,
                "there is no column \(nameWithNearMatches(unknown, in: schema.names)); the columns are "
                    + listedNames(schema.names),
                at: DataLocation(file: file)
            )
        }
        var rest = self
        for index in schema.columns.indices.reversed()
        where keys.contains(schema.columns[index].name) {
            rest.schema.columns.remove(at: index)
            rest.statistics.remove(at: index)
        }
        return rest
    }
}
