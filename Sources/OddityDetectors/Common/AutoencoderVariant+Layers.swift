internal import OddityNeuralNetworks

extension AutoencoderVariant {
    /// The layers of a code of linear units.
    ///
    /// - Parameters:
    ///   - size: the numbers of the code.
    ///   - stepsPerEpoch: needed in training, for a warm-up that is counted in epochs.
    func code(size: Int, stepsPerEpoch: Int) -> [LayerDescription] {
        switch self {
        case .plain, .denoising: return [.dense(outputSize: size)]
        case .sparse(.l1(let weight, _)):
            return [.dense(outputSize: size), .activityPenalty(l1: weight)]
        case .sparse(.divergence(let target, let weight)):
            return [
                .dense(outputSize: size), .activation(.sigmoid),
                .sparsityPenalty(target: target, weight: weight),
            ]
        case .sparse(.largest(let count)): return [.dense(outputSize: size), .topK(count)]
        case .variational(let code):
            return [
                .dense(outputSize: 2 * size),
                .variational(
                    latentSize: size,
                    klWeight: code.klWeight,
                    warmUpSteps: code.warmUpEpochs * stepsPerEpoch,
                    meanL1: code.meanL1,
                    freeBits: code.freeBits
                ),
            ]
        }
    }
}
