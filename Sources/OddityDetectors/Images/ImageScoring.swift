internal import OddityNeuralNetworks

/// What makes an image odd to the network that sees all of it: that of whole images, or that of pixels where
/// they alone count (``ImageMeasures/pixels``).
public enum ImageScoring: String, Codable, Sendable, CaseIterable {
    /// What it fails to rebuild.
    case residual
    /// That, and the distance of the image's code to the codes of training
    /// (``ImageDetector/codeDistance``), each as −ln of its tail probability, with half the weight.
    case residualAndCode = "residual-and-code"
    /// The distance of the code alone: a latent density.
    case code

    /// Whether codes count.
    var usesCode: Bool { self != .residual }
    /// Whether residuals count.
    var usesResidual: Bool { self != .code }
}

extension ImageDetector {
    /// The position of the code among the layers of the network that sees all of an image; nil where codes
    /// don't count.
    func codeLayer(_ geometry: ImageGeometry) -> Int? {
        guard scoring.usesCode else { return nil }
        if measures == .all { return ScaledNetwork.codeLayer(sizes: globalSizes) }
        guard case .convolutional(let network) = pixelNetwork else {
            return ScaledNetwork.codeLayer(sizes: pixelSizes)
        }
        return network.codeLayer(for: geometry.pooledShape)
    }
}

extension ScaledNetwork {
    /// The position of the code among the layers of ``description(inputSize:sizes:)``.
    static func codeLayer(sizes: [Int]) -> Int { 2 * (sizes.count - 1) }
}

extension ConvolutionalNetwork {
    /// The position of the code among the layers: before its activation, and of a variational network the
    /// mean.
    ///
    /// - Parameter shape: the size after pooling.
    func codeLayer(for shape: ImageShape) -> Int {
        // Each layer of the encoder has its activation.
        let encoderCount = 2 * resolvedChannels(for: shape).count
        return switch variant {
        // Noise comes first; behind means and variances comes the layer that draws.
        case .denoising, .variational: encoderCount + 1
        default: encoderCount
        }
    }
}
