/// Which random latent code a variational layer takes in scoring.
///
/// Draw i has the same ε in every row, on every thread and in every call: z = μ + e^(v/2)·ε. The
/// reconstruction probability (An & Cho 2015) is the mean likelihood over draws 0 ..< count.
public struct LatentDraw: Hashable, Sendable {
    /// Where the random numbers come from.
    public let seed: UInt64
    /// The number of the draw, from 0.
    public let index: Int

    /// Names a draw.
    public init(seed: UInt64, index: Int) {
        precondition(index >= 0, "draw \(index)")
        self.seed = seed
        self.index = index
    }

    /// The index of a layer's random stream.
    func streamIndex(ofLayer number: Int) -> Int { index << 12 | number }
}
