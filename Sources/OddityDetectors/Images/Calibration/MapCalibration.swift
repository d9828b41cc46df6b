internal import OddityLinearAlgebra
internal import OddityPlatform

/// What maps of squared distances of normal images look like, place by place.
///
/// A map M becomes L = ln(M + ε) with ε one twentieth of the mean of all maps, and then z = (L −
/// mean) / deviation with the mean and the deviation of held-out images at the same place.
struct MapCalibration: Sendable, Equatable {
    /// The share of the mean of all maps that is added before logarithms are taken.
    private static let offsetShare: Double = 0.05
    /// The share of the mean deviation that each place's is at least.
    private static let leastDeviationShare = 0.3
    /// The least deviation and offset: those of maps that are all equal.
    private static let least = 1e-3

    /// ε.
    let offset: Float
    /// For each place the mean of L.
    let mean: [Float]
    /// For each place one over the deviation of L.
    let inverseDeviation: [Float]

    init(offset: Float, mean: [Float], inverseDeviation: [Float]) {
        self.offset = offset
        self.mean = mean
        self.inverseDeviation = inverseDeviation
    }

    /// Learns from the held-out maps of all folds, of which there is at least one.
    init(_ folds: [StoredRows]) throws {
        let width = folds[0].columnCount
        let mapCount = folds.reduce(0) { $0 + $1.rowCount }
        var total = 0.0
        for maps in folds {
            try maps.forEachRow { map in
                var sum = 0.0
                for j in 0..<width { sum += Double(map[j]) }
                total += sum
            }
        }
        let offset = Float(
            max(
                MapCalibration.offsetShare * total / Double(mapCount * width),
                MapCalibration.least
            )
        )
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        for maps in folds {
            try maps.forEachRow { map in
                for j in 0..<width {
                    let x = Double(log(map[j] + offset))
                    sums[j] += x
                    squares[j] += x * x
                }
            }
        }
        let count = Double(mapCount)
        let deviations = (0..<width).map { j in
            let mean = sums[j] / count
            return max(0, squares[j] / count - mean * mean).squareRoot()
        }
        let least = max(
            MapCalibration.leastDeviationShare * deviations.reduce(0, +) / Double(width),
            MapCalibration.least
        )
        self.init(
            offset: offset,
            mean: sums.map { Float($0 / count) },
            inverseDeviation: deviations.map { Float(1 / max($0, least)) }
        )
    }

    /// Turns a map of squared distances into z, in place.
    func standardize(_ map: UnsafeMutablePointer<Float>) {
        let offset = offset
        mean.withUnsafeBufferPointer { mean in
            inverseDeviation.withUnsafeBufferPointer { inverse in
                for j in 0..<mean.count { map[j] = (log(map[j] + offset) - mean[j]) * inverse[j] }
            }
        }
    }

    /// How odd a standardized map is: its largest z less half of its median.
    ///
    /// An image that is a little odd everywhere, of another brightness or sharpness, is less so than
    /// one that is odd in one place.
    ///
    /// - Parameter workspace: room for as many numbers as the map has.
    func score(
        _ map: UnsafePointer<Float>,
        workspace: UnsafeMutableBufferPointer<Float>
    ) -> Double {
        let count = mean.count
        var values = UnsafeMutableBufferPointer(rebasing: workspace[..<count])
        guard let base = values.baseAddress else { return 0 }
        base.update(from: map, count: count)
        values.sort()
        let median = (Double(values[(count - 1) / 2]) + Double(values[count / 2])) / 2
        return Double(values[count - 1]) - median / 2
    }

    /// How odd a map of squared distances is.
    func score(unscaled map: UnsafePointer<Float>) -> Double {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * mean.count) { room in
            guard let copy = room.baseAddress else { return 0 }
            let count = mean.count
            copy.initialize(from: map, count: count)
            (copy + count).initialize(repeating: 0, count: count)
            standardize(copy)
            return score(copy, workspace: UnsafeMutableBufferPointer(rebasing: room[count...]))
        }
    }
}
