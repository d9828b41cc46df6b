internal import OddityNeuralNetworks

extension SeriesNetwork {
    /// The kernel of convolutions along time, in steps.
    private static let kernel = 5

    /// The layers.
    ///
    /// - Parameters:
    ///   - layout: the sizes of what the network sees.
    ///   - stepsPerEpoch: needed in training, for a warm-up that is counted in epochs.
    func description(_ layout: SeriesLayout, stepsPerEpoch: Int = 1) -> NetworkDescription {
        let (featureCount, windowLength) = (layout.featureCount, layout.windowLength)
        let sizes = resolvedHiddenSizes()
        let code = code(featureCount: featureCount, stepsPerEpoch: stepsPerEpoch)
        let window = Shape.series(length: windowLength, channels: featureCount)
        let (shape, encoder, decoder): (Shape, [LayerDescription], [LayerDescription])
        switch kind {
        case .averages, .dense:
            shape = .flat(layout.inputSize)
            encoder = sizes.flatMap(dense)
            decoder = sizes.reversed().flatMap(dense) + [.dense(outputSize: layout.inputSize)]
        case .convolutional:
            shape = window
            (encoder, decoder) = convolutions(sizes, featureCount, windowLength)
        case .lstm, .gru:
            shape = window
            encoder = sizes.enumerated().map { index, size in
                recurrent(size, returnsSequence: index < sizes.count - 1)
            }
            decoder =
                [.repeatVector(count: windowLength)]
                + sizes.reversed().map { recurrent($0, direction: .reverse) }
                + [.timeDistributedDense(outputSize: featureCount)]
        }
        var layers: [LayerDescription] = []
        if case .denoising(let corruption) = variant { layers.append(corruption.layer) }
        layers += encoder + code
        layers += target == .reconstruction ? decoder : [.dense(outputSize: featureCount)]
        return NetworkDescription(inputShape: shape, layers: layers)
    }

    /// The position of the code among the layers: before its activation, and of a variational network the mean.
    var codeLayer: Int {
        let perLayer = kind == .lstm || kind == .gru ? 1 : 2
        let encoderCount = perLayer * resolvedHiddenSizes().count
        return switch variant {
        // Noise comes first; behind means and variances comes the layer that draws.
        case .denoising, .variational: encoderCount + 1
        default: encoderCount
        }
    }

    private func dense(_ size: Int) -> [LayerDescription] {
        [.dense(outputSize: size), .activation(.silu)]
    }

    private func code(featureCount: Int, stepsPerEpoch: Int) -> [LayerDescription] {
        variant.code(
            size: resolvedLatentSize(featureCount: featureCount),
            stepsPerEpoch: stepsPerEpoch
        )
    }

    private func recurrent(
        _ units: Int,
        returnsSequence: Bool = true,
        direction: Recurrence.Direction = .forward
    ) -> LayerDescription {
        let recurrence = Recurrence(
            units: units,
            returnsSequence: returnsSequence,
            direction: direction
        )
        return kind == .lstm ? .lstm(recurrence) : .gru(recurrence)
    }

    /// Convolutions of stride 2, and their transposes around a dense code.
    private func convolutions(
        _ sizes: [Int],
        _ featureCount: Int,
        _ windowLength: Int
    ) -> (encoder: [LayerDescription], decoder: [LayerDescription]) {
        var lengths = [windowLength]
        var encoder: [LayerDescription] = []
        for size in sizes {
            encoder += [
                .convolution(
                    channels: size,
                    kernel: PerAxis(SeriesNetwork.kernel),
                    stride: 2,
                    padding: 2
                ),
                .activation(.silu),
            ]
            lengths.append((lengths[lengths.count - 1] + 1) / 2)
        }
        let last = (length: lengths[lengths.count - 1], channels: sizes[sizes.count - 1])
        var decoder: [LayerDescription] = dense(last.length * last.channels)
        decoder.append(.reshape(.series(length: last.length, channels: last.channels)))
        let channels = [featureCount] + sizes.dropLast()
        for (index, count) in channels.enumerated().reversed() {
            // A length of n becomes 2n − 1, and 2n with one step more at the end.
            decoder.append(
                .transposedConvolution(
                    channels: count,
                    kernel: PerAxis(SeriesNetwork.kernel),
                    stride: 2,
                    padding: 2,
                    outputPadding: PerAxis(1 - lengths[index] % 2)
                )
            )
            if index > 0 { decoder.append(.activation(.silu)) }
        }
        return (encoder, decoder)
    }
}
