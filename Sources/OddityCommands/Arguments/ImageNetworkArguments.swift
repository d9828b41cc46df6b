internal import ArgumentParser
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityRecords

/// The network of pixels of a detector of images on the command line.
///
/// What is not given has the library's default.
struct ImageNetworkArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Convolutional: channels of the encoder's layers, each of which halves the sides (default: 16,32,64,128, as many as leave at most 8 pixels a side).",
            valueName: "channels"
        )
    )
    var channels: CommaSeparated<Int>?

    @Option(
        help: ArgumentHelp(
            "Convolutional: numbers of the code (default: 16, or 4 at each place).",
            valueName: "size"
        )
    )
    var latent: Int?

    @Option(
        help: ArgumentHelp(
            "Convolutional: dense, one code of the image, or convolutional, one at each place (default: dense).",
            valueName: "name"
        )
    )
    var bottleneck: ConvolutionalNetwork.Bottleneck?

    @Option(
        help: ArgumentHelp(
            "Convolutional: what training minimizes: mse, mae, huber, bce, ssim, ms-ssim or gradient-difference (default: mse).",
            valueName: "name"
        )
    )
    var imageLoss: Loss?

    @Option(
        help: ArgumentHelp(
            "Convolutional: the variant of the network (default: plain).",
            valueName: "name"
        )
    )
    var imageVariant: ImageVariant?

    @Option(
        help: ArgumentHelp(
            "Convolutional: the weight of the sparse code's magnitudes or of the variational code's divergence (default: 0.001), or the deviation of the noise (default: 0.1).",
            valueName: "level"
        )
    )
    var imageVariantLevel: Float?

    @Option(
        help: ArgumentHelp(
            "Convolutional: changes to images in training, of flip (left to right), vertical-flip, shift (by up to a pixel) and brightness (by up to a tenth).",
            valueName: "changes"
        )
    )
    var augment: CommaSeparated<ImageChange>?

    @Option(
        help: ArgumentHelp("Convolutional: training steps (default: 1000).", valueName: "count")
    )
    var imageSteps: Int?

    @Option(
        help: ArgumentHelp(
            "Convolutional: size of a training step (default: 0.001).",
            valueName: "rate"
        )
    )
    var imageLearningRate: Double?

    @Option(
        help: ArgumentHelp(
            "Convolutional: images in a training step (default: 64).",
            valueName: "images"
        )
    )
    var imageBatchSize: Int?

    @Option(
        help: ArgumentHelp(
            "What is taken of the errors of pixels: mean, top-share, of the largest twentieth, or smoothed-maximum, of squares of 5 pixels a side; or another number, as in top-share(0.1) (default: mean).",
            valueName: "name"
        )
    )
    var pixelScore: PixelScore.Summary?

    @Flag(help: "Divide each pixel's error by its mean over held-out images.")
    var standardizePixels = false

    @Option(
        help: ArgumentHelp(
            "Which measures count: all, or pixels, those of the network of pixels alone (default: all).",
            valueName: "name"
        )
    )
    var imageMeasures: ImageMeasures?

    @Option(
        help: ArgumentHelp(
            "What makes an image odd to the network of whole images, or of pixels if alone: residual, residual-and-code (also the distance of its code from those of training), or code (default: residual).",
            valueName: "name"
        )
    )
    var imageScore: ImageScoring?

    @Option(
        help: ArgumentHelp(
            "With --image-score residual-and-code or code, how far a code is: nearest (to the nearest code of training), mahalanobis (in the covariance of those codes), or center (from their mean) (default: nearest).",
            valueName: "name"
        )
    )
    var imageCodeDistance: TableDetector.CodeDistance?

    /// The first option that was given of those that need convolutions.
    var firstGivenForConvolutions: String? {
        firstGiven(
            but: "--pixel-score",
            "--standardize-pixels",
            "--image-measures",
            "--image-score",
            "--image-code-distance"
        )
    }
}
