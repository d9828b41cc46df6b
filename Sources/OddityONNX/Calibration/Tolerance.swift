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

    /// The distance below which a row counts as one that is stored: twice what rounding makes of 0, but less than all distances of
    /// held-out rows that differ from those that are stored.
    ///
    /// Many rows that are nearly equal are as near to one another as rounding; there only what is equal counts as equal.
    ///
    /// - Parameters:
    ///   - sizes: of the numbers in each column, as they were computed.
    ///   - heldOut: the logarithms of distances of held-out rows.
    static func distance(sizes: [Float], heldOut: SurvivalFunction?) -> Double {
        let length = sizes.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let rounding = 2 * Double(Float.ulpOfOne * length)
        let nearest = heldOut?.values.first { $0 > log(1e-11) }
        return nearest.map { min(rounding, exp($0) / 2) } ?? rounding
    }
}
