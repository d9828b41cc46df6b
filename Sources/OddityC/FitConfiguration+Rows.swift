internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords

extension FitConfiguration {
    /// How much of the table may be odd.
    func contamination() throws -> Contamination {
        try options.described(.contamination) ?? .none
    }

    /// The detector of rows that stand alone.
    func rowDetector() throws -> TableDetector {
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
        try apply(toTimesOf: &result)
        result.principalComponents = try options.described(.pca)
        if let folds = try options.integer(.folds) { result.folds = folds }
        if let scoring: TableDetector.Scoring = try options.choice(.scoring) {
            result.scoring = scoring
        }
        if let distance: TableDetector.CodeDistance = try options.choice(.codeDistance) {
            result.codeDistance = distance
        }
        result.svddWeight = try options.number(.svddWeight).map { Float($0) }
        if let storesRows = try options.flag(.storedRows) { result.storesRows = storesRows }
        if let seed = try seed { result.seed = seed }
        try result.validate()
        return result
    }

    private func apply(toTimesOf result: inout TableDetector) throws {
        if let stray = options.firstGiven(of: .timeOrder, .timeFormat, .timeZone),
            try options.texts(.timeFeatures).isEmpty
        {
            throw InvalidArgument(
                "option \(stray.rawValue) needs time or time_features, the column of times"
            )
        }
        result.preparation.timeFormat = try timeFormat()
        result.preparation.timeZone = try timeZone()
    }

    private func apply(toNetworkOf result: inout TableDetector) throws {
        result.hiddenSizes = try options.integers(.hidden)
        result.variant = try options.chosenVariant()
        if let activation: Activation = try options.named(.activation) {
            result.activation = activation
        }
        if let activation: Activation = try options.named(.outputActivation) {
            result.outputActivation = activation
        }
        if let isTied = try options.flag(.tiedWeights) { result.tiedWeights = isTied }
        if let dropout = try options.number(.dropout) { result.dropout = Float(dropout) }
        if let blocks = try options.integer(.residualBlocks) { result.residualBlocks = blocks }
        if let isOn = try options.flag(.batchNormalization) { result.batchNormalization = isOn }
    }

    private func apply(toTrainingOf result: inout TableDetector) throws {
        if let loss: Loss = try options.named(.loss) { result.loss = loss }
        let optimizer: OptimizerName = try options.named(.optimizer) ?? .adam
        result.optimizer = optimizer.optimizer(
            weightDecay: try options.number(.weightDecay) ?? 0
        )
        if let rate = try options.number(.learningRate) { result.learningRate = rate }
        if let schedule: LearningRateSchedule = try options.named(.schedule) {
            result.schedule = schedule
        }
        result.gradientClipping = try options.number(.clipGradients)
        result.epochs = try options.integer(.epochs)
        result.patience = try options.integer(.patience)
        if let size = try options.integer(.batchSize) { result.batchSize = size }
    }
}
