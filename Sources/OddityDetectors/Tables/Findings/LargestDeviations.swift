internal import OddityLinearAlgebra
internal import OddityPlatform

/// How far rows are out in the one feature that they are farthest out in, beside rows that this was learned from.
struct LargestDeviations: Sendable {
    /// For each feature its median, and the median distance from it; 0 for one that does not count.
    private let centers: [(median: Double, unit: Double)]

    /// Learns from rows.
    ///
    /// - Complexity: O(features × rows × log rows).
    init(_ features: Matrix) {
        func median(_ values: [Double]) -> Double { values.sorted()[(values.count - 1) / 2] }
        centers = (0..<features.columnCount).map { j in
            let values = (0..<features.rowCount).map { Double(features[$0, j]) }
            let center = median(values)
            return (center, median(values.map { abs($0 - center) }))
        }
    }

    /// For each row the logarithm of the largest distance of a feature from its median, in units of the median
    /// distance; features whose median distance is 0, such as those of rare categories, do not count.
    func logarithms(of features: Matrix) -> [Double] {
        (0..<features.rowCount).map { row in
            var largest = 1e-12
            for (j, (center, unit)) in centers.enumerated() where unit > 0 {
                largest = max(largest, abs(Double(features[row, j]) - center) / unit)
            }
            return log(largest)
        }
    }

    /// The same of the very rows that were learned from.
    static func logarithms(of features: Matrix) -> [Double] {
        LargestDeviations(features).logarithms(of: features)
    }
}
