/// How the scores of each class are spread.
///
/// Bin *i* holds the scores in [`edges[i]`, `edges[i + 1]`), the last bin its upper edge as well.
/// The bins have equal widths, on a line or, for positive scores that spread over orders of
/// magnitude, on a logarithmic one. A few scores far from all others would squeeze the rest into
/// one bin; they are gathered in the outermost bin instead, which then is wider than its
/// neighbours: see `hasLowerTail` and `hasUpperTail`.
public struct ScoreHistogram: Equatable, Sendable {
    /// How the edges are spaced.
    public enum Spacing: String, Codable, Sendable {
        /// Equal differences.
        case linear
        /// Equal ratios.
        case logarithmic
    }

    /// The strictly rising edges; one more than there are bins.
    public let edges: [Double]
    /// The number of normal rows in each bin.
    public internal(set) var normalCounts: [Int]
    /// The number of anomalies in each bin.
    public internal(set) var anomalyCounts: [Int]
    /// How the edges are spaced.
    public let spacing: Spacing
    /// Whether the first bin is wider than the others and gathers the far low scores.
    public let hasLowerTail: Bool
    /// Whether the last bin is wider than the others and gathers the far high scores.
    public let hasUpperTail: Bool

    /// The number of bins.
    public var binCount: Int { normalCounts.count }

    /// Counts scores by class.
    ///
    /// - Parameters:
    ///   - scores: The scores and labels; one class alone will do.
    ///   - binCount: The number of bins; by default the Freedman–Diaconis rule (a width of twice
    ///     the interquartile range over the cube root of the number of rows), kept in 10...60. Fewer
    ///     are made where the scores lie too close together to be told apart.
    /// - Throws: `EvaluationError` with code `invalidBinCount`.
    /// - Complexity: O(*n* + bins).
    public init(_ scores: LabeledScores, binCount: Int? = nil) throws {
        if let binCount, binCount < 1 {
            throw EvaluationError(
                code: .invalidBinCount,
                message: "the number of bins is \(binCount); give at least 1"
            )
        }
        let plan = HistogramPlan(scores, binCount: binCount)
        edges = plan.edges
        spacing = plan.spacing
        hasLowerTail = plan.hasLowerTail
        hasUpperTail = plan.hasUpperTail
        (normalCounts, anomalyCounts) = Self.counts(scores, edges: plan.edges)
    }

    /// Walks cuts and edges together, from the lowest score up.
    private static func counts(_ scores: LabeledScores, edges: [Double]) -> ([Int], [Int]) {
        let bins = edges.count - 1
        var normals = [Int](repeating: 0, count: bins)
        var anomalies = [Int](repeating: 0, count: bins)
        var bin = 0
        for index in scores.cuts.indices.reversed() {
            let cut = scores.cuts[index]
            let above = index == 0 ? nil : scores.cuts[index - 1]
            while bin < bins - 1, cut.threshold >= edges[bin + 1] { bin += 1 }
            normals[bin] += cut.falsePositives - (above?.falsePositives ?? 0)
            anomalies[bin] += cut.truePositives - (above?.truePositives ?? 0)
        }
        return (normals, anomalies)
    }
}
