import OddityPlatform

/// A file, a pipe, a device or standard input, open for reading.
///
/// Bytes are given out as they arrive: nothing waits for a buffer to be full.
package final class InputFile {
    /// The path as it was given; `-` is standard input.
    package let path: String
    /// The number of bytes of a regular file; nil for a pipe or a device.
    package let size: Int?
    let descriptor: Descriptor
    /// Where reading began; nil for what cannot go back.
    private let start: off_t?

    /// Opens a path, or standard input for `-`.
    ///
    /// - Parameters:
    ///   - path: What to open. Opening a named pipe waits for a writer.
    ///   - requiresRegularFile: Whether pipes and devices are refused, without waiting.
    /// - Throws: ``FileError``; a folder is one of code `isDirectory`, or `notARegularFile` where a
    ///   regular file is required.
    package convenience init(
        path: String,
        requiresRegularFile: Bool = false
    ) throws(FileError) {
        let flags = requiresRegularFile ? O_RDONLY | O_NONBLOCK : O_RDONLY
        try self.init(
            path == "-"
                ? Descriptor(number: dup(STDIN_FILENO)) : Descriptor.opening(path, flags),
            path: path,
            requiresRegularFile: requiresRegularFile
        )
    }

    /// Takes over a descriptor.
    init(
        _ descriptor: Descriptor,
        path: String,
        requiresRegularFile: Bool = false
    ) throws(FileError) {
        guard descriptor.isOpen else { throw .reading(path, errno: errno) }
        self.path = path
        self.descriptor = descriptor
        guard let status = descriptor.status else {
            // All of a class must be set before its initializer throws.
            (size, start) = (nil, nil)
            throw .reading(path, errno: errno)
        }
        let type = status.st_mode & S_IFMT
        let offset = lseek(descriptor.number, 0, SEEK_CUR)
        size = type == S_IFREG ? Int(status.st_size) : nil
        start = type == S_IFREG && offset >= 0 ? offset : nil
        if requiresRegularFile, type != S_IFREG { throw .notARegularFile(path) }
        if type == S_IFDIR { throw .reading(path, errno: EISDIR) }
    }

    deinit { descriptor.close() }

    /// Whether bytes may still be on their way, as in a pipe; a regular file has all of its bytes.
    package var isStream: Bool { size == nil }

    /// Whether ``rewind()`` is possible.
    package var canRewind: Bool { start != nil }

    /// Reads the bytes that are there, waiting for the first.
    ///
    /// - Parameter buffer: Where to, with room for at least one byte.
    /// - Returns: The number of bytes read; 0 at the end.
    /// - Throws: ``FileError``.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        let count = descriptor.read(into: buffer)
        guard count >= 0 else { throw .reading(path, errno: errno) }
        return count
    }

    /// Whether ``read(into:)`` would not have to wait: bytes, or the end, have arrived.
    ///
    /// - Parameter duration: How long to wait for them; not at all by default.
    package func isReady(within duration: Duration = .zero) -> Bool {
        guard isStream else { return true }
        let milliseconds = max(0, duration / .milliseconds(1)).rounded(.up)
        return descriptor.isReady(milliseconds: Int32(min(milliseconds, 1e9)))
    }

    /// Goes back to where reading began.
    ///
    /// - Throws: ``FileError`` for a pipe or a device.
    package func rewind() throws(FileError) {
        guard let start else { throw .reading(path, errno: ESPIPE) }
        guard lseek(descriptor.number, start, SEEK_SET) >= 0 else {
            throw .reading(path, errno: errno)
        }
    }
}
