internal import ArgumentParser
internal import OddityDetectors
internal import OddityNeuralNetworks

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
        if let pixelScore { detector.pixelScore.summary = try summary(pixelScore) }
        detector.pixelScore.standardizes = standardizePixels
        if let imageMeasures {
            detector.measures = try named(
                imageMeasures,
                "--image-measures",
                ImageMeasures.init(rawValue:)
            )
        }
        if let imageScore {
            detector.scoring = try named(
                imageScore,
                "--image-score",
                ImageScoring.init(rawValue:)
            )
        }
        if let imageCodeDistance {
            guard detector.scoring != .residual else {
                throw ValidationError(
                    "--image-code-distance belongs to --image-score residual-and-code or code"
                )
            }
            detector.codeDistance = try named(
                imageCodeDistance,
                "--image-code-distance",
                TableDetector.CodeDistance.init(rawValue:)
            )
        }
        do {
            try detector.validate()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private func network() throws -> ConvolutionalNetwork {
        var network = ConvolutionalNetwork()
        if let channels {
            let parts = channels.split(separator: ",", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { Int($0) }
            guard numbers.count == parts.count else {
                throw ValidationError("--channels takes numbers such as 16,32, not \"\(channels)\"")
            }
            network.channels = numbers
        }
        network.latentSize = latent
        if let bottleneck {
            network.bottleneck = try named(
                bottleneck,
                "--bottleneck",
                ConvolutionalNetwork.Bottleneck.init(rawValue:)
            )
        }
        if let imageLoss { network.loss = try named(imageLoss, "--image-loss", Loss.init(_:)) }
        network.variant = try chosenVariant()
        if let imageSteps { network.steps = imageSteps }
        if let imageLearningRate { network.learningRate = imageLearningRate }
        if let imageBatchSize { network.batchSize = imageBatchSize }
        for change in augment?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
            switch change {
            case "flip": network.augmentation.flipsHorizontally = true
            case "vertical-flip": network.augmentation.flipsVertically = true
            case "shift": network.augmentation.shift = 1
            case "brightness": network.augmentation.brightness = 0.1
            default:
                throw ValidationError("--augment does not know \"\(change)\"; see oddity help fit")
            }
        }
        return network
    }

    private func chosenVariant() throws -> AutoencoderVariant {
        switch imageVariant ?? "plain" {
        case "plain":
            guard imageVariantLevel == nil else {
                throw ValidationError(
                    "--image-variant-level needs --image-variant sparse, denoising or variational"
                )
            }
            return .plain
        case "sparse": return .sparse(.l1(weight: imageVariantLevel ?? 0.001))
        case "denoising": return .denoising(.gaussian(deviation: imageVariantLevel ?? 0.1))
        case "variational":
            return .variational(VariationalCode(klWeight: imageVariantLevel ?? 0.001))
        case let name:
            throw ValidationError("--image-variant does not know \"\(name)\"; see oddity help fit")
        }
    }

    /// Reads `mean`, `top-share`, `top-share(0.1)`, `smoothed-maximum` or `smoothed-maximum(7)`.
    private func summary(_ text: String) throws -> PixelScore.Summary {
        let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count == 2 ? String(parts[1].dropLast()) : nil
        if parts.count == 1 || text.hasSuffix(")") {
            switch (parts[0], number) {
            case ("mean", nil): return .mean
            case ("top-share", nil): return .topShare()
            case ("top-share", let number?):
                if let share = Double(number) { return .topShare(share) }
            case ("smoothed-maximum", nil): return .smoothedMaximum()
            case ("smoothed-maximum", let number?):
                if let side = Int(number) { return .smoothedMaximum(side: side) }
            default: break
            }
        }
        throw ValidationError("--pixel-score does not know \"\(text)\"; see oddity help fit")
    }

    private func named<Value>(
        _ text: String,
        _ option: String,
        _ make: (String) -> Value?
    ) throws -> Value {
        guard let value = make(text) else {
            throw ValidationError("\(option) does not know \"\(text)\"; see oddity help fit")
        }
        return value
    }
}
