internal import OddityPlatform

/// The roots of lengths, in units of the median of those that were learned from.
struct MedianRoots: Sendable {
    private let median: Double

    /// - Parameter logarithms: those of at least one length.
    init(_ logarithms: [Double]) { median = logarithms.sorted()[(logarithms.count - 1) / 2] }

    /// The root of a length.
    ///
    /// - Parameter logarithm: the length's. Beyond e⁶⁰ medians everything is far out.
    func root(ofLogarithm logarithm: Double) -> Double { exp(min(logarithm - median, 60) / 2) }
}
