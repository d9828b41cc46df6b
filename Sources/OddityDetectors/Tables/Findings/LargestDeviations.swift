internal import OddityLinearAlgebra
internal import OddityPlatform

/// How far rows are out in the one feature that they are farthest out in.
enum LargestDeviations {
    /// For each row the logarithm of the largest distance of a feature from its median, in units of the median
    /// distance; features whose median distance is 0, such as those of rare categories, do not count.
    ///
    /// - Complexity: O(features × rows × log rows).
    static func logarithms(of features: Matrix) -> [Double] {
        var largest = [Double](repeating: 1e-12, count: features.rowCount)
        func median(_ values: [Double]) -> Double { values.sorted()[(values.count - 1) / 2] }
        for j in 0..<features.columnCount {
            let values = (0..<features.rowCount).map { Double(features[$0, j]) }
            let center = median(values)
            let distances = values.map { abs($0 - center) }
            let unit = median(distances)
            guard unit > 0 else { continue }
            for row in distances.indices { largest[row] = max(largest[row], distances[row] / unit) }
        }
        return largest.map { log($0) }
    }
}
