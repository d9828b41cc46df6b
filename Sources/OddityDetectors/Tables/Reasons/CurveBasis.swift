internal import OddityLinearAlgebra

/// Bent copies of numbers, with which sums of curves are linear: hinges (x − q)₊ at three quantiles of each number.
///
/// Numbers beyond those of the training count as the nearest of them, so that a curve ends where nothing is known of it.
struct CurveBasis: Sendable, Equatable {
    /// The hinges of a number.
    static let hingeCount = 3
    /// The quantiles that hinges stand at.
    static let quantiles = [0.2, 0.5, 0.8]

    /// The features that are bent, ascending.
    let features: [Int]
    /// For each of them where its hinges stand.
    let knots: [Float]
    /// What each hinge is multiplied by: one over its standard deviation.
    let scales: [Float]

    var count: Int { knots.count }

    init(features: [Int], knots: [Float], scales: [Float]) {
        self.features = features
        self.knots = knots
        self.scales = scales
    }

    /// Learns where the hinges of numbers stand, and their scales.
    init(features: [Int], rows: Matrix, ranges: FeatureRanges) {
        var knots: [Float] = []
        var scales: [Float] = []
        for feature in features {
            let values = rows.column(feature)
            let sorted = values.sorted()
            for share in CurveBasis.quantiles {
                let knot = sorted[Int(share * Double(sorted.count - 1))]
                let hinges = values.map { Double(max(0, ranges.clipped($0, feature) - knot)) }
                let mean = hinges.reduce(0, +) / Double(hinges.count)
                let variance = hinges.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                knots.append(knot)
                let deviation = (variance / Double(hinges.count)).squareRoot()
                scales.append(deviation > 1e-6 ? Float(1 / deviation) : 0)
            }
        }
        self.init(features: features, knots: knots, scales: scales)
    }

    /// The positions among all hinges of those of a feature; empty for one that is not bent.
    func hinges(ofFeature feature: Int) -> Range<Int> {
        guard let place = features.firstIndex(of: feature) else { return 0..<0 }
        return place * CurveBasis.hingeCount..<(place + 1) * CurveBasis.hingeCount
    }

    /// A hinge at a value of its feature.
    func hinge(_ index: Int, at value: Float, _ ranges: FeatureRanges) -> Float {
        let feature = features[index / CurveBasis.hingeCount]
        return max(0, ranges.clipped(value, feature) - knots[index]) * scales[index]
    }

    /// Rows of features with their hinges after them.
    func extended(_ rows: Matrix, _ ranges: FeatureRanges) -> Matrix {
        let width = rows.columnCount
        var result = Matrix(rowCount: rows.rowCount, columnCount: width + count)
        rows.withUnsafeElements { rows in
            result.withUnsafeMutableElements { result in
                guard let from = rows.baseAddress, let to = result.baseAddress else { return }
                let stride = width + count
                for row in 0..<rows.count / max(1, width) {
                    write(from + row * width, to: to + row * stride, width: width, ranges)
                }
            }
        }
        return result
    }

    /// Writes a row of features and its hinges after them.
    func write(
        _ row: UnsafePointer<Float>,
        to result: UnsafeMutablePointer<Float>,
        width: Int,
        _ ranges: FeatureRanges
    ) {
        result.update(from: row, count: width)
        for index in 0..<count {
            let feature = features[index / CurveBasis.hingeCount]
            result[width + index] = hinge(index, at: row[feature], ranges)
        }
    }
}
