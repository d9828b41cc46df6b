import OddityPlatform

/// A file without a name, to keep what is too large for memory; it goes when it is closed.
///
/// It lies in the folder that the environment variable `TMPDIR` names, else in `/tmp`.
///
/// Several threads may read positions at once, as long as nothing is added.
package final class ScratchFile: @unchecked Sendable {
    /// What errors name.
    private let name: String
    private let descriptor: Descriptor

    /// Makes an empty file.
    ///
    /// - Throws: ``FileError`` if the folder cannot be written.
    package init() throws(FileError) {
        let folder = Self.folder()
        name = "a temporary file in \(folder)"
        var template = Array((folder + "/oddity-XXXXXX").utf8CString)
        descriptor = Descriptor(number: mkstemp(&template))
        guard descriptor.isOpen else {
            let code = errno
            guard code == ENOENT || code == ENOTDIR else { throw .writing(name, errno: code) }
            throw FileError(
                .notFound,
                "no such folder; set TMPDIR to one that is there",
                path: name
            )
        }
        unlink(template)
    }

    deinit { if descriptor.isOpen { descriptor.close() } }

    /// Adds bytes.
    ///
    /// - Throws: ``FileError`` if the disk is full.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        let code = descriptor.write(bytes)
        guard code == 0 else { throw .writing(name, errno: code) }
    }

    /// Fills a buffer with the bytes from a position on, all of which have been added.
    ///
    /// - Throws: ``FileError`` if the disk fails.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at position: Int
    ) throws(FileError) {
        let count = try descriptor.read(into: buffer, at: position, naming: name)
        guard count == buffer.count else { throw .reading(name, errno: EIO) }
    }

    /// The file from its first byte; nothing may be added while it is read.
    ///
    /// - Parameter path: What errors of reading shall name.
    /// - Throws: ``FileError`` if the system has no descriptor left.
    package func reading(as path: String) throws(FileError) -> InputFile {
        guard lseek(descriptor.number, 0, SEEK_SET) == 0 else {
            throw .reading(name, errno: errno)
        }
        return try InputFile(Descriptor(number: dup(descriptor.number)), path: path)
    }

    static func folder() -> String {
        guard let folder = getenv("TMPDIR"), folder.pointee != 0 else { return "/tmp" }
        return String(cString: folder)
    }
}
