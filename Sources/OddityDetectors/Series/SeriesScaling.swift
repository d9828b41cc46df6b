internal import OddityLinearAlgebra
internal import OddityPlatform

/// How prepared features of steps become inputs of a network: centred, scaled, and averaged over time.
///
/// A feature is divided by the deviation to be expected of steps to come, not by that of the training steps: with W
/// its mean variance within a block of training steps, and B the mean square of the blocks' means about the
/// whole mean,
///
///     s² = W + 8 B,
///
/// so that what wandered in training may wander on: a random walk's mean square distance from its training mean
/// is over the next two lengths of the training 8 times its variance within it. Averages are exponential, m ← m + α (z − m) with α = 2 / (span
/// + 1). After a break they begin at βz, the regression of the average on the step in training, which is
/// what is to be expected of an average when only one step is known.
struct SeriesScaling: Codable, Sendable, Equatable {
    /// What the variance between blocks counts beside that within.
    static let wanderWeight = 8.0
    /// Scaled features are limited to this, on either side.
    static let limit: Float = 20

    let center: [Float]
    /// One over s.
    let factor: [Float]
    /// The spans of the averages beside the step itself, in steps.
    let spans: [Double]
    /// β, for each span and feature.
    let starts: [Float]
    /// How restless each feature is.
    let activity: [SeriesActivity]

    var featureCount: Int { center.count }
    /// α of each span.
    var rates: [Float] { spans.map { Float(2 / ($0 + 1)) } }

    /// Learns from prepared steps.
    ///
    /// - Parameters:
    ///   - features: steps × features.
    ///   - blocks: consecutive steps that cover all of them.
    ///   - breaks: whether each step is the first after a break.
    ///   - windowLength: the slowest span; a quarter of it is the other.
    init(_ features: Matrix, blocks: [Range<Int>], breaks: [Bool], windowLength: Int) {
        let spans = SeriesScaling.spans(windowLength: windowLength)
        let width = features.columnCount
        let count = features.rowCount
        var (center, factor): ([Float], [Float]) = ([], [])
        var starts = [Float](repeating: 0, count: spans.count * width)
        var activity: [SeriesActivity] = []
        features.withUnsafeElements { elements in
            for feature in 0..<width {
                let values = (0..<count).map { Double(elements[$0 * width + feature]) }
                let (mean, deviation) = SeriesScaling.moments(values, blocks)
                center.append(Float(mean))
                factor.append(Float(1 / deviation))
                let scaled = values.map { value in
                    let z = (value - mean) / deviation
                    return min(max(z, -Double(SeriesScaling.limit)), Double(SeriesScaling.limit))
                }
                for (index, span) in spans.enumerated() {
                    starts[index * width + feature] = Float(
                        SeriesScaling.start(scaled, breaks, span, settled: windowLength)
                    )
                }
                activity.append(SeriesActivity(scaled, breaks: breaks, span: windowLength))
            }
        }
        self.activity = activity
        self.center = center
        self.factor = factor
        self.spans = spans
        self.starts = starts
    }

    /// A quarter of a window and the whole of it, but no span of a single step.
    static func spans(windowLength: Int) -> [Double] {
        [Double(windowLength) / 4, Double(windowLength)].filter { $0 > 1 }
    }

    /// The mean, and the deviation s that is to be expected.
    private static func moments(
        _ values: [Double],
        _ blocks: [Range<Int>]
    ) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        var (within, between) = (0.0, 0.0)
        for block in blocks {
            let own = values[block].reduce(0, +) / Double(block.count)
            within +=
                values[block].reduce(0) { $0 + ($1 - own) * ($1 - own) } / Double(block.count)
            between += (own - mean) * (own - mean)
        }
        let blockCount = Double(blocks.count)
        let variance = within / blockCount + wanderWeight * between / blockCount
        // Prepared features that vary have a variance of about 1; anything far below is rounding.
        return (mean, max(variance, 1e-8).squareRoot())
    }

    /// The regression of an average on the step, from 0 to 1, over steps far enough from a break.
    private static func start(
        _ values: [Double],
        _ breaks: [Bool],
        _ span: Double,
        settled: Int
    ) -> Double {
        let rate = 2 / (span + 1)
        var (average, sinceBreak) = (0.0, 0)
        var (product, square) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            if breaks[index] { (average, sinceBreak) = (0, 0) }
            average += rate * (value - average)
            sinceBreak += 1
            guard sinceBreak > settled else { continue }
            product += average * value
            square += value * value
        }
        return min(max(product / max(square, 1e-9), 0), 1)
    }

    /// Whether the parts agree with one another and with a number of features.
    func isSound(featureCount: Int, windowLength: Int) -> Bool {
        center.count == featureCount && factor.count == featureCount
            && spans == SeriesScaling.spans(windowLength: windowLength)
            && starts.count == spans.count * featureCount
            && center.allSatisfy(\.isFinite) && factor.allSatisfy { $0 > 0 && $0.isFinite }
            && starts.allSatisfy { 0...1 ~= $0 }
            && activity.count == featureCount && activity.allSatisfy(\.isSound)
    }
}
