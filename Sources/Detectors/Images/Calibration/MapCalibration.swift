internal import LinearAlgebra

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What maps of squared distances of normal pictures look like, place by place.
///
/// A map M becomes L = ln(M + ε) with ε one twentieth of the mean of all maps, and then z = (L −
/// mean) / deviation with the mean and the deviation of held-out pictures at the same place.
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

    /// Learns from held-out maps, of which there is at least one.
    init(_ maps: [[Float]]) {
        let width = maps[0].count
        let total = maps.reduce(0.0) { $0 + $1.reduce(0.0) { $0 + Double($1) } }
        let offset = Float(
            max(
                MapCalibration.offsetShare * total / Double(maps.count * width),
                MapCalibration.least
            )
        )
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        for map in maps {
            for j in 0..<width {
                let x = Double(log(map[j] + offset))
                sums[j] += x
                squares[j] += x * x
            }
        }
        let count = Double(maps.count)
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
    /// A picture that is a little odd everywhere, of another brightness or sharpness, is less so than
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
}
