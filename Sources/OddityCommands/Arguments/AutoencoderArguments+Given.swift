extension AutoencoderArguments {
    /// The first option that was given of those that detectors of images do not have.
    var firstGivenForTables: String? {
        let options = [
            ("--hidden", hidden != nil), ("--activation", activation != nil),
            ("--output-activation", outputActivation != nil), ("--loss", loss != nil),
            ("--optimizer", optimizer != nil), ("--learning-rate", learningRate != nil),
            ("--schedule", schedule != nil), ("--clip-gradients", clipGradients != nil),
            ("--weight-decay", weightDecay != nil), ("--epochs", epochs != nil),
            ("--batch-size", batchSize != nil), ("--patience", patience != nil),
            ("--dropout", dropout != nil), ("--batch-normalization", batchNormalization),
            ("--residual-blocks", residualBlocks != nil), ("--scaling", scaling != nil),
            ("--missing-values", missingValues != nil), ("--clip", clip != nil),
            ("--pca", pca != nil),
        ]
        return options.first { $0.1 }?.0 ?? variant.firstGiven ?? scoring.firstGiven
    }
}

extension VariantArguments {
    /// The first option that was given.
    var firstGiven: String? {
        let options = [
            ("--variant", variant != nil && !isConvolutional), ("--tied-weights", tiedWeights),
        ]
        return options.first { $0.1 }?.0 ?? ownedOptions.first { $0.isGiven }?.option
    }
}

extension ScoringArguments {
    /// The first option that was given.
    var firstGiven: String? {
        let options = [
            ("--scoring", scoring != nil), ("--code-distance", codeDistance != nil),
            ("--svdd-weight", svddWeight != nil), ("--no-stored-rows", withoutStoredRows),
        ]
        return options.first { $0.1 }?.0
    }
}
