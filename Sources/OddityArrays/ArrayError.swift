public import OddityFailures

/// What is wrong with a file of an array, where, and how to fix it.
public struct ArrayError: Failure, Equatable {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are none of an array that can be read.
        case notAnArray
        /// The file ends before its numbers do.
        case truncated
        /// The compressed data is damaged.
        case damaged
        /// A file decompresses to more than the limit allows.
        case tooLarge
        /// The header cannot be understood.
        case invalidHeader
        /// The array has not the dimensions that are wanted.
        case invalidShape
        /// The numbers are of a type that is not read.
        case unsupportedElement
        /// A number is infinite.
        case invalidValue
        /// An archive has no array of the wanted kind, or several.
        case ambiguousArray
        /// There is no memory left to decompress.
        case noMemory
        /// There is no such file or folder.
        case notFound
        /// A pipe, a device or a folder in the place of a file.
        case notAFile
        /// The file may not be opened.
        case permissionDenied
        /// The operating system failed to read.
        case readFailed
        /// The operating system failed to write.
        case writeFailed
        /// There is no space left to write to.
        case diskFull
    }

    /// Who has to act on a fault.
    public enum Category: String, Sendable {
        /// The array or the options must be fixed; a command exits with 65.
        case data
        /// Reading or writing itself failed; a command exits with 74.
        case io
    }

    /// The kind of fault.
    public let code: Code
    /// What is wrong and how to fix it, in one line without the file.
    public let message: String
    /// The file; nil where it is not known yet.
    public let file: String?

    /// Creates an error.
    public init(_ code: Code, _ message: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.file = file
    }

    /// Whether the array or the reading of it is at fault.
    public var category: Category {
        switch code {
        case .notFound, .notAFile, .permissionDenied, .readFailed, .writeFailed, .diskFull: .io
        default: .data
        }
    }

    /// The same error for a file by its name.
    func named(_ file: String) -> ArrayError {
        ArrayError(code, message, file: file)
    }
}

extension ArrayError: CustomStringConvertible {
    /// One line: the file, what is wrong, and how to fix it.
    public var description: String {
        guard let file else { return message }
        return "\(printablePath(file)): \(message)"
    }
}

extension ArrayError {
    /// The system where the file could not be read, else the file.
    public var blame: Blame { category == .io ? .system : .data }
    /// Whether there is one.
    public var namesItsFile: Bool { file != nil }
}
