public import OddityNeuralNetworks

/// A convolutional autoencoder of images, to be trained as the network of pixels of an ``ImageDetector``.
///
/// Each layer of the encoder is a 3 × 3 convolution of stride 2, which halves both sides, and a ReLU; then
/// comes the code, and the decoder mirrors the encoder with transposed convolutions.
public struct ConvolutionalNetwork: Codable, Sendable, Equatable {
    /// Where the code is squeezed.
    public enum Bottleneck: String, Codable, Sendable, CaseIterable {
        /// A dense layer makes one code of the whole image.
        case dense
        /// A 1 × 1 convolution makes a code at each place that is left.
        case convolutional
    }

    /// The channels of the encoder's layers.
    ///
    /// Nil, the default, has layers of 16, 32, 64 and 128 channels, as many as bring the longer side to at most
    /// 8 pixels, and at least one.
    public var channels: [Int]?
    /// The numbers of the code, or of the code at each place.
    ///
    /// Nil, the default, is 16 with a dense bottleneck and 4 with a convolutional one. With more, odd images are
    /// rebuilt too well: of three digits, 32 numbers found 4 points less than 12.
    public var latentSize: Int?
    /// Where the code is squeezed; dense by default.
    public var bottleneck = Bottleneck.dense
    /// What training minimizes; the mean squared error by default.
    ///
    /// With `mse`, `mae`, `huber` and `gradient-difference` the network sees the difference from the mean
    /// image, scaled to variance 1; with `bce`, `ssim` and `ms-ssim` pixels from 0 to 1, and ends with a sigmoid.
    public var loss = Loss.meanSquaredError
    /// What the network does beside rebuilding; nothing by default.
    ///
    /// Penalties and noise are as for ``TableDetector``, in the units that the network sees. Noise of several
    /// scales is not possible; with a convolutional bottleneck, neither is a variational code nor a sparse one
    /// but by the magnitudes.
    public var variant = AutoencoderVariant.plain
    /// Training steps, roughly; 1,000 by default.
    ///
    /// Training ends with the epoch that is nearest to it, and keeps the epoch that is best on the fold.
    public var steps = 1000
    /// The size of a training step, which falls to 0 as a cosine; 0.001 by default.
    public var learningRate = 1e-3
    /// The images of a training step; 64 by default.
    public var batchSize = 64
    /// How images are changed in training; not at all by default.
    public var augmentation = ImageAugmentation()

    /// A network with every setting at its default.
    public init() {}

    /// The size of the code.
    public var resolvedLatentSize: Int { latentSize ?? (bottleneck == .dense ? 16 : 4) }

    /// The channels of the encoder's layers for images of a size.
    ///
    /// - Parameter shape: the size after pooling.
    public func resolvedChannels(for shape: ImageShape) -> [Int] {
        if let channels { return channels }
        var side = max(shape.height, shape.width)
        var result: [Int] = []
        repeat {
            result.append(min(16 << result.count, 128))
            side = (side + 1) / 2
        } while side > 8
        return result
    }

    /// Whether the network sees pixels from 0 to 1 as they are.
    var keepsPixelRange: Bool {
        switch loss {
        case .binaryCrossEntropy, .structuralSimilarity, .multiScaleStructuralSimilarity: true
        default: false
        }
    }
}
