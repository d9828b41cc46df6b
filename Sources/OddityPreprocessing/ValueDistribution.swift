/// How the values of a column were distributed in training: at a few values, the share of values that are at most
/// that.
public struct ValueDistribution: Codable, Sendable, Equatable {
    /// Different values of the column, ascending; the first is the least and the last the greatest of training.
    public let values: [Double]
    /// For each of ``values`` the share of training values that are at most that; the last is 1.
    public let shares: [Double]

    /// The shares at which a value is kept, or the next greater.
    private static let kept = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

    /// Learns from the values of a column, ascending; nil where there are none.
    init?(ascending sorted: [Double]) {
        guard !sorted.isEmpty else { return nil }
        var values: [Double] = []
        var shares: [Double] = []
        for share in Self.kept {
            let value = sorted[Int(share * Double(sorted.count - 1))]
            guard values.last != value else { continue }
            values.append(value)
            shares.append(
                Double(sorted.firstIndex(above: value)) / Double(sorted.count)
            )
        }
        self.values = values
        self.shares = shares
    }

    /// What no distribution can be; nil for one that can.
    var flaw: String? {
        let isSound =
            !values.isEmpty && values.count == shares.count && shares.last == 1
            && zip(values, values.dropFirst()).allSatisfy(<)
            && zip(shares, shares.dropFirst()).allSatisfy(<)
            && values.allSatisfy(\.isFinite) && shares[0] > 0
        return isSound ? nil : "has a distribution of values that is none"
    }
}

extension [Double] {
    /// The position of the first of ascending numbers that is greater, or their count.
    fileprivate func firstIndex(above value: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
