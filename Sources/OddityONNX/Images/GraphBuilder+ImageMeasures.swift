internal import OddityDetectors
internal import OddityLinearAlgebra

extension GraphBuilder {
    /// The squared distances of rows, see `Whitening`.
    ///
    /// - Parameter rows: images × patches × numbers of a patch.
    /// - Returns: images × patches, of single precision.
    func distances(of rows: GraphValue, _ distance: ImageArithmetic.Distance) -> GraphValue {
        let whitened = (rows - floats(distance.mean)).times(matrix(distance.matrix))
        return whitened.cast(to: .double).squared.rowSum.cast(to: .float).column(0)
    }

    /// How odd maps of squared distances are, see `MapCalibration`: one column of double precision.
    ///
    /// - Parameter distances: images × patches.
    func measure(ofMap distances: GraphValue, _ map: ImageArithmetic.Map) -> GraphValue {
        let logarithms = (distances + Double(map.offset)).logarithm
        let scores = (logarithms - floats(map.mean)) * floats(map.inverseDeviation)
        let count = map.mean.count
        let largest = largest(count / 2 + 1, in: scores).values.cast(to: .double)
        // Of an even number the middle two, of an odd one the middle one twice.
        let median = largest.columns([count - 1 - count / 2, count - 1 - (count - 1) / 2]).rowMean
        return largest.columns([0]) - median / 2
    }

    /// What is taken of the squared residuals of pixels, see `PixelScore`: one column of double precision.
    ///
    /// - Parameters:
    ///   - squares: one row an image, channels last.
    ///   - shape: of the images.
    func measure(
        ofPixels squares: GraphValue,
        _ map: ImageArithmetic.PixelMap,
        shape: ImageShape
    ) -> GraphValue {
        var errors = squares.reshaped([shape.pixelCount, shape.channels]).rowMean
            .reshaped([shape.pixelCount])
        if map.score.standardizes { errors = errors * floats(map.inverseMean) }
        switch map.score.summary {
        case .mean: return errors.cast(to: .double).rowMean
        case .topShare(let share):
            let count = Int((share * Double(shape.pixelCount)).rounded(.up))
            return largest(min(max(count, 1), shape.pixelCount), in: errors).values
                .cast(to: .double).rowMean
        case .smoothedMaximum(let side):
            let image = errors.cast(to: .double).reshaped([shape.height, shape.width])
            let means = doubleMatrix(means(of: side, along: shape.height))
                .times(image).times(
                    doubleMatrix(means(of: side, along: shape.width).transposed())
                )
            return means.reshaped([shape.pixelCount]).reduced("ReduceMax")
        }
    }

    /// The weights of pixels in the mean around each, which ends at the image's border.
    private func means(of side: Int, along length: Int) -> [[Double]] {
        (0..<length).map { place in
            let near = max(place - side / 2, 0)...min(place + side / 2, length - 1)
            return (0..<length).map { near.contains($0) ? 1 / Double(near.count) : 0 }
        }
    }

    private func doubleMatrix(_ rows: [[Double]]) -> GraphValue {
        doubles(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
    }

    /// What light adds to the surprise of images, see `LightCalibration`: one column of double precision.
    ///
    /// - Parameter image: images × channels × rows × columns.
    func lightSurprise(of image: GraphValue, _ arithmetic: ImageArithmetic) -> GraphValue {
        let light = arithmetic.light
        let count = light.mean.count
        let mean = image.cast(to: .double).reduced("ReduceMean", axes: [2, 3])
        let squares = image.squared.cast(to: .double).reduced("ReduceMean", axes: [2, 3])
        let numbers = [
            mean, (squares - mean.squared).atLeast(0).squareRoot,
            image.reduced("ReduceMin", axes: [2, 3]).cast(to: .double),
            image.reduced("ReduceMax", axes: [2, 3]).cast(to: .double),
        ]
        // For each channel its numbers one after the other.
        let all = joined(numbers).reshaped([count])
        // The root is stored row by row, and multiplies columns.
        let root = node("Transpose", [doubles(light.root, shape: [count, count])])
        let distance = (all - doubles(light.mean)).times(root).squared.rowSum.squareRoot
        return (distance - light.farthest).atLeast(0) / light.scale
    }
}

extension [[Double]] {
    fileprivate func transposed() -> [[Double]] {
        self[0].indices.map { column in map { $0[column] } }
    }
}
