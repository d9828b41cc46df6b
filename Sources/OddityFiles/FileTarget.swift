import OddityPlatform

/// The file that a path leads to, or would lead to once it is written.
///
/// Two paths have the same target where they are two names of one file: by another spelling of the
/// folder (`./model`), by a symbolic link, whether it leads to a file or to none yet, or by a hard link.
package struct FileTarget: Hashable, Sendable {
    private enum Place: Hashable {
        case existing(device: UInt64, number: UInt64)
        case future(device: UInt64, folder: UInt64, name: String)
    }

    private let place: Place

    /// Looks where a path leads; nothing is opened.
    ///
    /// - Returns: nil for standard input and output (`-`), pipes, devices, folders, and places that do not
    ///   exist, none of which can be the same file as another.
    package init?(path: String) {
        guard path != "-", let real = FileTarget.followingLinks(path) else { return nil }
        var status = stat()
        if stat(real, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else { return nil }
            place = .existing(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
            return
        }
        let (folder, name) = splitPath(real)
        guard !name.isEmpty, stat(folder.isEmpty ? "." : folder, &status) == 0 else { return nil }
        place = .future(
            device: UInt64(status.st_dev),
            folder: UInt64(status.st_ino),
            name: name
        )
    }

    /// The file that standard input is, where it is one.
    package static var standardInput: FileTarget? {
        var status = stat()
        guard fstat(0, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return FileTarget(
            place: .existing(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        )
    }

    private init(place: Place) { self.place = place }

    /// The path without symbolic links at its end, also where the last one leads to nothing yet.
    static func followingLinks(_ path: String) -> String? {
        var path = path
        // As many as the system follows.
        for _ in 0..<40 {
            guard let next = linkTarget(path) else { return path }
            path = next.hasPrefix("/") ? next : splitPath(path).folder + next
        }
        return nil
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map {
                readlink(path, $0.assumingMemoryBound(to: CChar.self), bytes.count)
            } ?? -1
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}

extension Folder {
    /// The path with all links and detours resolved; nil where nothing is there.
    package static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}

/// The folder of a path, with its slash, and the name in it.
package func splitPath(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
}
