internal import OddityPlatform

/// The number that a standard normal one stays below with the given probability.
///
/// Acklam's rational approximation with one step of Halley's method: as exact as `erfc`.
///
/// - Parameter probability: between 0 and 1, neither of them.
package func normalQuantile(_ probability: Double) -> Double {
    let tail = min(probability, 1 - probability)
    var x: Double
    if tail < 0.02425 {
        let q = (-2 * log(tail)).squareRoot()
        let above =
            ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q
                - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q
        let below =
            (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q
                + 2.445134137142996) * q + 3.754408661907416) * q
        x = (above + 2.938163982698783) / (below + 1)
    } else {
        let q = tail - 0.5
        let r = q * q
        let above =
            ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r
                - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01)
            * r
        let below =
            ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r
                - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01)
            * r
        x = (above + 2.506628277459239) * q / (below + 1)
    }
    let error = erfc(-x / 2.0.squareRoot()) / 2 - tail
    let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
    x -= step / (1 + x * step / 2)
    return probability > 0.5 ? -x : x
}
