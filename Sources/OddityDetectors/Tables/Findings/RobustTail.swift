internal import OddityPlatform

/// How far out values are, told from the body of their distribution alone: a tenth of the values may be odd without
/// moving it.
///
/// From the median on, the survival is taken to fall exponentially through its value at the ninth decile:
/// −ln S(x) = ln 2 + (x − q₅₀) · ln 5 / (q₉₀ − q₅₀).
/// Logarithms of distances and of residuals of normal rows fall faster than that, so that they are not
/// called rarer than they are.
struct RobustTail: Sendable {
    private let median: Double
    private let slope: Double

    /// - Parameters:
    ///   - values: at least one finite value.
    ///   - minimumScale: the least distance of the quantiles that differs from none.
    init(_ values: [Double], minimumScale: Double) {
        let sorted = values.sorted()
        median = sorted[(sorted.count - 1) / 2]
        let decile = sorted[(sorted.count - 1) * 9 / 10]
        slope = log(5) / max(decile - median, minimumScale)
    }

    /// −ln of the share of normal values that are at least as large; 0 below the median counts as ln 2.
    func surprise(of x: Double) -> Double { log(2) + max(0, x - median) * slope }
}
