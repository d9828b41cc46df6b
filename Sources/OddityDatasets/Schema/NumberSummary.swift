/// The count, range and mean of numbers.
struct NumberSummary {
    private(set) var count = 0
    private(set) var minimum = Double.infinity
    private(set) var maximum = -Double.infinity
    private(set) var mean = 0.0

    mutating func add(_ value: Double) {
        count += 1
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        mean += step(from: mean, to: value, Double(count))
    }

    /// Of these numbers and others.
    func merged(with other: NumberSummary) -> NumberSummary {
        guard count > 0 else { return other }
        guard other.count > 0 else { return self }
        var result = self
        result.count += other.count
        result.minimum = min(minimum, other.minimum)
        result.maximum = max(maximum, other.maximum)
        result.mean += step(
            from: mean,
            to: other.mean,
            Double(result.count) / Double(other.count)
        )
        return result
    }

    /// A part of the way between two numbers, which may be so far apart that their difference is none.
    private func step(from start: Double, to end: Double, _ divisor: Double) -> Double {
        let difference = end - start
        return difference.isFinite ? difference / divisor : end / divisor - start / divisor
    }

    /// Whether a number differs from zero.
    var hasNonzero: Bool { count > 0 && (minimum < 0 || maximum > 0) }
}
