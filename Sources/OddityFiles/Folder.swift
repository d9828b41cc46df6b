import OddityPlatform

/// A folder of the file system.
package struct Folder: Sendable {
    /// The path as it was given.
    package let path: String

    /// Names a folder; nothing is opened.
    package init(path: String) {
        self.path = path
    }

    /// What a path leads to, symbolic links followed.
    package enum EntryKind: Sendable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A pipe, a device or a socket.
        case other
    }

    /// What a path leads to; nil where there is nothing, or nothing that may be looked at.
    package static func kind(of path: String) -> EntryKind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// Removes a file, or the symbolic link of that name, if it is there.
    package static func removeFile(_ path: String) { unlink(path) }

    /// Makes the folder with those around it, unless they are there.
    ///
    /// - Throws: ``FileError`` if one cannot be made.
    package func makeAll() throws(FileError) {
        guard Folder.kind(of: path) == nil else { return try make() }
        let parent = splitPath(path.hasSuffix("/") ? String(path.dropLast()) : path).folder
        if !parent.isEmpty, parent != "/" { try Folder(path: String(parent.dropLast())).makeAll() }
        try make()
    }

    /// Makes the folder, unless it is there; the folder around it must be.
    ///
    /// - Throws: ``FileError`` if it cannot be made.
    package func make() throws(FileError) {
        guard mkdir(path, 0o777) != 0 else { return }
        let code = errno
        guard code != EEXIST || Folder.kind(of: path) != .folder else { return }
        throw .writing(path, errno: code)
    }

    /// The names of the entries, ordered by their bytes, without hidden ones (`.…`).
    ///
    /// - Throws: ``FileError`` if the folder cannot be read.
    package func names() throws(FileError) -> [String] {
        guard let stream = opendir(path) else { throw .reading(path, errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw .reading(path, errno: errno) }
                return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
    }
}

extension Folder {
    /// What tells the folder from all others, whatever path leads to it.
    package struct Identity: Hashable, Sendable {
        private let device: UInt64
        private let number: UInt64

        fileprivate init(_ status: stat) {
            device = UInt64(status.st_dev)
            number = UInt64(status.st_ino)
        }
    }

    /// The identity of the folder; nil where there is none.
    package var identity: Identity? {
        var status = stat()
        return stat(path, &status) == 0 ? Identity(status) : nil
    }
}
