internal import OddityFiles

extension ModelFileError {
    /// The error of opening, reading or writing a file.
    init(_ error: FileError) {
        let code: Code =
            switch error.code {
            case .isDirectory, .notARegularFile: .notARegularFile
            case .notFound, .permissionDenied, .readFailed, .writeFailed, .diskFull, .brokenPipe:
                .inputOutput
            }
        self.init(code, error.message, path: error.path)
    }
}
