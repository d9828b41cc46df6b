import CZlib

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a file or of standard input, decompressed where they are gzip.
final class ByteSource {
    /// The path as it was given; `-` is standard input.
    let path: String
    private var file: gzFile
    private var isSeekable: Bool
    private var hasRead = false

    /// Opens a path, or standard input for `-`.
    init(path: String) throws(DatasetError) {
        self.path = path
        let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .reading(path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw .reading(path, errno: EISDIR)
        }
        isSeekable =
            status.st_mode & S_IFMT == S_IFREG && lseek(descriptor, 0, SEEK_CUR) >= 0
        guard let file = gzdopen(descriptor, "rb") else {
            close(descriptor)
            throw .reading(path, errno: ENOMEM)
        }
        self.file = file
        gzbuffer(file, 64 << 10)
    }

    deinit {
        gzclose_r(file)
    }

    /// Reads up to `count` bytes; 0 at the end.
    func read(
        into buffer: UnsafeMutablePointer<UInt8>,
        count: Int
    ) throws(DatasetError) -> Int {
        hasRead = true
        errno = 0
        let got = gzread(file, buffer, UInt32(clamping: min(count, 1 << 30)))
        if got < count {
            var code: Int32 = 0
            gzerror(file, &code)
            if code != Z_OK || got < 0 { throw failure(code, systemError: errno) }
        }
        return Int(got)
    }

    /// Goes back to the start.
    ///
    /// What cannot go back (a pipe) must first be kept with ``spool(_:)``.
    func rewind() throws(DatasetError) {
        guard hasRead else { return }
        guard isSeekable, gzrewind(file) == 0 else { throw .reading(path, errno: ESPIPE) }
    }

    /// Whether a pass over the bytes can be followed by another.
    var canRewind: Bool { isSeekable }

    /// Copies a stream to an unnamed temporary file, which takes its place.
    ///
    /// - Parameter start: The bytes already read from the stream.
    func spool(_ start: UnsafeBufferPointer<UInt8>) throws(DatasetError) {
        var template = Array((temporaryFolder() + "/oddity-input-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .writing("temporary file", errno: errno) }
        unlink(template)
        var isKept = false
        defer { if !isKept { close(descriptor) } }

        try writeAll(start.baseAddress, start.count, to: descriptor, name: "temporary file")
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: 256 << 10)
        defer { block.deallocate() }
        while true {
            let count = try read(into: block, count: 256 << 10)
            if count == 0 { break }
            try writeAll(block, count, to: descriptor, name: "temporary file")
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0, let copy = gzdopen(descriptor, "rb") else {
            throw .reading(path, errno: errno)
        }
        isKept = true
        gzbuffer(copy, 64 << 10)
        gzclose_r(file)
        file = copy
        isSeekable = true
        hasRead = false
    }

    private func temporaryFolder() -> String {
        guard let folder = getenv("TMPDIR"), folder.pointee != 0 else { return "/tmp" }
        return String(cString: folder)
    }

    private func failure(_ code: Int32, systemError: Int32) -> DatasetError {
        let location = DataLocation(file: path)
        switch code {
        case Z_BUF_ERROR:
            return DatasetError(
                .truncatedGzip,
                "the gzip data ends too early; copy or compress the file again",
                at: location
            )
        case Z_DATA_ERROR:
            return DatasetError(
                .corruptGzip,
                "the gzip data is damaged; copy or compress the file again",
                at: location
            )
        default: return .reading(path, errno: systemError == 0 ? EIO : systemError)
        }
    }
}

/// Writes all the bytes, going on where a signal or a full pipe interrupts.
func writeAll(
    _ bytes: UnsafePointer<UInt8>?,
    _ count: Int,
    to descriptor: Int32,
    name: String
) throws(DatasetError) {
    guard var cursor = bytes else { return }
    var left = count
    while left > 0 {
        let written = write(descriptor, cursor, left)
        if written > 0 {
            cursor += written
            left -= written
        } else if written == 0 || errno != EINTR {
            throw .writing(name, errno: written == 0 ? EIO : errno)
        }
    }
}
