internal import COddityKernels

/// A counter-based random generator: Philox4x32-10 (Salmon et al., “Parallel random numbers: as
/// easy as 1, 2, 3”, SC 2011).
///
/// The numbers depend only on the seed, on what they are used for, and on an index, never on which
/// other numbers were drawn before, or on which thread. Two uses of one seed are independent.
///
///     var stream = RandomStream(seed: 7, use: .shuffling, index: epoch)
///     let order = stream.permutation(count: rows)
public struct RandomStream: RandomNumberGenerator, Sendable {
    /// What a stream is for.
    ///
    /// Each use has numbers of its own.
    public struct Use: Hashable, Sendable {
        let rawValue: UInt32

        /// A use with a number of one's own; the package's uses lie below 1,000.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// First values of parameters.
        public static let initialization = Use(rawValue: 1)
        /// The order of rows in an epoch.
        public static let shuffling = Use(rawValue: 2)
        /// Dropout masks.
        public static let dropout = Use(rawValue: 3)
        /// Folds and other partitions of rows.
        public static let splitting = Use(rawValue: 4)
        /// Subsets of rows.
        public static let sampling = Use(rawValue: 5)
        /// Seeds for parts of a larger whole.
        public static let seeding = Use(rawValue: 6)
        /// Random directions that the range of a large matrix is sketched with.
        public static let sketching = Use(rawValue: 20)
        /// The cuts of isolation trees.
        public static let isolating = Use(rawValue: 21)
        /// Configurations to try.
        public static let searching = Use(rawValue: 22)
        /// Values planted into rows.
        public static let planting = Use(rawValue: 23)
        /// Changes to images in training.
        public static let augmenting = Use(rawValue: 24)
        /// Rows that are drawn to know how a combination of p-values is distributed.
        public static let calibrating = Use(rawValue: 25)
        /// Codes of categories.
        public static let coding = Use(rawValue: 26)
    }

    private static let blocksPerRefill = 64

    private let seed: UInt64
    private let use: Use
    private let index: UInt64
    private var nextBlock: UInt32 = 0
    private var words: [UInt32] = []
    private var position = 0

    /// The stream of a seed, a use and an index (an epoch, a layer, a member…).
    ///
    /// A stream has 2³⁴ words, then it repeats.
    public init(seed: UInt64, use: Use, index: Int = 0) {
        self.seed = seed
        self.use = use
        self.index = UInt64(bitPattern: Int64(index))
    }

    /// The next 32 random bits.
    public mutating func nextWord() -> UInt32 {
        if position == words.count { refill() }
        defer { position += 1 }
        return words[position]
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let low = UInt64(nextWord())
        return UInt64(nextWord()) << 32 | low
    }

    private mutating func refill() {
        if words.isEmpty {
            words = Array(repeating: 0, count: 4 * RandomStream.blocksPerRefill)
        }
        words.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            oddity_philox(
                UInt32(truncatingIfNeeded: seed),
                UInt32(truncatingIfNeeded: seed >> 32),
                nextBlock,
                UInt32(truncatingIfNeeded: index),
                UInt32(truncatingIfNeeded: index >> 32),
                use.rawValue,
                base,
                RandomStream.blocksPerRefill
            )
        }
        nextBlock &+= UInt32(RandomStream.blocksPerRefill)
        position = 0
    }
}
