internal import OddityArrays

extension ImageError {
    /// The error of reading an array.
    init(_ error: ArrayError) {
        self.init(Code(error.code), error.message, file: error.file)
    }
}

extension ImageError.Code {
    fileprivate init(_ code: ArrayError.Code) {
        self =
            switch code {
            case .notAnArray: .notAImage
            case .truncated: .truncated
            case .damaged: .damaged
            case .tooLarge: .tooLarge
            case .invalidHeader: .invalidHeader
            case .invalidShape: .invalidShape
            case .unsupportedElement: .unsupportedElement
            case .invalidValue: .invalidValue
            case .ambiguousArray: .ambiguousArray
            case .noMemory: .noMemory
            case .notFound: .notFound
            case .notAFile: .notAFile
            case .permissionDenied: .permissionDenied
            case .readFailed: .readFailed
            case .writeFailed: .writeFailed
            case .diskFull: .diskFull
            }
    }
}
