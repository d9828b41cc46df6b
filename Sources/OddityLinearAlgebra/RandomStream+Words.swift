internal import COddityKernels

extension RandomStream {
    /// Fills memory with the first words of the stream of a seed, a use and an index.
    ///
    /// The words are those that a stream made with the same arguments returns one by one; here
    /// nothing is allocated.
    ///
    /// - Parameters:
    ///   - words: its length is a multiple of 4.
    ///   - seed: the seed.
    ///   - use: what the words are for.
    ///   - index: which of the use's streams.
    package static func fill(
        _ words: UnsafeMutableBufferPointer<UInt32>,
        seed: UInt64,
        use: Use,
        index: Int
    ) {
        precondition(words.count % 4 == 0, "\(words.count) words are not a multiple of 4")
        guard let base = words.baseAddress else { return }
        let index = UInt64(bitPattern: Int64(index))
        oddity_philox(
            UInt32(truncatingIfNeeded: seed),
            UInt32(truncatingIfNeeded: seed >> 32),
            0,
            UInt32(truncatingIfNeeded: index),
            UInt32(truncatingIfNeeded: index >> 32),
            use.rawValue,
            base,
            words.count / 4
        )
    }
}
