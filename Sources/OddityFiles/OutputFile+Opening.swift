import OddityPlatform

extension OutputFile {
    /// The hidden file that is renamed on closing, and its future name.
    struct Replacement {
        let temporary: String
        let target: String
        /// The folder of both.
        let folder: String
        /// Whether the file has no name before it is complete, so that not even a crash leaves it.
        var isUnnamed = false

        init(of target: String) {
            self.target = target
            let (folder, name) = Self.split(target)
            self.folder = folder.isEmpty ? "." : folder
            let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
            // A name may have 255 bytes; the rest is for the dots and the suffix.
            let start = String(decoding: name.utf8.prefix(200), as: UTF8.self)
            temporary = "\(folder).\(start).\(suffix)"
        }

        /// Gives an unnamed file the temporary name; 0, or the `errno` of the error.
        func name(_ descriptor: Descriptor) -> Int32 {
            guard isUnnamed else { return 0 }
            let source = "/proc/self/fd/\(descriptor.number)"
            let result = linkat(AT_FDCWD, source, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW)
            return result == 0 ? 0 : errno
        }

        /// Removes what was written.
        func discard() {
            if !isUnnamed { unlink(temporary) }
        }

        /// Makes the new name survive a power failure, where the file system can.
        func synchronizeFolder() {
            let descriptor = Descriptor.opening(folder, O_RDONLY)
            guard descriptor.isOpen else { return }
            _ = fsync(descriptor.number)
            descriptor.close()
        }

        private static func split(_ path: String) -> (folder: String, name: String) {
            guard let slash = path.lastIndex(of: "/") else { return ("", path) }
            return (String(path[...slash]), String(path[path.index(after: slash)...]))
        }
    }

    /// Checks that a file could be written, so that long work need not end in vain.
    ///
    /// What stands under the name stays as it is.
    ///
    /// - Parameter path: The file to create or replace later; `-` is standard output.
    /// - Throws: ``FileError`` if it could not be written.
    public static func checkCanWrite(to path: String) throws(FileError) {
        var status = stat()
        if path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            // A pipe must not be opened to look: its reader would see it end.
            if status.st_mode & S_IFMT == S_IFDIR { throw .writing(path, errno: EISDIR) }
            if access(path, W_OK) != 0 { throw .writing(path, errno: errno) }
            return
        }
        // Dropping it removes the hidden file.
        _ = try OutputFile(path: path)
    }

    /// Opens what the bytes go to; there is no replacement where they go there directly.
    static func open(_ path: String) throws(FileError) -> (Descriptor, Replacement?) {
        if path == "-" { return (.standardOutput, nil) }
        var status = stat()
        let exists = stat(path, &status) == 0
        if !exists, errno != ENOENT || path.isEmpty { throw .writing(path, errno: errno) }
        let type = status.st_mode & S_IFMT
        if exists ? type == S_IFDIR : path.hasSuffix("/") { throw .writing(path, errno: EISDIR) }
        if exists, type != S_IFREG { return (try openForWriting(path, [], path), nil) }
        if exists, access(path, W_OK) != 0 { throw .writing(path, errno: errno) }
        // A symbolic link stays one: the file that it leads to is replaced.
        var replacement = Replacement(of: exists ? resolved(path) : path)
        var descriptor = openUnnamed(in: replacement.folder)
        replacement.isUnnamed = descriptor.isOpen
        if !descriptor.isOpen {
            descriptor = try openForWriting(replacement.temporary, [O_CREAT, O_EXCL], path)
        }
        if exists { fchmod(descriptor.number, status.st_mode & 0o7777) }
        return (descriptor, replacement)
    }

    /// Opens a file without a name; the descriptor is not open where the system has none.
    private static func openUnnamed(in folder: String) -> Descriptor {
        #if os(Linux)
            // O_TMPFILE, whose macro Swift does not import. The file is named through /proc.
            let unnamed = Int32(0o20000000) | O_DIRECTORY
            if access("/proc/self/fd", X_OK) == 0 {
                return Descriptor.opening(folder, unnamed | O_WRONLY)
            }
        #endif
        return Descriptor(number: -1)
    }

    private static func openForWriting(
        _ file: String,
        _ flags: [Int32],
        _ path: String
    ) throws(FileError) -> Descriptor {
        let descriptor = Descriptor.opening(file, flags.reduce(O_WRONLY, |))
        guard descriptor.isOpen else { throw .writing(path, errno: errno) }
        return descriptor
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
