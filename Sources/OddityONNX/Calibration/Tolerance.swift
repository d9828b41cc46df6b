/// What differs by less is equal, since engines round otherwise than Oddity.
///
/// Chosen on 35 tables: smaller ones let rounding decide between equal rows, larger ones take different rows for equal.
enum Tolerance {
    /// Of logarithms of residuals and distances, and of sums of logarithms of p-values.
    static let measure = 1e-6
    /// Of these sums, for a row that is just like held-out ones.
    static let equality = 1e-5
}
