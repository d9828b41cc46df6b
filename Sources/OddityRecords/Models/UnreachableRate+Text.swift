package import OddityDetectors

extension UnreachableRate {
    /// The least rate as two digits, rounded up.
    package var suggestedRate: String {
        var unit = 1.0
        while leastRate < 10 * unit { unit /= 10 }
        return short((leastRate / unit).rounded(.up) * unit)
    }

    /// What is wrong, in one sentence.
    package var text: String {
        "no row can be called an anomaly at p-value ≤ \(rate): no p-value is below "
            + "\(short(leastRate)) with \(counted(heldOutCount, "held-out row"))"
    }

    /// What would help at the next fit.
    ///
    /// - Parameter things: what is held out, in the plural.
    package func remedy(_ things: String) -> String {
        (neededCount.map { "Give at least \(grouped($0)) \(things), or" } ?? "Give")
            + " a higher --false-alarm-rate"
    }
}
