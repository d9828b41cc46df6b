internal import ArgumentParser
internal import OddityDetectors
internal import OddityRecords

extension ImageNetworkArguments {
    /// Sets what the options say, and checks the whole.
    ///
    /// - Parameter isConvolutional: whether `--variant convolutional` was given.
    func apply(to detector: inout ImageDetector, isConvolutional: Bool) throws {
        if isConvolutional {
            detector.pixelNetwork = .convolutional(try network())
        } else if let option = firstGivenForConvolutions {
            throw ValidationError("\(option) needs --variant convolutional")
        }
        if let pixelScore { detector.pixelScore.summary = pixelScore }
        detector.pixelScore.standardizes = standardizePixels
        if let imageMeasures { detector.measures = imageMeasures }
        if let imageScore { detector.scoring = imageScore }
        if let imageCodeDistance {
            guard detector.scoring != .residual else {
                throw ValidationError(
                    "--image-code-distance belongs to --image-score residual-and-code or code"
                )
            }
            detector.codeDistance = imageCodeDistance
        }
        do {
            try detector.validate()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private func network() throws -> ConvolutionalNetwork {
        var network = ConvolutionalNetwork()
        network.channels = channels?.values
        network.latentSize = latent
        if let bottleneck { network.bottleneck = bottleneck }
        if let imageLoss { network.loss = imageLoss }
        network.variant = try chosenVariant()
        if let imageSteps { network.steps = imageSteps }
        if let imageLearningRate { network.learningRate = imageLearningRate }
        if let imageBatchSize { network.batchSize = imageBatchSize }
        for change in augment?.values ?? [] { change.apply(to: &network.augmentation) }
        return network
    }

    private func chosenVariant() throws -> AutoencoderVariant {
        let name = imageVariant ?? .plain
        guard name != .plain || imageVariantLevel == nil else {
            throw ValidationError(
                "--image-variant-level needs --image-variant sparse, denoising or variational"
            )
        }
        return name.variant(level: imageVariantLevel)
    }
}
