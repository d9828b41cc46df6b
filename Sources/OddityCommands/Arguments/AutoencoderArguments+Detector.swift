internal import ArgumentParser
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords

extension AutoencoderArguments {
    /// The detector to fit.
    ///
    /// - Parameter times: How the times of its columns are written.
    func autoencoder(_ times: TimeArguments? = nil) throws -> TableDetector {
        var result = TableDetector()
        if let hidden { result.hiddenSizes = hidden.values }
        if let activation { result.activation = activation }
        if let outputActivation { result.outputActivation = outputActivation }
        if let loss { result.loss = loss }
        result.optimizer = (optimizer ?? .adam).optimizer(weightDecay: weightDecay ?? 0)
        if let learningRate { result.learningRate = learningRate }
        if let schedule { result.schedule = schedule }
        result.gradientClipping = clipGradients
        result.epochs = epochs
        if let batchSize { result.batchSize = batchSize }
        result.patience = patience
        if let dropout { result.dropout = dropout }
        if let residualBlocks { result.residualBlocks = residualBlocks }
        result.batchNormalization = batchNormalization
        if let folds { result.folds = folds }
        if let scaling { result.preparation.scaling = scaling }
        if let missingValues { result.preparation.missingValues = missingValues }
        if let clip {
            guard clip > 0, clip.isFinite else {
                throw ValidationError("--clip takes a number of deviations above 0, such as 20")
            }
            result.preparation.clippingLimit = clip
        }
        try times?.apply(to: &result.preparation)
        result.principalComponents = pca
        result.variant = try variant.chosenVariant()
        result.tiedWeights = variant.tiedWeights
        try scoring.apply(to: &result)
        result.seed = seed
        return result
    }
}
