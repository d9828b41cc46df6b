public import OddityFailures

/// What is wrong with an image or a collection of images, where, and how to fix it.
public struct ImageError: Failure, Equatable {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are none of an image that can be read.
        case notAImage
        /// A known kind of image, or a variant of one, that cannot be read.
        case unsupportedFormat
        /// The file ends before its pixels do.
        case truncated
        /// The content contradicts itself.
        case damaged
        /// An image or an array without a single pixel.
        case empty
        /// An image has more pixels than the limit allows.
        case tooManyPixels
        /// A file is larger, or decompresses to more, than the limit allows.
        case tooLarge
        /// A folder holds no image that can be read.
        case noImages
        /// A folder holds several data sets, each with its own `good`.
        case severalDataSets
        /// The header of an array file cannot be understood.
        case invalidHeader
        /// An array has not the dimensions of images.
        case invalidShape
        /// The numbers of an array are of a type that is no brightness.
        case unsupportedElement
        /// An array archive has no array of images, or several.
        case ambiguousArray
        /// A number of an array is not finite, or beyond the full scale.
        case invalidValue
        /// An image is smaller than a crop or a tile, or has not the size that is needed.
        case wrongSize
        /// Options contradict one another, or a stored preparation contradicts itself.
        case invalidOption
        /// There is no memory left to decode.
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
        /// The images or the options must be fixed; a command exits with 65.
        case data
        /// Reading or writing itself failed; a command exits with 74.
        case io
    }

    /// The kind of fault.
    public let code: Code
    /// What is wrong and how to fix it, in one line without the file.
    public let message: String
    /// The file, with an image's number in brackets where it holds several; nil without a file.
    public let file: String?

    /// Creates an error.
    public init(_ code: Code, _ message: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.file = file
    }

    /// Whether the images or the reading and writing of them is at fault.
    public var category: Category {
        switch code {
        case .notFound, .notAFile, .permissionDenied, .readFailed, .writeFailed, .diskFull: .io
        default: .data
        }
    }

    /// Whether the fault is of one image, which ``BrokenImagePolicy/skip`` passes over.
    var isOfOneImage: Bool {
        switch code {
        case .diskFull, .writeFailed, .noMemory, .invalidOption: false
        default: true
        }
    }

    /// The same error for a file by its name.
    func named(_ file: String) -> ImageError {
        ImageError(code, message, file: file)
    }
}

extension ImageError: CustomStringConvertible {
    /// One line: the file, what is wrong, and how to fix it.
    public var description: String {
        guard let file else { return message }
        return "\(printablePath(file)): \(message)"
    }
}

extension ImageError {
    /// The caller for options, the system where a file could not be read or written, else the file.
    public var blame: Blame {
        code == .invalidOption ? .caller : category == .io ? .system : .data
    }

    /// Whether there is one.
    public var namesItsFile: Bool { file != nil }
}
