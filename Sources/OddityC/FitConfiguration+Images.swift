internal import OddityDetectors
internal import OddityImages
internal import OddityNeuralNetworks
internal import OddityRecords

extension FitConfiguration {
    /// The detector of images.
    func imageDetector() throws -> ImageDetector {
        var result = ImageDetector()
        if let seed = try seed { result.seed = seed }
        if let folds = try options.integer(.folds) { result.folds = folds }
        let variant: VariantName? = try options.named(.variant)
        guard variant == nil || variant == .convolutional else {
            throw options.invalid(.variant, "\"convolutional\" for images")
        }
        if variant == .convolutional {
            result.pixelNetwork = .convolutional(try convolutionalNetwork())
        } else if let stray = options.firstGiven(in: FitOption.ofConvolutions) {
            throw InvalidArgument("option \(stray.rawValue) needs variant \"convolutional\"")
        }
        if let summary: PixelScore.Summary = try options.named(.pixelScore) {
            result.pixelScore.summary = summary
        }
        result.pixelScore.standardizes = try options.flag(.standardizePixels) ?? false
        if let measures: ImageMeasures = try options.choice(.imageMeasures) {
            result.measures = measures
        }
        if let scoring: ImageScoring = try options.choice(.imageScore) { result.scoring = scoring }
        if let distance: TableDetector.CodeDistance = try options.choice(.imageCodeDistance) {
            guard result.scoring != .residual else {
                throw InvalidArgument(
                    "option image_code_distance belongs to image_score \"residual-and-code\" or \"code\""
                )
            }
            result.codeDistance = distance
        }
        try result.validate()
        return result
    }

    private func convolutionalNetwork() throws -> ConvolutionalNetwork {
        var network = ConvolutionalNetwork()
        network.channels = try options.integers(.channels)
        network.latentSize = try options.integer(.latent)
        if let bottleneck: ConvolutionalNetwork.Bottleneck = try options.choice(.bottleneck) {
            network.bottleneck = bottleneck
        }
        if let loss: Loss = try options.named(.imageLoss) { network.loss = loss }
        let variant: ImageVariant = try options.named(.imageVariant) ?? .plain
        let level = try options.number(.imageVariantLevel)
        guard variant != .plain || level == nil else {
            throw InvalidArgument(
                "option image_variant_level needs image_variant \"sparse\", \"denoising\" or \"variational\""
            )
        }
        network.variant = variant.variant(level: level.map { Float($0) })
        if let steps = try options.integer(.imageSteps) { network.steps = steps }
        if let rate = try options.number(.imageLearningRate) { network.learningRate = rate }
        if let size = try options.integer(.imageBatchSize) { network.batchSize = size }
        for name in try options.texts(.augment) {
            guard let change = ImageChange(named: name) else {
                throw options.invalid(
                    .augment,
                    "a list of \(ImageChange.names.joined(separator: ", "))"
                )
            }
            change.apply(to: &network.augmentation)
        }
        return network
    }

    /// How images become rows.
    ///
    /// - Parameter reading: How a mask is read.
    func preparation(_ reading: ImageReadingOptions) throws -> ImagePreparation {
        ImagePreparation(
            size: try options.described(.imageSize),
            color: try options.choice(.imageColor),
            centerCrop: try options.described(.centerCrop),
            normalization: try options.named(.normalize) ?? .none,
            mask: try options.text(.ignoreMask).map { path in
                let masks = try ImageCollection(path: path, options: reading)
                guard masks.count == 1 else {
                    throw options.invalid(.ignoreMask, "the path of one image")
                }
                return try ImageMask(masks.image(at: 0))
            },
            tiling: try tiling()
        )
    }

    private func tiling() throws -> ImageTiling? {
        let asked: ImageSize? = try options.described(.tileStride)
        guard let side: ImageSize = try options.described(.tile) else {
            guard asked == nil else { throw InvalidArgument("option tile_stride goes with tile") }
            return nil
        }
        let stride = asked ?? ImageSize(width: side.width / 2, height: side.height / 2)
        guard stride.width <= side.width, stride.height <= side.height else {
            throw options.invalid(
                .tileStride,
                "at most the size of a tile, lest pixels be left out"
            )
        }
        return try ImageTiling(tileSize: side, stride: stride)
    }
}
