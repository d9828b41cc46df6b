internal import OddityLinearAlgebra

/// In training, elements become 0 with probability `rate`; in scoring, y = x.
struct MaskingNoise: Layer {
    let inputSize: Int
    let rate: Float

    var outputSize: Int { inputSize }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedDropout(
            size: inputSize,
            rate: rate,
            keptFactor: 1,
            use: RandomStream.Use(rawValue: LayerRandom.noise),
            place
        )
    }
}
