internal import COddityKernels

/// Takes patches out of images and makes them comparable.
struct PatchReader: Sendable {
    /// What is taken out of a patch so that only its structure counts.
    enum Normalization: Sendable, Equatable {
        /// Divided by its length, or by this if it is longer: a patch with hardly an edge stays small.
        case length(least: Float)
        /// Its own mean is subtracted.
        case mean
    }

    let grid: PatchGrid
    let normalization: Normalization

    /// Copies patches into rows.
    ///
    /// - Parameters:
    ///   - patches: positions in the images' patches, image after image.
    ///   - images: the grids of the images, one after the other.
    ///   - target: where a row for each patch goes.
    func read(
        _ patches: Range<Int>,
        of images: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let count = grid.patchCount
        let size = grid.patchSize
        for (row, patch) in patches.enumerated() {
            read(
                patch % count,
                of: images + patch / count * grid.imageSize,
                into: target + row * size
            )
        }
    }

    /// Copies one patch of one image.
    func read(
        _ patch: Int,
        of image: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let size = grid.patchSize
        grid.copyPatch(patch, of: image, into: target)
        switch normalization {
        case .length(let least):
            let length = Float(oddity_sum_of_squares(target, size).squareRoot())
            let factor = 1 / max(length, least, .leastNormalMagnitude)
            for i in 0..<size { target[i] *= factor }
        case .mean:
            var sums = SIMD4<Float>(repeating: 0)
            // All sizes of patches are multiples of 4.
            for i in stride(from: 0, to: size, by: 4) {
                sums += SIMD4(target[i], target[i + 1], target[i + 2], target[i + 3])
            }
            let mean = sums.sum() / Float(size)
            for i in 0..<size { target[i] -= mean }
        }
    }

    /// The mean length of all patches of an image.
    func meanLength(of image: UnsafePointer<Float>) -> Double {
        let size = grid.patchSize
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { patch in
            guard let patch = patch.baseAddress else { return 0 }
            var sum = 0.0
            for index in 0..<grid.patchCount {
                grid.copyPatch(index, of: image, into: patch)
                sum += oddity_sum_of_squares(patch, size).squareRoot()
            }
            return sum / Double(grid.patchCount)
        }
    }
}
