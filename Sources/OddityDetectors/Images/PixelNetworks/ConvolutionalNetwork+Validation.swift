internal import OddityNeuralNetworks

extension ConvolutionalNetwork {
    /// Refuses settings that cannot be trained.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)``.
    func validate() throws {
        if let channels {
            try check(
                1...6 ~= channels.count && channels.allSatisfy { 1...1024 ~= $0 },
                "channels",
                channels.map(String.init).joined(separator: ","),
                "give one to six numbers from 1 to 1,024, one a layer"
            )
        }
        let latentSize = resolvedLatentSize
        try check(
            1...4096 ~= latentSize,
            "the size of the code",
            latentSize,
            "give 1 to 4,096"
        )
        try check(
            loss != .gaussian,
            "the loss of pixels",
            loss.name,
            "use mse, mae, huber, bce, ssim, ms-ssim or gradient-difference"
        )
        switch loss {
        case .huber(let number):
            try check(number > 0, "the loss of pixels", loss.name, "give a number above 0")
        case .structuralSimilarity(let weight), .multiScaleStructuralSimilarity(let weight),
            .gradientDifference(let weight):
            try check(weight >= 0, "the loss of pixels", loss.name, "give a weight from 0 up")
        default: break
        }
        try check(1...10_000_000 ~= steps, "steps of pixels", steps, "give at least 1")
        try check(1...65_536 ~= batchSize, "batch size", batchSize, "give 1 to 65,536")
        try check(
            learningRate > 0 && learningRate <= 1,
            "learning rate",
            learningRate,
            "give a number above 0 and up to 1, such as 0.001"
        )
        try validateVariant()
        try augmentation.validate()
    }

    private func validateVariant() throws {
        try variant.validate(codeSize: resolvedLatentSize)
        if case .denoising(.multiScale) = variant {
            try check(
                false,
                "noise",
                "multi-scale",
                "multi-scale noise adds a column, and images have none: use gaussian, masking or swap"
            )
        }
        guard bottleneck == .convolutional else { return }
        switch variant {
        case .plain, .denoising, .sparse(.l1): break
        case .sparse, .variational:
            try check(
                false,
                "variant",
                variant.name,
                "it needs one code of the whole image: use the dense bottleneck"
            )
        }
    }
}
