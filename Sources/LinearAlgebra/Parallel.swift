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
    public static func map<Value: Sendable>(
        count: Int,
        threadCount: Int,
        _ body: @Sendable (Int) throws -> Value
    ) throws -> [Value] {
        let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
        forEach(count: count, threadCount: threadCount) { i in
            let result = Result { try body(i) }
            results.withLock { $0[i] = result }
        }
        return try results.withLock { $0 }.compactMap { try $0?.get() }
    }
}
