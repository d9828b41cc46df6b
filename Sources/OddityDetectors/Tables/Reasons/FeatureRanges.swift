internal import OddityLinearAlgebra

/// Where the features of the training rows lie.
struct FeatureRanges: Sendable, Equatable {
    /// The smallest of each feature.
    let low: [Float]
    /// The largest of each feature.
    let high: [Float]
    /// The robust standard deviation of each feature: 1.4826 times the median distance from the median, at most the
    /// standard deviation, which also stands for 0.
    let spread: [Float]

    init(low: [Float], high: [Float], spread: [Float]) {
        self.low = low
        self.high = high
        self.spread = spread
    }

    /// Measures training rows.
    ///
    /// - Parameter sample: the rows that spreads are measured on; there is at least one.
    init(of rows: Matrix, sample: Matrix) {
        var low: [Float] = []
        var high: [Float] = []
        var spread: [Float] = []
        for feature in 0..<rows.columnCount {
            let all = rows.column(feature)
            let values = sample.column(feature).sorted()
            let median = values[values.count / 2]
            let distances = values.map { abs($0 - median) }.sorted()
            let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
            let variance = values.reduce(0) { sum, x in
                sum + (Double(x) - mean) * (Double(x) - mean)
            }
            let deviation = (variance / Double(values.count)).squareRoot()
            let robust = 1.4826 * Double(distances[distances.count / 2])
            low.append(all.reduce(all[0], min))
            high.append(all.reduce(all[0], max))
            spread.append(Float(robust > 0 ? min(robust, deviation) : deviation))
        }
        self.init(low: low, high: high, spread: spread)
    }

    func clipped(_ value: Float, _ feature: Int) -> Float {
        min(max(value, low[feature]), high[feature])
    }

    /// How far a value lies beyond the training rows; 0 within them.
    func excess(_ value: Float, _ feature: Int) -> Float {
        max(0, value - high[feature], low[feature] - value)
    }
}

extension Matrix {
    /// The numbers of a column.
    func column(_ column: Int) -> [Float] {
        withUnsafeElements { elements in
            stride(from: column, to: elements.count, by: max(1, columnCount)).map { elements[$0] }
        }
    }
}
