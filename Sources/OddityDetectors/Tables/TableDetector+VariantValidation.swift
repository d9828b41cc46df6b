internal import OddityNeuralNetworks

extension TableDetector {
    /// Refuses settings of a variant that cannot be trained, or that do not go together.
    func validateVariant() throws {
        switch variant {
        case .plain: break
        case .sparse(let code): try validate(code)
        case .denoising(let corruption): try validate(corruption)
        case .variational(let code): try validate(code)
        }
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

    private func validate(_ code: SparseCode) throws {
        switch code {
        case .l1(let weight, _): try checkWeight("sparsity weight", weight)
        case .divergence(let target, let weight):
            try checkWeight("sparsity weight", weight)
            try check(
                target > 0 && target < 1,
                "sparsity target",
                target,
                "give a mean activation above 0 and below 1, such as 0.05"
            )
        case .largest(let count):
            try check(
                count >= 1 && count <= hiddenSizes?.last ?? .max,
                "the number of active units",
                count,
                "give 1 to the size of the code"
            )
        }
    }

    private func validate(_ corruption: Corruption) throws {
        switch corruption {
        case .gaussian(let deviation): try checkWeight("noise level", deviation)
        case .masking(let rate), .swap(let rate):
            try check(rate >= 0 && rate < 1, "noise level", rate, "give a share from 0 to below 1")
        case .multiScale(let low, let high):
            try check(
                low > 0 && low < high && high.isFinite,
                "noise level",
                "\(low) to \(high)",
                "give two levels above 0, the lower one first"
            )
        }
    }

    private func validate(_ code: VariationalCode) throws {
        try checkWeight("KL weight", code.klWeight)
        try checkWeight("the weight of the means", code.meanL1)
        try checkWeight("free bits", code.freeBits)
        try check(
            0...1_000_000 ~= code.warmUpEpochs,
            "warm-up",
            code.warmUpEpochs,
            "give a number of epochs from 0 up"
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

    private func checkWeight(_ name: String, _ weight: Float) throws {
        try check(weight >= 0 && weight.isFinite, name, weight, "give a number from 0 up")
    }
}
