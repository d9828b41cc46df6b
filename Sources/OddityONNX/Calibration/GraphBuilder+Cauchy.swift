internal import OddityPlatform

extension GraphBuilder {
    /// The logarithm of Cauchy's combination of p-values, see `CombinedPValue`.
    ///
    /// - Parameter logarithms: rows × p-values, of double precision.
    func cauchyLogarithm(of logarithms: GraphValue) -> GraphValue {
        let smallest = logarithms.rowMinimum.atMost(0)
        let bounded = logarithms.atMost(log(0.99))
        // tan(π(½ − p)) = 1 / tan(πp), which is 1 / (πp) for the smallest p.
        let isTiny = bounded < -18
        let angle = bounded.atLeast(-18).exponential * Double.pi
        let cotangent = angle.applying("Cos") / angle.applying("Sin")
        let scaled = isTiny.choosing(
            (smallest - bounded).exponential / Double.pi,
            else: smallest.exponential * cotangent
        )
        let mean = scaled.rowMean
        let tiny = smallest - (mean.atLeast(.leastNormalMagnitude) * Double.pi).logarithm
        let rest = (arcTangent(smallest.exponential, mean) / Double.pi).logarithm
        return (smallest < -18).choosing(tiny, else: rest)
    }

    /// The angle of a point above the axis, in double precision, which engines may not have of their own.
    ///
    /// It is first taken in single precision; what is left is as small as its sine.
    private func arcTangent(_ y: GraphValue, _ x: GraphValue) -> GraphValue {
        let length = (x.squared + y.squared).squareRoot
        let (sine, cosine) = (y / length, x / length)
        // The half angle is never above a quarter turn.
        let first = (sine / (cosine + 1)).cast(to: .float).applying("Atan").cast(to: .double) * 2
        return first + sine * first.applying("Cos") - cosine * first.applying("Sin")
    }
}
