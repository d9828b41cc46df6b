public import OddityFailures

/// Why a file could not be opened, read or written.
///
/// The content of a file is never the reason: a command exits with 74.
public struct FileError: Failure, Equatable {
    /// The kind of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no such file or folder.
        case notFound
        /// The path is a folder.
        case isDirectory
        /// The path is a pipe, a device or a folder where only a regular file will do.
        case notARegularFile
        /// The file may not be opened.
        case permissionDenied
        /// The operating system failed to read.
        case readFailed
        /// The operating system failed to write.
        case writeFailed
        /// There is no space left to write to.
        case diskFull
        /// The program that read our output has gone.
        case brokenPipe
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong and how to fix it, in one line without the path.
    public let message: String
    /// The path as it was given, or `standard input`, `standard output`, or what a temporary file is called.
    public let path: String

    /// Creates an error.
    public init(_ code: Code, _ message: String, path: String) {
        self.code = code
        self.message = message
        self.path = path
    }
}

extension FileError: CustomStringConvertible {
    /// One line: the path, what went wrong, and how to fix it.
    public var description: String { "\(printablePath(path)): \(message)" }
}

extension FileError {
    /// Reading or writing failed.
    public var blame: Blame { .system }
    /// Always.
    public var namesItsFile: Bool { true }
    /// Whether the reader of a pipe has gone.
    public var isBrokenPipe: Bool { code == .brokenPipe }
}
