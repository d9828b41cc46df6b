public import OddityLinearAlgebra
internal import OddityPlatform

/// A shift and a scale: x ↦ (x − center) / scale.
public struct AffineScale: Codable, Sendable, Equatable {
    /// What is subtracted.
    public var center: Double
    /// What the difference is divided by; above 0.
    public var scale: Double
}

/// A transformer that turns one numeric column into features, learned by ``NumericEncoding``.
///
/// A varying column gives one feature: the value, filled where missing, clipped and scaled. A column
/// with missing values in training gives a second: the indicator. A column that was constant gives
/// none, but is watched: a changed value is evidence of its own (see ``PreparedRows/evidence``).
public struct NumericEncoder: Codable, Sendable, Equatable {
    /// What the column held in training.
    public enum Content: Codable, Sendable, Equatable {
        /// At least two different numbers.
        case varying
        /// One number in every row that had any.
        case constant(Double)
        /// No number at all.
        case alwaysMissing
    }

    /// What the column held in training.
    public let content: Content
    /// What is done with missing values.
    public let missingValues: MissingValuePolicy
    /// What stands in for a missing value, in the column's units.
    public let fill: Double
    /// What is subtracted from a value.
    public let center: Double
    /// What the difference is divided by.
    public let scale: Double
    /// The smallest value that is taken as it is, in the column's units.
    public let low: Double
    /// The largest value that is taken as it is, in the column's units.
    public let high: Double
    /// How far beyond the limits values begin to be pulled in, in the column's units.
    ///
    /// A distance d beyond counts as tail · ln(1 + d / tail). Nil where they are pulled to the limits, as in models that were written earlier.
    public let tail: Double?
    /// The share of training rows without a value.
    public let missingShare: Double
    /// The scale of the missing-value indicator, where there is one.
    public let indicator: AffineScale?
    /// How the values were distributed; nil where there were none, and in models that were written earlier.
    public let distribution: ValueDistribution?

    /// The number of features: 0, 1 or 2.
    public var featureCount: Int { (isVarying ? 1 : 0) + (indicator == nil ? 0 : 1) }

    var isVarying: Bool { content == .varying }

    /// The features of each value, one row a value; NaN is a missing value.
    public func applied(to values: [Double]) -> Matrix {
        var features = Matrix(rowCount: values.count, columnCount: featureCount)
        features.withUnsafeMutableElements { elements in
            guard let base = elements.baseAddress else { return }
            write(values, to: base, stride: featureCount) { _ in }
        }
        return features
    }

    /// Writes the features of each value and marks the values that are evidence by themselves.
    ///
    /// - Parameters:
    ///   - values: the column; NaN is a missing value.
    ///   - features: where the first row's features go; rows are `stride` floats apart.
    ///   - isEvidence: called with the position of each value that could not have come from training.
    func write(
        _ values: [Double],
        to features: UnsafeMutablePointer<Float>,
        stride: Int,
        isEvidence: (Int) -> Void
    ) {
        let indicatorFeature = isVarying ? 1 : 0
        for (row, value) in values.enumerated() {
            let isMissing = value.isNaN
            if isVarying {
                let known = isMissing ? fill : min(max(value, low), high)
                // A product in models that were written earlier; the inverse of a tiny scale is infinite.
                let inside =
                    tail == nil ? (known - center) * (1 / scale) : scaled(known)
                features[row * stride] = Float(isMissing ? inside : inside + excess(of: value))
            }
            if let indicator {
                let scaled = ((isMissing ? 1 : 0) - indicator.center) / indicator.scale
                features[row * stride + indicatorFeature] = Float(scaled)
            }
            if isMissing ? (indicator == nil && content != .alwaysMissing) : isImpossible(value) {
                isEvidence(row)
            }
        }
    }

    /// The feature of a number; of halves where the numbers are so far apart that their difference is none.
    private func scaled(_ known: Double) -> Double {
        let difference = known - center
        return difference.isFinite ? difference / scale : (known / 2 - center / 2) / (scale / 2)
    }

    /// Whether a present value is infinite, or differs from what the column always held.
    ///
    /// In models that were written earlier differences within a millionth are no change.
    private func isImpossible(_ value: Double) -> Bool {
        switch content {
        case .varying: value.isInfinite
        case .constant(let constant):
            tail == nil ? abs(value - constant) > 1e-6 * abs(constant) : value != constant
        case .alwaysMissing: true
        }
    }

    /// What a value beyond the limits adds to its feature: the farther, the more, but never so much that it
    /// drowns the others.
    private func excess(of value: Double) -> Double {
        guard let tail, value < low || value > high else { return 0 }
        let largest = Double.greatestFiniteMagnitude
        let value = min(max(value, -largest), largest)
        let limit = value < low ? low : high
        // Halved, lest the distance of two numbers at both ends of the range overflow.
        let half = abs(value / 2 - limit / 2)
        let ratio = half / (tail / 2)
        let units = ratio.isFinite ? log1p(ratio) : log(half) - (log(tail) - log(2))
        let excess = units * (tail / scale)
        return value < low ? -excess : excess
    }

    /// The value that features stand for, in the column's units: the inverse of ``applied(to:)``.
    ///
    /// - Parameter features: ``featureCount`` numbers.
    /// - Returns: the value, or nil for a missing one.
    package func value(of features: UnsafePointer<Float>) -> Double? {
        if let indicator {
            let raw = Double(features[isVarying ? 1 : 0]) * indicator.scale + indicator.center
            if raw > 0.5 { return nil }
        }
        switch content {
        case .varying: return Double(features[0]) * scale + center
        case .constant(let constant): return constant
        case .alwaysMissing: return nil
        }
    }
}
