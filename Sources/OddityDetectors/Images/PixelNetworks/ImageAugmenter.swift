internal import OddityLinearAlgebra

/// Writes changed images for the epochs of a training.
struct ImageAugmenter: Sendable {
    let augmentation: ImageAugmentation
    let shape: ImageShape
    let scaling: UniformScaler
    let seed: UInt64

    /// Writes an image, changed and scaled.
    ///
    /// - Parameters:
    ///   - image: a pooled image, numbers from 0 to 1.
    ///   - row: its row, from which the change follows, as from the epoch.
    func write(
        _ image: UnsafePointer<Float>,
        row: Int,
        epoch: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4) { words in
            words.initialize(repeating: 0)
            RandomStream.fill(words, seed: seed, use: .augmenting, index: epoch << 32 | row)
            change(image, words, into: target)
        }
        scaling.apply(target, count: 1, into: target)
    }

    private func change(
        _ source: UnsafePointer<Float>,
        _ words: UnsafeMutableBufferPointer<UInt32>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let isMirrored = augmentation.flipsHorizontally && words[0] & 1 == 1
        let isUpsideDown = augmentation.flipsVertically && words[0] & 2 == 2
        let down = shift(words[1])
        let right = shift(words[2])
        let share = Float(words[3] >> 8) * 0x1p-23 - 1
        let factor = 1 + augmentation.brightness * share
        let (height, width, channels) = (shape.height, shape.width, shape.channels)
        for y in 0..<height {
            let moved = min(max(y - down, 0), height - 1)
            let line = source + (isUpsideDown ? height - 1 - moved : moved) * width * channels
            for x in 0..<width {
                let moved = min(max(x - right, 0), width - 1)
                let from = line + (isMirrored ? width - 1 - moved : moved) * channels
                let to = target + (y * width + x) * channels
                for channel in 0..<channels { to[channel] = min(max(from[channel] * factor, 0), 1) }
            }
        }
    }

    /// −shift to shift, all about equally likely.
    private func shift(_ word: UInt32) -> Int {
        let count = UInt64(2 * augmentation.shift + 1)
        return Int((UInt64(word) * count) >> 32) - augmentation.shift
    }
}
