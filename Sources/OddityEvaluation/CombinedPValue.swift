internal import OddityPlatform

/// One p-value from several of the same row, by Cauchy's combination.
public enum CombinedPValue {
    /// The natural logarithm of the combined p-value p = ½ − arctan(T) / π with
    /// T = mean tan(π(½ − pₖ)) (Liu and Xie 2020, “Cauchy combination test”, JASA 115).
    ///
    /// It is exact when the p-values are equal and when they are independent, and close in between;
    /// the arithmetic mean of conformal p-values (Vovk 2015) is up to twice too cautious. Computed on
    /// logarithms, so that p-values far below the smallest `Double` still rank.
    ///
    /// - Parameter logarithms: the natural logarithms of the p-values, each below 0; values above
    ///   log 0.99 count as that.
    public static func cauchyLogarithm(_ logarithms: some Collection<Double>) -> Double {
        // Number by number through the collection's witnesses it takes twice as long.
        logarithms.withContiguousStorageIfAvailable(cauchyLogarithm(ofAll:))
            ?? Array(logarithms).withUnsafeBufferPointer(cauchyLogarithm(ofAll:))
    }

    private static func cauchyLogarithm(ofAll logarithms: UnsafeBufferPointer<Double>) -> Double {
        var smallest = 0.0
        for logarithm in logarithms { smallest = min(smallest, logarithm) }
        // All terms are scaled by the smallest p-value, so that none overflows.
        let scale = exp(smallest)
        var scaledSum = 0.0
        for logarithm in logarithms {
            let bounded = min(logarithm, mostNormal)
            if bounded < -18 {
                scaledSum += exp(smallest - bounded) / .pi  // tan(π(½ − p)) = 1 / (πp) to 16 digits
            } else {
                let p = exp(bounded)
                scaledSum += scale / tan(.pi * p)
            }
        }
        let scaledMean = scaledSum / Double(logarithms.count)
        if smallest < -18 { return smallest - log(.pi * scaledMean) }
        return log(atan2(scale, scaledMean) / .pi)
    }

    /// p-values next to 1 would pull the mean to −∞; they say no more than 0.99 does.
    private static let mostNormal = log(0.99)
}
