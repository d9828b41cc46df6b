/// Chooses the p-values that are called discoveries so that only a share of them is expected to be false.
///
/// A false-alarm rate is a share of the normal rows; a false discovery rate is a share of the alarms. It suits a file whose alarms
/// somebody looks at one by one.
public enum FalseDiscoveryProcedure: String, Codable, CaseIterable, Sendable {
    /// Benjamini and Hochberg (1995): the largest i-th smallest p-value that is at most i · q / m.
    ///
    /// Right for independent p-values, and for conformal ones of one calibration sample (Bates and others 2023, theorem 2).
    case benjaminiHochberg = "bh"
    /// The same with the share of normal rows estimated from the p-values above one half (Storey 2002), which finds more where
    /// many rows are odd.
    case storey
    /// Benjamini and Yekutieli (2001): right for any dependence, and cautious: q is divided by 1 + 1/2 + … + 1/m.
    case benjaminiYekutieli = "by"

    /// The largest p-value that is called a discovery; nil where none is.
    ///
    /// - Parameters:
    ///   - pValues: in any order, from 0 to 1; one that is not a number never is a discovery.
    ///   - rate: the share of discoveries that may be false, q, between 0 and 1.
    /// - Throws: ``EvaluationError`` of code `invalidRate`.
    /// - Complexity: O(*m* log *m*).
    public func threshold(of pValues: [Double], rate: Double) throws -> Double? {
        guard rate > 0, rate < 1 else {
            throw EvaluationError(
                code: .invalidRate,
                message: "the false discovery rate is \(rate); give a share between 0 and 1"
            )
        }
        let sorted = pValues.filter { !$0.isNaN }.sorted()
        let step = rate / (Double(sorted.count) * factor(of: sorted))
        // A p-value that is the limit but for rounding is at most the limit.
        return sorted.indices.last { sorted[$0] <= Double($0 + 1) * step * (1 + 1e-12) }.map {
            sorted[$0]
        }
    }

    /// The fewest equal p-values that are discoveries; nil where even all are none.
    ///
    /// It tells whether the least p-value that a model can give is small enough.
    ///
    /// - Parameters:
    ///   - pValue: the p-value that they all have.
    ///   - count: the number of all p-values.
    ///   - rate: the share of discoveries that may be false.
    public func leastCount(at pValue: Double, of count: Int, rate: Double) -> Int? {
        let factor = self == .benjaminiYekutieli ? Self.harmonic(count) : 1
        let needed = (pValue * Double(count) * factor / rate * (1 - 1e-12)).rounded(.up)
        return needed <= Double(count) ? max(Int(needed), 1) : nil
    }

    /// What the number of p-values is multiplied by.
    private func factor(of sorted: [Double]) -> Double {
        switch self {
        case .benjaminiHochberg: 1
        case .storey: min(1, 2 * Double(1 + sorted.count { $0 > 0.5 }) / Double(sorted.count))
        case .benjaminiYekutieli: Self.harmonic(sorted.count)
        }
    }

    private static func harmonic(_ count: Int) -> Double {
        (0..<count).reduce(0) { $0 + 1 / Double($1 + 1) }
    }
}
