internal import Dispatch
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Independent pieces of work, side by side.
public enum Parallel {
    /// The number of cores this process may use.
    public static var availableThreadCount: Int {
        max(1, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Into how many pieces to cut `count` things, so that threads that are done early take more.
    ///
    /// - Returns: one for a single thread, else four for each thread, and never more than `count`.
    public static func pieceCount(for count: Int, threadCount: Int) -> Int {
        guard threadCount > 1, count > 1 else { return min(max(count, 0), 1) }
        // Both are numbers from outside: the product must not overflow.
        return threadCount > count / 4 ? count : threadCount * 4
    }

    /// Calls `body` once with each number in 0 ..< `count`, on at most `threadCount` threads.
    ///
    /// Which thread gets which number is not defined, so `body` must not depend on it; with one
    /// thread the calls come in order on the calling thread. Returns when all calls have returned.
    public static func forEach(
        count: Int,
        threadCount: Int,
        _ body: @Sendable (Int) -> Void
    ) {
        let workers = min(count, threadCount)
        guard workers > 1 else {
            for i in 0..<max(count, 0) { body(i) }
            return
        }
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while true {
                let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard i < count else { return }
                body(i)
            }
        }
    }

    /// The results of `body` for 0 ..< `count`, in order, computed on at most `threadCount` threads.
    ///
    /// - Throws: the error of the lowest number that threw; the other calls still run.
    public static func map<Value: Sendable, Failure: Error>(
        count: Int,
        threadCount: Int,
        _ body: @Sendable (Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        guard count > 0 else { return [] }
        let results = UnsafeMutablePointer<Result<Value, Failure>>.allocate(capacity: count)
        defer {
            results.deinitialize(count: count)
            results.deallocate()
        }
        // Each call writes its own place, and all have returned before one is read.
        nonisolated(unsafe) let places = results
        forEach(count: count, threadCount: threadCount) { i in
            do throws(Failure) {
                (places + i).initialize(to: .success(try body(i)))
            } catch {
                (places + i).initialize(to: .failure(error))
            }
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for i in 0..<count { values.append(try results[i].get()) }
        return values
    }
}
