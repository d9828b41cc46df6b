internal import OddityDetectors
internal import OddityImages
internal import OddityLinearAlgebra

extension GraphBuilder {
    /// Images as the networks see them, see `ImagePreparer`.
    ///
    /// - Parameter pixels: images × channels × rows × columns, numbers from 0 to 1.
    func normalized(_ pixels: GraphValue, _ arithmetic: ImageArithmetic) -> GraphValue {
        guard let preparer = arithmetic.preparer else { return pixels }
        let ignored = arithmetic.ignored.map { ignored in
            booleans(ignored, shape: [1, arithmetic.shape.height, arithmetic.shape.width])
        }
        var image = pixels
        if let scale = scale(of: pixels, preparer, isIgnored: arithmetic.ignored, arithmetic.shape)
        {
            image = (image - scale.shift) / scale.scale
        }
        if preparer.deviationRange != nil { image = image.atLeast(0).atMost(1) }
        guard let ignored else { return image }
        return ignored.choosing(
            floats([preparer.deviationRange == nil ? 0 : 0.5]),
            else: image
        )
    }

    /// What is subtracted from each channel, and what the difference is divided by; nil where numbers stay as they are.
    private func scale(
        of pixels: GraphValue,
        _ preparer: ImagePreparer,
        isIgnored: [Bool]?,
        _ shape: ImageShape
    ) -> (shift: GraphValue, scale: GraphValue)? {
        let shift: GraphValue
        let scale: GraphValue
        switch preparer.normalization {
        case .none: return nil
        case .perDataset:
            guard let learned = preparer.datasetScale else { return nil }
            shift = floats(learned.shifts, shape: [learned.shifts.count, 1, 1])
            scale = floats(learned.scales, shape: [learned.scales.count, 1, 1])
        case .perImage, .perChannel:
            let axes = preparer.normalization == .perImage ? [1, 2, 3] : [2, 3]
            let channels = preparer.normalization == .perImage ? shape.channels : 1
            let counts = (isIgnored ?? Array(repeating: false, count: shape.pixelCount))
                .map { $0 ? 0 : 1.0 }
            // Each counted pixel has the same part in a mean.
            let weights = doubles(
                counts.map { $0 / max(counts.reduce(0, +), 1) / Double(channels) },
                shape: [1, shape.height, shape.width]
            )
            let exact = pixels.cast(to: .double)
            let mean = (exact * weights).reduced("ReduceSum", axes: axes)
            let variance = ((exact - mean).squared * weights).reduced("ReduceSum", axes: axes)
            shift = mean.cast(to: .float)
            scale = variance.squareRoot.atLeast(ChannelNormalization.smallestDeviation)
                .cast(to: .float)
        }
        guard let range = preparer.deviationRange else { return (shift, scale) }
        return (shift - scale * Double(range), scale * Double(2 * range))
    }

    /// The means of boxes of pixels, one row an image, channels last.
    ///
    /// - Parameter image: images × channels × rows × columns.
    func pooled(_ image: GraphValue, _ arithmetic: ImageArithmetic) -> GraphValue {
        var pooled = image
        if let pooling = arithmetic.pooling {
            pooled = matrix(pooling.rows)
                .times(image.times(matrix(pooling.columns.transposed())))
        }
        return pooled.transposed([0, 2, 3, 1]).reshaped([-1])
    }
}
