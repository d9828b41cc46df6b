/// Precision and recall that reward how much of each event an alarm covers.
///
/// Recall of an event *R* is α · [an alarm touches it] + (1 − α) · γ · Σ ω, where ω is the weight of
/// the rows that an alarm shares with it over the weight of all its rows, and γ = 1 / *x* when *x*
/// alarms split it. Precision of an alarm is γ · Σ ω with the roles exchanged. Both are averaged,
/// every event and every alarm counting the same (Tatbul et al. 2018, "Precision and recall for time
/// series", NeurIPS).
public struct RangeBasedFigures: Equatable, Sendable {
    /// Which rows of an event weigh most.
    public enum Bias: String, CaseIterable, Codable, Sendable {
        /// All rows weigh the same.
        case flat
        /// The first row weighs most, the last one least: *n*, *n* − 1, …, 1.
        case front
    }

    /// The mean precision of the alarms, in [0, 1]; `nil` without an alarm.
    public let precision: Double?
    /// The mean recall of the events, in [0, 1]; `nil` without an event.
    public let recall: Double?
    /// The harmonic mean of precision and recall; `nil` with neither an alarm nor an event.
    public var f1: Double? { harmonicMean(precision, recall) }

    /// Compares alarms with events.
    ///
    /// - Parameters:
    ///   - events: The events of the truth.
    ///   - alarms: The alarms.
    ///   - alpha: What touching an event is worth, from 0 (the default: only coverage counts) to 1.
    ///   - bias: Which rows of an event weigh most in recall. In precision all rows of an alarm
    ///     weigh the same.
    /// - Precondition: Both lists are in order and disjoint.
    /// - Throws: `EvaluationError` with code `invalidRate`.
    /// - Complexity: O(number of spans and overlaps).
    public init(
        events: [EventSpan],
        alarms: [EventSpan],
        alpha: Double = 0,
        bias: Bias = .flat
    ) throws {
        precondition(events.isOrdered && alarms.isOrdered, "spans are in order and disjoint")
        guard alpha >= 0, alpha <= 1 else {
            throw EvaluationError(
                code: .invalidRate,
                message: "alpha, the reward for touching an event, is \(alpha); "
                    + "give a number from 0 to 1"
            )
        }
        precision = Self.meanReward(of: alarms, coveredBy: events, alpha: 0, bias: .flat)
        recall = Self.meanReward(of: events, coveredBy: alarms, alpha: alpha, bias: bias)
    }

    private static func meanReward(
        of spans: [EventSpan],
        coveredBy others: [EventSpan],
        alpha: Double,
        bias: Bias
    ) -> Double? {
        guard !spans.isEmpty else { return nil }
        var covered = [Double](repeating: 0, count: spans.count)
        var pieces = [Double](repeating: 0, count: spans.count)
        spans.forEachOverlap(with: others) { index, _, rows in
            covered[index] += bias.share(of: rows, in: spans[index].rows)
            pieces[index] += 1
        }
        var sum = 0.0
        for index in spans.indices where pieces[index] > 0 {
            sum += alpha + (1 - alpha) * covered[index] / pieces[index]
        }
        return sum / Double(spans.count)
    }
}

extension RangeBasedFigures.Bias {
    /// The weight of some rows of an event over the weight of all.
    fileprivate func share(of rows: Range<Int>, in all: Range<Int>) -> Double {
        let length = Double(all.count)
        let count = Double(rows.count)
        switch self {
        case .flat: return count / length
        case .front:
            // From the weight of the first row down to that of the last: an arithmetic series.
            let highest = Double(all.upperBound - rows.lowerBound)
            let lowest = Double(all.upperBound - rows.upperBound + 1)
            return count * (highest + lowest) / (length * (length + 1))
        }
    }
}
