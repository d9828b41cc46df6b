internal import OddityFiles

extension DatasetError {
    /// The error of opening, reading or writing a file.
    init(_ error: FileError) {
        self.init(Code(error.code), error.message, at: DataLocation(file: error.path))
    }
}

extension DatasetError.Code {
    fileprivate init(_ code: FileError.Code) {
        self =
            switch code {
            case .notFound: .notFound
            case .isDirectory: .isDirectory
            case .permissionDenied: .permissionDenied
            case .notARegularFile, .readFailed: .readFailed
            case .writeFailed: .writeFailed
            case .diskFull: .diskFull
            case .brokenPipe: .brokenPipe
            }
    }
}
