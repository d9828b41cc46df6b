package import OddityDetectors
internal import OddityNeuralNetworks

extension ImageDetector {
    /// What the network of pixels is.
    ///
    /// - Parameter shape: the size of the images.
    package func pixelText(_ shape: ImageShape) -> String {
        func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "–") }
        guard case .convolutional(let network) = pixelNetwork else { return text(pixelSizes) }
        var parts = [
            "convolutions of \(text(resolvedPixelChannels(for: shape))) channels, "
                + "\(network.bottleneck.rawValue) code of \(network.resolvedLatentSize)",
            network.loss.name,
        ]
        if network.variant != .plain { parts.append(network.variant.name) }
        let augmentation = network.augmentation
        if augmentation.flipsHorizontally { parts.append("flips") }
        if augmentation.flipsVertically { parts.append("vertical flips") }
        if augmentation.shift > 0 { parts.append("shifts of \(augmentation.shift)") }
        if augmentation.brightness > 0 {
            parts.append("brightness ±\(decimals(Double(augmentation.brightness), 2))")
        }
        return parts.joined(separator: ", ")
    }

    /// What makes an image odd to the network that sees all of it.
    package var scoringText: String {
        let distance = "distance of the code (\(codeDistance.rawValue))"
        return switch scoring {
        case .residual: "residual"
        case .residualAndCode: "residual and \(distance)"
        case .code: distance
        }
    }

    /// What is taken of the errors of pixels.
    package var pixelScoreText: String {
        let name =
            switch pixelScore.summary {
            case .mean: "mean"
            case .topShare(let share): "mean of the largest \(decimals(100 * share, 1)) %"
            case .smoothedMaximum(let side): "largest mean of \(side) × \(side) pixels"
            }
        return name + (pixelScore.standardizes ? ", standardized" : "")
            + (measures == .pixels ? ", alone" : "")
    }
}
