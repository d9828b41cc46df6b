internal import OddityEvaluation
internal import OddityPlatform

/// What differs by less is equal, since engines round otherwise than Oddity.
///
/// Chosen on 35 tables: smaller ones let rounding decide between equal rows, larger ones take different rows for equal.
enum Tolerance {
    /// Of logarithms of residuals and distances, and of sums of logarithms of p-values.
    static let measure = 1e-6
    /// Of these sums, for a row that is just like held-out ones.
    static let equality = 1e-5

    /// The distance below which a row counts as one that is stored: twice what rounding makes of 0, but less than nearly all
    /// distances of different rows.
    ///
    /// - Parameters:
    ///   - sizes: of the numbers in each column, as they were computed.
    ///   - heldOut: the logarithms of distances of held-out rows.
    static func distance(sizes: [Float], heldOut: SurvivalFunction?) -> Double {
        let length = sizes.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let rounding = 2 * Double(Float.ulpOfOne * length)
        let different = (heldOut?.values ?? []).drop { $0 < log(1e-11) }
        guard !different.isEmpty else { return rounding }
        return min(rounding, exp(different[different.startIndex + different.count / 100]))
    }
}
