internal import OddityFailures
import OddityPlatform

extension FileError {
    /// The error that an `errno` stands for, met while opening or reading `path`.
    static func reading(_ path: String, errno code: Int32) -> FileError {
        system(
            path == "-" ? "standard input" : shown(path),
            errno: code,
            otherwise: .readFailed,
            doing: "read"
        )
    }

    /// The error that an `errno` stands for, met while creating or writing `path`.
    static func writing(_ path: String, errno code: Int32) -> FileError {
        let name = path == "-" ? "standard output" : shown(path)
        switch code {
        case ENOENT, ENOTDIR:
            return FileError(.notFound, missingPlace(path), path: name)
        case EPIPE:
            return FileError(
                .brokenPipe,
                "the program reading the output has stopped; run it again",
                path: name
            )
        case EFBIG:
            return FileError(
                .diskFull,
                "the system lets no file here grow larger; raise the limit (ulimit -f), or write to another place",
                path: name
            )
        case ENOSPC, EDQUOT:
            return FileError(
                .diskFull,
                "no space left to write; free some, or write to another place",
                path: name
            )
        default: return system(name, errno: code, otherwise: .writeFailed, doing: "write")
        }
    }

    /// A path, or quotes where it is empty.
    private static func shown(_ path: String) -> String { path.isEmpty ? "\"\"" : path }

    /// Why there is no place for a file to write, and what to do.
    private static func missingPlace(_ path: String) -> String {
        let folder = splitPath(path).folder
        let around = folder.count > 1 ? String(folder.dropLast()) : folder
        guard !around.isEmpty, Folder.kind(of: around) != .folder else {
            return "no such file or folder; check the path"
        }
        let name = printable(around, limit: 200)
        return Folder.kind(of: around) == nil
            ? "there is no folder \(name); make it, or check the path"
            : "\(name) is no folder; check the path"
    }

    /// The error for a pipe, a device or a folder in the place of a regular file.
    static func notARegularFile(_ path: String) -> FileError {
        FileError(
            .notARegularFile,
            "not a regular file; give the path of a file",
            path: path == "-" ? "standard input" : path
        )
    }

    private static func system(
        _ path: String,
        errno code: Int32,
        otherwise: Code,
        doing verb: String
    ) -> FileError {
        switch code {
        case ENOENT, ENOTDIR:
            FileError(.notFound, "no such file or folder; check the path", path: path)
        case EISDIR:
            FileError(.isDirectory, "this is a folder; name a file in it", path: path)
        case EACCES, EPERM, EROFS:
            FileError(
                .permissionDenied,
                "no permission to \(verb) it; change its mode or owner",
                path: path
            )
        default:
            FileError(
                otherwise,
                "cannot \(verb): \(String(cString: strerror(code))); fix that and try again",
                path: path
            )
        }
    }
}
