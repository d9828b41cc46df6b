internal import OddityNeuralNetworks

extension ConvolutionalNetwork {
    /// The most weights of the dense layers around the code, 2²⁶.
    private static let weightLimit = 1 << 26

    /// The layers for images of a size.
    ///
    /// - Parameters:
    ///   - shape: the size after pooling.
    ///   - stepsPerEpoch: needed in training, for a warm-up that is counted in epochs.
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)`` for a network that is too large.
    func description(for shape: ImageShape, stepsPerEpoch: Int = 1) throws -> NetworkDescription {
        let channels = resolvedChannels(for: shape)
        var layers: [LayerDescription] = []
        if case .denoising(let corruption) = variant { layers.append(corruption.layer) }
        var sizes = [(height: shape.height, width: shape.width)]
        for count in channels {
            layers += [
                .convolution(channels: count, kernel: 3, stride: 2, padding: 1), .activation(.relu),
            ]
            let size = sizes[sizes.count - 1]
            sizes.append((height: (size.height + 1) / 2, width: (size.width + 1) / 2))
        }
        let last = sizes[sizes.count - 1]
        let width = channels[channels.count - 1]
        let count = last.height * last.width * width
        switch bottleneck {
        case .dense:
            guard count * resolvedLatentSize <= ConvolutionalNetwork.weightLimit else {
                throw DetectorError.invalidSetting(
                    name: "the size of the code",
                    value: "\(resolvedLatentSize)",
                    remedy:
                        "\(last.height) × \(last.width) places of \(width) channels are left for it: "
                        + "give more layers, fewer channels or a smaller code"
                )
            }
            layers += variant.code(size: resolvedLatentSize, stepsPerEpoch: stepsPerEpoch)
            layers += [
                .dense(outputSize: count), .activation(.relu),
                .reshape(.image(height: last.height, width: last.width, channels: width)),
            ]
        case .convolutional:
            layers += [.convolution(channels: resolvedLatentSize, kernel: 1)]
            if case .sparse(.l1(let weight, _)) = variant {
                layers.append(.activityPenalty(l1: weight))
            }
            layers += [.convolution(channels: width, kernel: 1), .activation(.relu)]
        }
        let decoded = [shape.channels] + channels.dropLast()
        for (index, count) in decoded.enumerated().reversed() {
            // A side of n becomes 2n − 1, and 2n with one pixel more at the border.
            let size = sizes[index]
            layers.append(
                .transposedConvolution(
                    channels: count,
                    kernel: 3,
                    stride: 2,
                    padding: 1,
                    outputPadding: PerAxis([1 - size.height % 2, 1 - size.width % 2])
                )
            )
            if index > 0 { layers.append(.activation(.relu)) }
        }
        if keepsPixelRange { layers.append(.activation(.sigmoid)) }
        return NetworkDescription(
            inputShape: .image(height: shape.height, width: shape.width, channels: shape.channels),
            layers: layers
        )
    }
}
