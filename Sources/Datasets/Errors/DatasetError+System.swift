#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DatasetError {
    /// The error that an errno stands for, met while opening or reading `path`.
    static func reading(_ path: String, errno code: Int32) -> DatasetError {
        system(path, errno: code, otherwise: .readFailed, doing: "read")
    }

    /// The error that an errno stands for, met while creating or writing `path`.
    static func writing(_ path: String, errno code: Int32) -> DatasetError {
        let name = path == "-" ? "standard output" : path
        switch code {
        case EPIPE:
            return DatasetError(
                .brokenPipe,
                "the program reading the output has stopped",
                at: DataLocation(file: name)
            )
        case ENOSPC, EDQUOT, EFBIG:
            return DatasetError(
                .diskFull,
                "no space left to write; free some, or write to another place",
                at: DataLocation(file: name)
            )
        default: return system(name, errno: code, otherwise: .writeFailed, doing: "write")
        }
    }

    private static func system(
        _ path: String,
        errno code: Int32,
        otherwise: Code,
        doing verb: String
    ) -> DatasetError {
        let location = DataLocation(file: path)
        switch code {
        case ENOENT, ENOTDIR:
            return DatasetError(.notFound, "no such file or folder; check the path", at: location)
        case EISDIR:
            return DatasetError(
                .isDirectory,
                "this is a folder; name a file in it",
                at: location
            )
        case EACCES, EPERM, EROFS:
            return DatasetError(
                .permissionDenied,
                "no permission to \(verb) it; change its mode or owner",
                at: location
            )
        default:
            return DatasetError(
                otherwise,
                "cannot \(verb): \(String(cString: strerror(code)))",
                at: location
            )
        }
    }
}
