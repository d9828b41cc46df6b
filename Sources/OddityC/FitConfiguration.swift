internal import OddityDatasets
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The options of a fit, as a JSON object: those of `oddity fit`, with underscores.
///
/// What is not given has the default of `oddity fit`; `null` counts as not given.
struct FitConfiguration {
    /// The names of all options.
    enum Option: String, CodingKey, CaseIterable {
        case falseAlarmRate = "false_alarm_rate"
        case contamination, threads, memory, source
        case ignore, categorical, numeric, missing
        case timeFeatures = "time_features"
        case hidden, activation
        case outputActivation = "output_activation"
        case loss, optimizer, schedule, epochs, patience, dropout, folds, scaling, clip, pca, seed
        case learningRate = "learning_rate"
        case clipGradients = "clip_gradients"
        case weightDecay = "weight_decay"
        case batchSize = "batch_size"
        case residualBlocks = "residual_blocks"
        case batchNormalization = "batch_normalization"
        case missingValues = "missing_values"
        case tiedWeights = "tied_weights"
        case scoring
        case codeDistance = "code_distance"
        case svddWeight = "svdd_weight"
        case storedRows = "stored_rows"
        case variant
        case sparsityWeight = "sparsity_weight"
        case sparsityTarget = "sparsity_target"
        case sparsityLayers = "sparsity_layers"
        case activeUnits = "active_units"
        case noise
        case noiseLevel = "noise_level"
        case klWeight = "kl_weight"
        case klWarmUp = "kl_warm_up"
        case meanL1 = "mean_l1"
        case freeBits = "free_bits"
    }

    let options: Options
    /// The share of normal rows that may raise an alarm.
    let falseAlarmRate: Double
    /// How much of the table may be odd.
    let contamination: Contamination
    /// Threads to use.
    let threadCount: Int
    /// The bytes that the fit may take; nil for half of what is free.
    let memory: Int?
    /// The name of the data, for the model.
    let source: String?

    /// Reads a configuration.
    ///
    /// - Parameter configuration: JSON; nil for all defaults.
    /// - Throws: ``InvalidArgument`` naming the option that cannot be used.
    init(_ configuration: UnsafePointer<CChar>?) throws {
        let json = try configuration.map { try text($0, "the configuration") } ?? "{}"
        options = try Options(json)
        falseAlarmRate = try options.number(.falseAlarmRate) ?? 0.01
        guard falseAlarmRate > 0, falseAlarmRate < 1 else {
            throw options.invalid(.falseAlarmRate, "a rate above 0 and below 1, such as 0.01")
        }
        contamination = try options.contamination()
        threadCount = try threads(Int32(clamping: options.integer(.threads) ?? 0))
        memory = try options.integer(.memory)
        source = try options.text(.source)
    }

    /// What should not be found out from the values of columns.
    var readingOptions: ReadingOptions {
        get throws {
            ReadingOptions(
                missingTokens: try options.texts(.missing)
                    .reduce(MissingTokens.standard) { $0.adding($1) },
                ignoredColumns: try options.texts(.ignore),
                categoricalColumns: try options.texts(.categorical),
                numericColumns: try options.texts(.numeric),
                calendarColumns: try options.texts(.timeFeatures)
            )
        }
    }

    /// The detector to fit.
    func detector() throws -> TableDetector {
        var result = TableDetector()
        try apply(toNetworkOf: &result)
        try apply(toTrainingOf: &result)
        if let scaling: ScalingMethod = try options.choice(.scaling) {
            result.preparation.scaling = scaling
        }
        if let policy: MissingValuePolicy = try options.choice(.missingValues) {
            result.preparation.missingValues = policy
        }
        if let clip = try options.number(.clip) { result.preparation.clippingLimit = clip }
        result.principalComponents = try options.components()
        if let folds = try options.integer(.folds) { result.folds = folds }
        if let scoring: TableDetector.Scoring = try options.choice(.scoring) {
            result.scoring = scoring
        }
        if let distance: TableDetector.CodeDistance = try options.choice(.codeDistance) {
            result.codeDistance = distance
        }
        result.svddWeight = try options.number(.svddWeight).map { Float($0) }
        if let storesRows = try options.flag(.storedRows) { result.storesRows = storesRows }
        if let seed = try options.integer(.seed) {
            guard let seed = UInt64(exactly: seed) else {
                throw options.invalid(.seed, "a whole number from 0 up")
            }
            result.seed = seed
        }
        try result.validate()
        return result
    }

    private func apply(toNetworkOf result: inout TableDetector) throws {
        result.hiddenSizes = try options.integers(.hidden)
        result.variant = try options.chosenVariant()
        if let activation = try options.named(.activation, Activation.names, Activation.init) {
            result.activation = activation
        }
        if let activation = try options.named(
            .outputActivation,
            Activation.names,
            Activation.init
        ) {
            result.outputActivation = activation
        }
        if let isTied = try options.flag(.tiedWeights) { result.tiedWeights = isTied }
        if let dropout = try options.number(.dropout) { result.dropout = Float(dropout) }
        if let blocks = try options.integer(.residualBlocks) { result.residualBlocks = blocks }
        if let isOn = try options.flag(.batchNormalization) { result.batchNormalization = isOn }
    }

    private func apply(toTrainingOf result: inout TableDetector) throws {
        if let loss = try options.named(.loss, Loss.names, Loss.init) { result.loss = loss }
        result.optimizer = try options.chosenOptimizer()
        if let rate = try options.number(.learningRate) { result.learningRate = rate }
        if let schedule = try options.chosenSchedule() { result.schedule = schedule }
        result.gradientClipping = try options.number(.clipGradients)
        result.epochs = try options.integer(.epochs)
        result.patience = try options.integer(.patience)
        if let size = try options.integer(.batchSize) { result.batchSize = size }
    }
}
