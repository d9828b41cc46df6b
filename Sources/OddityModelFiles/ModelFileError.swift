public import OddityFailures

/// Why a model file could not be written, read or used.
///
/// `code` is for programs, `message` for people: what was wrong, where, and how to fix it.
public struct ModelFileError: Failure, Equatable {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The system could not open, read, write or rename the file.
        case inputOutput
        /// The path names a directory, a pipe or a device.
        case notARegularFile
        /// The file is too short to hold even the length of its header.
        case tooShort
        /// The header's stated length is zero or beyond `ModelArchive.headerLimit`.
        case headerLength
        /// The file ends inside its header.
        case truncatedHeader
        /// The header is not UTF-8 text.
        case headerNotUTF8
        /// The header is not the JSON object that safetensors prescribes.
        case malformedHeader
        /// Two entries of the header have the same name.
        case duplicateName
        /// The header has no metadata, or one of the keys that make it a model is missing.
        case missingMetadata
        /// The file is a safetensors file of something else.
        case wrongFormat
        /// The file was made by a newer version of the program.
        case newerVersion
        /// A metadata value is not what it should be.
        case malformedMetadata
        /// A tensor has an element type that models do not use.
        case unknownElementType
        /// A shape is negative or its element count overflows.
        case invalidShape
        /// A tensor's bytes lie outside the file, or its end lies before its start.
        case offsetsOutOfRange
        /// Two tensors share bytes.
        case overlappingTensors
        /// There are bytes between tensors that belong to none.
        case hole
        /// A tensor's bytes are not its shape times its element size.
        case sizeMismatch
        /// The file ends before its last tensor does.
        case truncatedData
        /// There are bytes after the last tensor.
        case trailingBytes
        /// A weight is NaN or infinite.
        case nonFiniteValue
        /// The content does not match its checksum.
        case checksumMismatch
        /// The manifest is not JSON of the expected form.
        case malformedManifest
        /// A requested tensor is not there.
        case missingTensor
        /// A requested tensor has another element type.
        case wrongElementType
        /// A requested tensor has another shape.
        case wrongShape
        /// There is a tensor that no part of the model needs.
        case unexpectedTensor
    }

    /// What kind of failure this is.
    public let code: Code
    /// What was wrong, where in the file, and how to fix it, in one line.
    public let message: String
    /// The file, when there is one.
    public private(set) var path: String?

    /// Whether the path or the system failed (exit code 74) rather than the content (exit code 65).
    public var isInputOutput: Bool { code == .inputOutput || code == .notARegularFile }

    /// The path and the message, in one line.
    public var description: String {
        guard let path else { return message }
        return "\(printablePath(path)): \(message)"
    }

    init(_ code: Code, _ message: String, path: String? = nil) {
        self.code = code
        self.message = message
        self.path = path
    }

    func at(_ path: String?) -> ModelFileError {
        var copy = self
        copy.path = path
        return copy
    }

    /// A name from an untrusted file, in quotes, on one line and not too long.
    static func quoted(_ name: String) -> String {
        "“\(printable(name, limit: 80))”"
    }
}

extension ModelFileError {
    /// The system where the file could not be read or written, else the file.
    public var blame: Blame { isInputOutput ? .system : .data }
    /// Always, where there is one.
    public var namesItsFile: Bool { true }
}
