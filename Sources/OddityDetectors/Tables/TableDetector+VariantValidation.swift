internal import OddityNeuralNetworks

extension TableDetector {
    /// Refuses settings of a variant that cannot be trained, or that do not go together.
    func validateVariant() throws {
        try variant.validate(codeSize: hiddenSizes?.last)
        try validateTiedWeights()
        try check(
            !loss.needsShape,
            "loss",
            loss.name,
            "it compares images; use mse, mae, huber, bce or gaussian"
        )
        try validateResidualBlocks()
        try check(
            loss != .gaussian || principalComponents == nil,
            "loss",
            "gaussian",
            "a variance of principal components is none of columns: use mse, or no components"
        )
        try check(
            loss != .gaussian || outputActivation == .identity && !tiedWeights,
            "loss",
            "gaussian",
            "it learns a mean and a variance: use the identity as output activation and no tied weights"
        )
    }

    private func validateTiedWeights() throws {
        guard tiedWeights else { return }
        switch variant {
        case .variational:
            try check(
                false,
                "tied weights",
                "on",
                "a variational code has two numbers a dimension in the encoder and one in the decoder: "
                    + "leave them untied"
            )
        case .denoising(.multiScale):
            try check(
                false,
                "tied weights",
                "on",
                "the encoder has one more input, the noise level: leave them untied"
            )
        case .plain, .sparse, .denoising: break
        }
    }

    private func validateResidualBlocks() throws {
        try check(
            0...16 ~= residualBlocks,
            "the number of residual blocks",
            residualBlocks,
            "give 0 to 16"
        )
        guard residualBlocks > 0 else { return }
        try check(
            hiddenSizes?.count != 1,
            "the number of residual blocks",
            residualBlocks,
            "they follow the hidden layers before the code: give hidden sizes such as 128,32"
        )
        try check(
            !tiedWeights,
            "the number of residual blocks",
            residualBlocks,
            "a block has no mirror image in the decoder: leave the weights untied"
        )
    }
}
