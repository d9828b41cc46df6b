internal import OddityFiles

extension ImageError {
    /// The error of opening, reading or writing a file.
    init(_ error: FileError) {
        self.init(Code(error.code), error.message, file: error.path)
    }
}

extension ImageError.Code {
    fileprivate init(_ code: FileError.Code) {
        self =
            switch code {
            case .notFound: .notFound
            case .isDirectory, .notARegularFile: .notAFile
            case .permissionDenied: .permissionDenied
            case .readFailed: .readFailed
            case .writeFailed, .brokenPipe: .writeFailed
            case .diskFull: .diskFull
            }
    }
}
