internal import OddityLinearAlgebra
internal import OddityPlatform

/// What maps of squared errors of pixels of normal images look like, and how a map becomes one measure.
struct PixelMapCalibration: Sendable, Equatable {
    /// The share of the mean error of all pixels that each pixel's is at least.
    private static let leastShare = 0.1

    /// For each pixel one over its mean error.
    let inverseMean: [Float]
    /// The size of the maps.
    let shape: ImageShape
    let pixelScore: PixelScore

    init(inverseMean: [Float], shape: ImageShape, pixelScore: PixelScore) {
        self.inverseMean = inverseMean
        self.shape = shape
        self.pixelScore = pixelScore
    }

    /// Learns from the held-out maps of all folds, of which there is at least one.
    init(_ folds: [StoredRows], shape: ImageShape, score: PixelScore) throws {
        var means = [Double](repeating: 0, count: shape.pixelCount)
        let count = Double(folds.reduce(0) { $0 + $1.rowCount })
        for maps in folds {
            try maps.forEachRow { map in
                for j in means.indices { means[j] += Double(map[j]) / count }
            }
        }
        let mean = means.reduce(0, +) / Double(means.count)
        let least = max(PixelMapCalibration.leastShare * mean, ScaledNetworkPlan.leastResidual)
        self.init(
            inverseMean: means.map { Float(1 / max($0, least)) },
            shape: shape,
            pixelScore: score
        )
    }

    /// Divides the errors of a map by their means.
    func standardize(_ map: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        inverseMean.withUnsafeBufferPointer { inverse in
            for j in 0..<inverse.count { target[j] = map[j] * inverse[j] }
        }
    }

    /// The logarithm of what ``PixelScore`` takes of a map.
    ///
    /// - Parameter workspace: room for as many numbers as the map has.
    func score(
        _ map: UnsafePointer<Float>,
        workspace: UnsafeMutableBufferPointer<Float>
    ) -> Double {
        let values = UnsafeMutableBufferPointer(rebasing: workspace[..<inverseMean.count])
        guard let base = values.baseAddress else { return 0 }
        if pixelScore.standardizes {
            standardize(map, into: base)
        } else {
            base.update(from: map, count: values.count)
        }
        let value =
            switch pixelScore.summary {
            case .mean: mean(values[...])
            case .topShare(let share): largest(share, of: values)
            case .smoothedMaximum(let side): smoothedMaximum(base, reach: side / 2)
            }
        return log(max(value, ScaledNetworkPlan.leastResidual))
    }

    /// The same with room of its own.
    func score(unscaled map: UnsafePointer<Float>) -> Double {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: inverseMean.count) { workspace in
            workspace.initialize(repeating: 0)
            return score(map, workspace: workspace)
        }
    }

    private func mean(_ values: Slice<UnsafeMutableBufferPointer<Float>>) -> Double {
        values.reduce(0) { $0 + Double($1) } / Double(values.count)
    }

    private func largest(_ share: Double, of values: UnsafeMutableBufferPointer<Float>) -> Double {
        var values = values
        values.sort(by: >)
        let count = Int((share * Double(values.count)).rounded(.up))
        return mean(values[..<min(max(count, 1), values.count)])
    }

    private func smoothedMaximum(_ map: UnsafePointer<Float>, reach: Int) -> Double {
        let (height, width) = (shape.height, shape.width)
        var largest = 0.0
        for y in 0..<height {
            let rows = max(y - reach, 0)...min(y + reach, height - 1)
            for x in 0..<width {
                let columns = max(x - reach, 0)...min(x + reach, width - 1)
                var sum = 0.0
                for row in rows {
                    for column in columns { sum += Double(map[row * width + column]) }
                }
                largest = max(largest, sum / Double(rows.count * columns.count))
            }
        }
        return largest
    }
}
