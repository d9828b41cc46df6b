internal import OddityPlatform

/// How restless a feature is, beside how restless it was in training.
///
/// With the squared change q = min((z − z')² / its training mean, 25) from the step before and its
/// exponential average v over the window, activity is ½ ln(v + 0.01), less its training mean, over its
/// training deviation: high where a channel trembles, low where it is stuck.
struct SeriesActivity: Codable, Sendable, Equatable {
    private static let floor: Float = 0.01
    private static let limit: Float = 25

    /// One over the mean squared change.
    let changeFactor: Float
    /// The mean of ½ ln(v + 0.01).
    let mean: Float
    /// One over its deviation, which is taken as 0.1 at least.
    let factor: Float

    /// Learns from a scaled feature.
    init(_ values: [Double], breaks: [Bool], span: Int) {
        let changes = values.indices.map { index in
            breaks[index] ? 0 : values[index] - values[index - 1]
        }
        let changeCount = breaks.count { !$0 }
        let mean = changes.reduce(0) { $0 + $1 * $1 } / Double(max(changeCount, 1))
        changeFactor = Float(1 / max(mean, 1e-6))
        let rate = Float(2 / (Double(span) + 1))
        var (average, sinceBreak): (Float, Int) = (1, 0)
        var logarithms: [Double] = []
        for (index, change) in changes.enumerated() {
            if breaks[index] {
                (average, sinceBreak) = (1, 0)
            } else {
                let square = min(Float(change * change) * changeFactor, SeriesActivity.limit)
                average += rate * (square - average)
            }
            sinceBreak += 1
            if sinceBreak > span {
                logarithms.append(Double(SeriesActivity.logarithm(average)))
            }
        }
        let count = Double(max(logarithms.count, 1))
        let center = logarithms.reduce(0, +) / count
        let variance = logarithms.reduce(0) { $0 + ($1 - center) * ($1 - center) } / count
        self.mean = Float(center)
        factor = Float(1 / max(variance.squareRoot(), 0.1))
    }

    private static func logarithm(_ average: Float) -> Float { 0.5 * logf(average + floor) }

    /// The average after a break: that of the mean activity.
    var start: Float { max(expf(2 * mean) - SeriesActivity.floor, 0) }

    /// The average after a change.
    func average(_ average: Float, after change: Float, rate: Float) -> Float {
        let square = min(change * change * changeFactor, SeriesActivity.limit)
        return average + rate * (square - average)
    }

    /// The activity.
    func feature(ofAverage average: Float) -> Float {
        (SeriesActivity.logarithm(average) - mean) * factor
    }

    var isSound: Bool {
        changeFactor > 0 && changeFactor.isFinite && mean.isFinite && factor > 0 && factor <= 10.001
            && start.isFinite
    }
}
