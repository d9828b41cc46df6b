import OddityPlatform

extension OutputFile {
    /// Waits until what was flushed is on the disk, where the output is a file.
    package func synchronize() {
        // Pipes and terminals cannot; a disk that fails shows with the next write.
        if path != "-" { _ = fsync(descriptor.number) }
    }

    /// Goes to where a file that grows ends now.
    func goToEnd() {
        guard let status = descriptor.status, status.st_mode & S_IFMT == S_IFREG else { return }
        let length = Int(status.st_size)
        if length < flushedLength { cutCount += 1 }
        flushedLength = length
        // Standard output may have been opened without O_APPEND; its end may lie behind the file's.
        if path == "-" { _ = lseek(descriptor.number, 0, SEEK_END) }
    }

    /// The number of bytes of a file up to the end of its last whole line; 0 where there is no file.
    ///
    /// - Throws: ``FileError`` if it cannot be read.
    package static func lengthOfWholeLines(of path: String) throws(FileError) -> Int {
        var status = stat()
        guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return 0
        }
        let file = try InputFile(path: path, requiresRegularFile: true)
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
        defer { block.deallocate() }
        var end = Int(status.st_size)
        while end > 0 {
            let start = max(0, end - block.count)
            let count = try file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: block[..<(end - start)]),
                at: start
            )
            if let last = block[..<count].lastIndex(of: UInt8(ascii: "\n")) {
                return start + last + 1
            }
            end = start
        }
        return 0
    }

    /// What is there before the first bytes of a file that is continued are written.
    struct EarlierFile {
        /// The bytes that are kept.
        let keptLength: Int
        /// Whether the file was not there.
        let isNew: Bool
    }

    /// Opens what is to be continued, for this program alone.
    ///
    /// - Returns: what is there; nil for what is no file.
    static func opened(
        continuing path: String,
        at length: Int
    ) throws(FileError) -> (Descriptor, EarlierFile?) {
        if path == "-" { return (.standardOutput, nil) }
        var status = stat()
        let isThere = stat(path, &status) == 0
        let isOther = isThere && status.st_mode & S_IFMT != S_IFREG
        if isOther, status.st_mode & S_IFMT == S_IFDIR { throw .writing(path, errno: EISDIR) }
        let flags = isOther ? O_WRONLY : O_WRONLY | O_CREAT | O_APPEND
        let descriptor = Descriptor.opening(path, flags)
        guard descriptor.isOpen else { throw .writing(path, errno: errno) }
        if isOther { return (descriptor, nil) }
        guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
            descriptor.close()
            throw FileError(
                .writeFailed,
                "another program goes on writing it; end that one, or name another file",
                path: path
            )
        }
        guard let status = descriptor.status, Int(status.st_size) >= length else {
            descriptor.close()
            throw FileError(
                .writeFailed,
                "it is shorter than the \(length) bytes that were written before; put it back, or "
                    + "remove the saved state to begin anew",
                path: path
            )
        }
        return (descriptor, EarlierFile(keptLength: length, isNew: !isThere))
    }
}
