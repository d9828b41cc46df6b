internal import COddityKernels
internal import OddityLinearAlgebra

/// The random numbers of noisy layers: counter-based, written into memory that is already there.
enum LayerRandom {
    /// What a layer draws noise, masks and latent codes of training from.
    static let noise: UInt32 = 7
    /// What a layer makes its second choice from: other rows, noise levels.
    static let choice: UInt32 = 8
    /// What latent codes are drawn from in scoring.
    static let draws: UInt32 = 9

    /// Fills memory with numbers of the standard normal distribution; number i depends on the seed,
    /// the use, the index and i alone.
    static func fillNormal(
        _ numbers: UnsafeMutablePointer<Float>,
        count: Int,
        seed: UInt64,
        use: UInt32,
        index: Int
    ) {
        let index = UInt64(bitPattern: Int64(index))
        oddity_normal(
            UInt32(truncatingIfNeeded: seed),
            UInt32(truncatingIfNeeded: seed >> 32),
            UInt32(truncatingIfNeeded: index),
            UInt32(truncatingIfNeeded: index >> 32),
            use,
            numbers,
            count
        )
    }

    /// Fills memory with random words, a multiple of 4 of them.
    static func fillWords(
        _ words: UnsafeMutablePointer<UInt32>,
        count: Int,
        pass: TrainingPass,
        use: UInt32,
        layer: Int
    ) {
        RandomStream.fill(
            UnsafeMutableBufferPointer(start: words, count: count),
            seed: pass.seed,
            use: RandomStream.Use(rawValue: use),
            index: pass.streamIndex(ofLayer: layer)
        )
    }
}
