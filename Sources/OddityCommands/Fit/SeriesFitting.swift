internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

/// A command that fits a detector to the rows of series.
protocol SeriesFitting {
    /// Where the rows are.
    var seriesPath: String { get }
    var columns: ColumnArguments { get }
    var network: AutoencoderArguments { get }
    var reading: ReadingArguments { get }
    var series: SeriesArguments { get }
}

extension SeriesFitting {
    /// The detector that the options describe; options of other detectors are refused.
    func seriesDetector() throws -> SeriesDetector {
        if let option = network.firstGivenButForSeries {
            throw ValidationError("\(option) is not for series; see oddity help fit")
        }
        let asked = try network.autoencoder()
        var detector = SeriesDetector()
        detector.seed = network.seed
        try series.apply(to: &detector)
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
        detector.countsCodeDistance = network.scoring.scoring == "residual-and-code"
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
        switch SeriesInput.kind(of: seriesPath) {
        case .array:
            if let option = columns.firstGiven ?? reading.firstGiven ?? keyOption {
                throw ValidationError("\(option) is for tables, and \(seriesPath) holds an array")
            }
            var array = try ArraySeries(path: seriesPath)
            Console.error(
                FitReport.line(
                    "data",
                    "\(seriesPath): \(counted(array.rowCount, "row")), "
                        + counted(array.schema.columns.count, "channel")
                )
            )
            return (try array.readAll(), [], nil)
        case .table, .folder:
            let keys = seriesOptions.keyColumns
            let reader = try TableReader(path: seriesPath, options: options)
            let found = try reader.inferSchema()
            let summary = try found.leavingOut(keys)
            try reader.select(summary.schema, keeping: keys)
            for line in FitReport.understood(summary) { Console.error(line) }
            try checkStrictly(summary, columns)
            let timeOfDay = seriesOptions.timeColumn.flatMap { TimeOfDay(beside: $0, in: found) }
            return (try reader.readAll(), FitReport.concerns(summary), timeOfDay)
        }
    }

    private var keyOption: String? {
        series.time != nil ? "--time" : series.entity != nil ? "--entity" : nil
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

extension AutoencoderArguments {
    /// The first option that was given of those that detectors of series do not have.
    fileprivate var firstGivenButForSeries: String? {
        let options = [
            ("--activation", activation != nil), ("--output-activation", outputActivation != nil),
            ("--optimizer", optimizer != nil), ("--schedule", schedule != nil),
            ("--clip-gradients", clipGradients != nil), ("--weight-decay", weightDecay != nil),
            ("--dropout", dropout != nil), ("--batch-normalization", batchNormalization),
            ("--residual-blocks", residualBlocks != nil),
            ("--missing-values", missingValues != nil), ("--clip", clip != nil),
            ("--pca", pca != nil), ("--tied-weights", variant.tiedWeights),
            ("--variant convolutional", variant.isConvolutional),
        ]
        return options.first { $0.1 }?.0 ?? scoring.firstGivenButForSeries
    }
}

extension ScoringArguments {
    /// The first option that was given of those that detectors of series do not have.
    fileprivate var firstGivenButForSeries: String? {
        let isKnown = scoring.map { ["residual", "residual-and-code"].contains($0) } ?? true
        let options = [
            ("--scoring \(scoring ?? "")", !isKnown), ("--code-distance", codeDistance != nil),
            ("--svdd-weight", svddWeight != nil),
        ]
        return options.first { $0.1 }?.0
    }
}
