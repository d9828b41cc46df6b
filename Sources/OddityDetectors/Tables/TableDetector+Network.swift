internal import OddityNeuralNetworks

/// A network to train, and where its code is.
struct AutoencoderPlan {
    let description: NetworkDescription
    /// The position of the layer whose output is the code, before its activation.
    let codeLayer: Int
}

extension TableDetector {
    /// The network for rows of `featureCount` numbers.
    ///
    /// - Parameter stepsPerEpoch: needed for a warm-up that is counted in epochs.
    func plan(featureCount: Int, stepsPerEpoch: Int) -> AutoencoderPlan {
        if let importedLayers {
            return AutoencoderPlan(
                description: NetworkDescription(inputSize: featureCount, layers: importedLayers),
                codeLayer: 0
            )
        }
        let hiddenSizes = resolvedHiddenSizes(featureCount: featureCount)
        var layers: [LayerDescription] = []
        if case .denoising(let corruption) = variant { layers.append(corruption.layer) }
        var encoders: [Int] = []
        for size in hiddenSizes.dropLast() {
            encoders.append(layers.count)
            layers += hiddenLayers(.dense(outputSize: size), size: size)
            layers += activityPenalty(in: [.encoder, .all])
        }
        encoders.append(layers.count)
        let codeLayer = appendCode(
            of: hiddenSizes[hiddenSizes.count - 1],
            to: &layers,
            stepsPerEpoch: stepsPerEpoch
        )
        for (size, encoder) in zip(hiddenSizes.dropLast(), encoders.dropFirst()).reversed() {
            layers += hiddenLayers(decoder(size, of: encoder), size: size)
            layers += activityPenalty(in: [.all])
        }
        // A learned variance doubles the output: means first, then log variances.
        let outputSize = loss == .gaussian ? 2 * featureCount : featureCount
        layers.append(decoder(outputSize, of: encoders[0]))
        layers.append(.activation(outputActivation))
        return AutoencoderPlan(
            description: NetworkDescription(inputSize: featureCount, layers: layers),
            codeLayer: codeLayer
        )
    }

    /// The layers of the code.
    ///
    /// - Returns: the position of the layer whose output is the code.
    private func appendCode(
        of size: Int,
        to layers: inout [LayerDescription],
        stepsPerEpoch: Int
    ) -> Int {
        let first = layers.count
        switch variant {
        case .plain, .denoising:
            layers += [.dense(outputSize: size), .activation(activation)]
        case .sparse(.l1(let weight, _)):
            layers += [
                .dense(outputSize: size), .activation(activation), .activityPenalty(l1: weight),
            ]
        case .sparse(.divergence(let target, let weight)):
            layers += [
                .dense(outputSize: size), .activation(.sigmoid),
                .sparsityPenalty(target: target, weight: weight),
            ]
        case .sparse(.largest(let count)):
            layers += [.dense(outputSize: size), .activation(activation), .topK(count)]
        case .variational(let code):
            layers += [
                .dense(outputSize: 2 * size),
                .variational(
                    latentSize: size,
                    klWeight: code.klWeight,
                    warmUpSteps: code.warmUpEpochs * stepsPerEpoch,
                    meanL1: code.meanL1,
                    freeBits: code.freeBits
                ),
            ]
            return first + 1
        }
        if let svddWeight { layers.insert(.centerPenalty(weight: svddWeight), at: first + 1) }
        return first
    }

    /// The penalty of a hidden layer, where the variant asks for it.
    private func activityPenalty(in places: [PenalizedLayers]) -> [LayerDescription] {
        guard case .sparse(.l1(let weight, let penalized)) = variant, places.contains(penalized)
        else { return [] }
        return [.activityPenalty(l1: weight)]
    }

    private func hiddenLayers(_ dense: LayerDescription, size: Int) -> [LayerDescription] {
        let block = activated(.dense(outputSize: size)) + [.dense(outputSize: size)]
        return activated(dense) + Array(repeating: .residual(block), count: residualBlocks)
    }

    private func activated(_ dense: LayerDescription) -> [LayerDescription] {
        var layers = [dense]
        if batchNormalization { layers.append(.batchNormalization()) }
        layers.append(.activation(activation))
        if dropout > 0 { layers.append(.dropout(rate: dropout)) }
        return layers
    }

    /// A decoder's dense layer: its own, or the encoder's transposed.
    private func decoder(_ outputSize: Int, of encoder: Int) -> LayerDescription {
        tiedWeights ? .tiedDense(to: encoder) : .dense(outputSize: outputSize)
    }
}

extension Corruption {
    var layer: LayerDescription {
        switch self {
        case .gaussian(let deviation): .gaussianNoise(deviation: deviation)
        case .masking(let rate): .maskingNoise(rate: rate)
        case .swap(let rate): .swapNoise(rate: rate)
        case .multiScale(let low, let high): .multiScaleNoise(low: low, high: high)
        }
    }
}
