internal import OddityPlatform

/// How far out values are, told from the body of their distribution alone: a tenth of the values may be odd without
/// moving it.
///
/// From the median on, the survival is taken to fall exponentially, by a scale that the ninth decile tells: of n values of an
/// exponential distribution, in order, the distance of the i-th from the m-th is on average μ = Σ 1 / (n − k) of its scales, over k from m to
/// below i, with the variance Σ 1 / (n − k)² (Rényi 1953). It says of the scale as much as ν = μ² / Σ 1 / (n − k)² values do, by which a
/// further value lies beyond u = μ (x − q₅₀) / (q₉₀ − q₅₀) with the probability (1 + u / ν)^−ν. So
///
///     −ln S(x) = ln 2 + ν ln(1 + u / ν),
///
/// which is ln 2 + u where there are many values, and much less where there are few.
struct RobustTail: Sendable {
    private let median: Double
    /// 0 where nothing tells how far out values are.
    private let slope: Double
    /// ν: the number of values that say as much of the scale.
    private let evidence: Double

    /// Learns from values.
    ///
    /// Where the third quartile is the median, as it is of the distances of rows that mostly equal another, the body has
    /// no width: then nothing tells how far out values are, and none is.
    ///
    /// - Parameters:
    ///   - values: at least one finite value.
    ///   - minimumScale: the least distance of the quantiles that is believed.
    init(_ values: [Double], minimumScale: Double) {
        let sorted = values.sorted()
        let last = sorted.count - 1
        let (middle, ninth) = (last / 2, last * 9 / 10)
        median = sorted[middle]
        let hasWidth = sorted[last * 3 / 4] > median
        guard hasWidth else {
            (slope, evidence) = (0, 1)
            return
        }
        let shares = (middle..<ninth).map { 1 / Double(last - $0) }
        let mean = shares.reduce(0, +)
        slope = mean / max(sorted[ninth] - median, minimumScale)
        evidence = mean * mean / shares.reduce(0) { $0 + $1 * $1 }
    }

    /// −ln of the share of normal values that are at least as large; 0 below the median counts as ln 2.
    func surprise(of x: Double) -> Double {
        log(2) + evidence * log(1 + distance(of: x) / evidence)
    }

    /// u: how far beyond the median a value lies, in scales of the exponential distribution as they were estimated; 0 below it.
    func distance(of x: Double) -> Double { max(0, x - median) * slope }
}
