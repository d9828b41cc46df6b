import OddityPlatform

extension OutputFile {
    /// Checks that a file could be written, so that long work need not end in vain.
    ///
    /// What stands under the name stays as it is.
    ///
    /// - Parameter path: The file to create or replace later; `-` is standard output.
    /// - Throws: ``FileError`` if it could not be written.
    package static func checkCanWrite(to path: String) throws(FileError) {
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
        // A symbolic link stays one: the file that it leads to, or will lead to, is written.
        guard let final = exists ? Folder.resolved(path) : FileTarget.followingLinks(path) else {
            throw .writing(path, errno: ELOOP)
        }
        var replacement = Replacement(of: final)
        replacement.removeLeftovers()
        var descriptor = openUnnamed(in: replacement.folder)
        replacement.isUnnamed = descriptor.isOpen
        if !descriptor.isOpen {
            descriptor = try openForWriting(replacement.temporary, [O_CREAT, O_EXCL], path)
        }
        replacement.lock(descriptor)
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
}
