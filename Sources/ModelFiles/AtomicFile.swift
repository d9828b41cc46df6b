#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that appears under its name complete or not at all.
///
/// Bytes go to a temporary file in the same directory, which is renamed once they are on the disk.
/// Whatever fails, the temporary file is removed and an older file of that name stays as it was.
final class AtomicFile {
    private let path: String
    private let temporaryPath: String
    private var descriptor: Int32

    init(path: String) throws(ModelFileError) {
        let slash = path.lastIndex(of: "/")
        let directory = slash.map { String(path[...$0]) } ?? ""
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty, name != ".", name != ".." else {
            throw ModelFileError(
                .notARegularFile,
                "the path names a directory; give the path of a file"
            )
        }
        self.path = path
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<16 {
            let suffix = String(UInt64.random(in: .min ... .max, using: &generator), radix: 36)
            // A name may have 255 bytes; the rest is for the dots and the suffix.
            let candidate = "\(directory).\(name.prefix(50)).\(suffix).tmp"
            let opened = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if opened >= 0 {
                descriptor = opened
                temporaryPath = candidate
                return
            }
            guard errno == EEXIST else { break }
        }
        throw SystemFailure.error("cannot make a file in the directory of the model")
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(temporaryPath)
        }
    }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
        guard let start = bytes.baseAddress else { return }
        var done = 0
        while done < bytes.count {
            let count = write(descriptor, start + done, bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemFailure.error("cannot write the model file")
            }
            done += count
        }
    }

    /// Brings the bytes to the disk and gives the file its name.
    func commit() throws(ModelFileError) {
        guard fsync(descriptor) == 0 else {
            throw SystemFailure.error("cannot bring the model file to the disk")
        }
        guard rename(temporaryPath, path) == 0 else {
            throw SystemFailure.error("cannot give the model file its name")
        }
        close(descriptor)
        descriptor = -1
        Self.synchronizeDirectory(of: path)
    }

    /// Makes the new name survive a power failure, where the file system can.
    private static func synchronizeDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let opened = open(directory, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return }
        _ = fsync(opened)
        close(opened)
    }
}
