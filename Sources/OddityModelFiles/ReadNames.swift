internal import Synchronization

/// The names of the tensors that a model's parts asked for; an archive's copies share them.
final class ReadNames: Sendable {
    private let names = Mutex(Set<String>())

    func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }

    func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
