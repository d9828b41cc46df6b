internal import Dispatch

extension Parallel {
    /// Uses values one after the other, while another thread makes the next one.
    ///
    /// What is made and used is the same as in a plain loop, in the same order, and so is the error that ends it: one of `make`
    /// is thrown when all values before it were used.
    ///
    /// - Parameters:
    ///   - make: makes the next value, nil at the end; called by one thread at a time.
    ///   - threadCount: with one thread, values are made and used in turn.
    ///   - use: called on the calling thread.
    /// - Throws: the first error of `make` or `use`.
    public static func forEach<Value: Sendable>(
        madeAheadBy make: () throws -> Value?,
        threadCount: Int,
        _ use: (Value) throws -> Void
    ) throws {
        guard threadCount > 1 else {
            while let value = try make() { try use(value) }
            return
        }
        try withoutActuallyEscaping(make) { make in
            // One thread at a time makes and looks at values: the group is waited for.
            nonisolated(unsafe) let make = make
            nonisolated(unsafe) var next = Result { try make() }
            let queue = DispatchQueue.global(qos: .userInitiated)
            let group = DispatchGroup()
            while let value = try next.get() {
                queue.async(group: group) { next = Result { try make() } }
                defer { group.wait() }
                try use(value)
            }
        }
    }
}
