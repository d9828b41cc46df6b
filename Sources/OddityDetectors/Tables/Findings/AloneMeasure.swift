/// A measure of rows that may stand for a row by itself, where it is odder by it than by all measures together.
struct AloneMeasure: Sendable {
    /// For each row that was learned from the logarithm of a length.
    let logarithms: [Double]
    private let roots: MedianRoots
    private let tail: RobustTail

    /// - Parameter logarithms: those of at least one length.
    init(_ logarithms: [Double]) {
        self.logarithms = logarithms
        roots = MedianRoots(logarithms)
        tail = RobustTail(
            logarithms.map(roots.root(ofLogarithm:)),
            minimumScale: TailScale.measure
        )
    }

    /// How far out a row is, from the logarithm of its length: −ln of the share of normal rows that are at least as far.
    func surprise(of logarithm: Double) -> Double {
        tail.surprise(of: roots.root(ofLogarithm: logarithm))
    }
}
