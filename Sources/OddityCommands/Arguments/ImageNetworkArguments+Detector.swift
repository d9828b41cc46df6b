internal import ArgumentParser
internal import OddityDetectors

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
        for change in augment?.values ?? [] {
            switch change {
            case .flip: network.augmentation.flipsHorizontally = true
            case .verticalFlip: network.augmentation.flipsVertically = true
            case .shift: network.augmentation.shift = 1
            case .brightness: network.augmentation.brightness = 0.1
            }
        }
        return network
    }

    private func chosenVariant() throws -> AutoencoderVariant {
        switch imageVariant ?? .plain {
        case .plain:
            guard imageVariantLevel == nil else {
                throw ValidationError(
                    "--image-variant-level needs --image-variant sparse, denoising or variational"
                )
            }
            return .plain
        case .sparse: return .sparse(.l1(weight: imageVariantLevel ?? 0.001))
        case .denoising: return .denoising(.gaussian(deviation: imageVariantLevel ?? 0.1))
        case .variational:
            return .variational(VariationalCode(klWeight: imageVariantLevel ?? 0.001))
        }
    }
}
