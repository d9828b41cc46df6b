internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Features in which every column of numbers is normal: a value is replaced by the normal quantile of its rank among
/// the training rows.
///
/// However skewed or heavy-tailed a column is, one step then means the same everywhere. Equal values share
/// their middle rank, values between two learned ones are interpolated, and beyond the ends a value goes on by as many
/// deviations as it lies beyond. The largest and the smallest value are beyond themselves: learned, they would look nearer to the others
/// than a new value just as large. Indicators and categories stay as they are.
struct NormalScores: Sendable, Equatable {
    /// Values that are kept of a feature at most, evenly spaced in their quantiles.
    static let knotLimit = 512

    /// One feature's learned values, ascending, with their quantiles; none for a feature that stays as it is.
    struct Curve: Sendable, Equatable {
        var values: [Float] = []
        var quantiles: [Float] = []
        /// The feature's standard deviation.
        var deviation: Float = 1
    }

    let curves: [Curve]

    /// Restores what was learned.
    init(curves: [Curve]) {
        self.curves = curves
    }

    /// Learns from rows of features.
    ///
    /// - Complexity: O(features × rows × log rows).
    init(_ features: Matrix, rows: [Int], preparer: TablePreparer) {
        var curves = [Curve](repeating: Curve(), count: features.columnCount)
        features.withUnsafeElements { elements in
            for (index, column) in preparer.columns.enumerated() {
                guard case .numeric(let encoder) = column.encoder, encoder.content == .varying,
                    let feature = preparer.features(ofColumn: index).first
                else { continue }
                curves[feature] = Curve(
                    sorted: rows.map { elements[$0 * features.columnCount + feature] }.sorted()
                )
            }
        }
        self.curves = curves
    }

    /// Writes the scores of rows of features.
    func write(
        _ rows: UnsafePointer<Float>,
        rowCount: Int,
        to scores: UnsafeMutablePointer<Float>
    ) {
        let width = curves.count
        for (feature, curve) in curves.enumerated() {
            if curve.values.isEmpty {
                for row in 0..<rowCount {
                    scores[row * width + feature] = rows[row * width + feature]
                }
            } else {
                curve.write(rows + feature, rowCount: rowCount, stride: width, to: scores + feature)
            }
        }
    }
}

extension NormalScores.Curve {
    /// Learns from values in ascending order.
    init(sorted: [Float]) {
        let count = Double(sorted.count)
        var first = 0
        var all: [(value: Float, quantile: Double, count: Int)] = []
        var sum = 0.0
        var squares = 0.0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, sorted[end] == sorted[first] { end += 1 }
            let quantile = normalQuantile(Double(first + end) / 2 / count)
            all.append((sorted[first], quantile, end - first))
            let share = Double(end - first) / count
            sum += share * Double(sorted[first])
            squares += share * Double(sorted[first]) * Double(sorted[first])
            first = end
        }
        deviation = Float(max(squares - sum * sum, 0).squareRoot())
        if deviation == 0 { deviation = 1 }
        // Without the row that holds it a value that is alone at an end would lie beyond: so does it for a new row.
        if all.count > 1, all[all.count - 1].count == 1 { all.removeLast() }
        if all.count > 1, all[0].count == 1 { all.removeFirst() }
        let range = (all.last?.quantile ?? 0) - (all.first?.quantile ?? 0)
        let step = range / Double(NormalScores.knotLimit - 1)
        var next = -Double.infinity
        for (place, knot) in all.enumerated() where knot.quantile >= next || place == all.count - 1
        {
            values.append(knot.value)
            quantiles.append(Float(knot.quantile))
            if all.count > NormalScores.knotLimit { next = knot.quantile + step }
        }
    }

    /// Writes the quantiles of values that are `stride` apart.
    func write(
        _ source: UnsafePointer<Float>,
        rowCount: Int,
        stride: Int,
        to target: UnsafeMutablePointer<Float>
    ) {
        let last = values.count - 1
        values.withUnsafeBufferPointer { values in
            quantiles.withUnsafeBufferPointer { quantiles in
                for row in 0..<rowCount {
                    let value = source[row * stride]
                    if value <= values[0] || value >= values[last] {
                        let end = value <= values[0] ? 0 : last
                        target[row * stride] = quantiles[end] + (value - values[end]) / deviation
                        continue
                    }
                    var low = 0
                    var high = last
                    while high - low > 1 {
                        let middle = (low + high) / 2
                        if values[middle] <= value { low = middle } else { high = middle }
                    }
                    let fraction = (value - values[low]) / (values[high] - values[low])
                    target[row * stride] =
                        quantiles[low] + fraction * (quantiles[high] - quantiles[low])
                }
            }
        }
    }
}
