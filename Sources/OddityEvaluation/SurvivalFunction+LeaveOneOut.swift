internal import OddityPlatform

extension SurvivalFunction {
    /// For each held-out value the logarithm of its survival among the others.
    ///
    /// A survival function that has learned a value itself never calls it rarer than 1 / (m + 1), while a new
    /// value may lie beyond all others. Learned from the others alone, held-out values and new ones are
    /// treated alike.
    ///
    /// - Parameters:
    ///   - heldOut: at least one finite value, in any order.
    ///   - minimumTailScale: like that of ``init(heldOut:minimumTailScale:)``.
    /// - Returns: a number for each value, in the given order; the logarithm of ½ where there are no others.
    /// - Complexity: O(*m* log *m*).
    public static func leaveOneOutLogarithms(
        of heldOut: [Double],
        minimumTailScale: Double
    ) -> [Double] {
        let count = heldOut.count
        guard count > 1 else { return heldOut.map { _ in -log(2) } }
        let order = heldOut.indices.sorted { heldOut[$0] < heldOut[$1] }
        let values = order.map { heldOut[$0] }
        let logTotal = log(Double(count))
        var result = [Double](repeating: 0, count: count)
        var first = 0
        while first < count {
            let x = values[first]
            var end = first + 1
            while end < count, values[end] == x { end += 1 }
            let logarithm: Double
            if first == 0 || (end == count && end - first == 1) {
                var others = values
                others.remove(at: first)
                logarithm = SurvivalFunction(
                    heldOut: others,
                    minimumTailScale: minimumTailScale
                ).logarithm(at: x)
            } else if end - first > 1 {
                // The others hold the value too.
                logarithm = log(Double(count - 1 - first)) - logTotal
            } else {
                let fraction = (x - values[first - 1]) / (values[end] - values[first - 1])
                logarithm = log(Double(count - first) - fraction) - logTotal
            }
            for place in first..<end { result[order[place]] = logarithm }
            first = end
        }
        return result
    }
}
