/// Who has to act on an error.
///
/// A command makes its exit code of it (64, 65 or 74 of `sysexits.h`), a server its status.
public enum Blame: String, Sendable, CaseIterable {
    /// The caller: a setting or a choice cannot be used.
    case caller
    /// Whoever made the data or the model: they cannot be used as they are.
    case data
    /// The system: reading, writing or memory failed.
    case system
}

/// An error of Oddity: it tells a person what was wrong and how to fix it, and a program who has to act.
public protocol Failure: Error, CustomStringConvertible, Sendable {
    /// Who has to act.
    var blame: Blame { get }
    /// Whether the description names the file that is at fault.
    var namesItsFile: Bool { get }
    /// Whether the reader of a pipe has gone, having seen enough.
    var isBrokenPipe: Bool { get }
}

extension Failure {
    /// Errors of values in memory know of no file.
    public var namesItsFile: Bool { false }
    /// Most errors have nothing to do with pipes.
    public var isBrokenPipe: Bool { false }
}
