internal import COddityZlib

/// Decompresses gzip as its bytes arrive.
///
/// A file may have several members, one after the other; bytes after the last that are none are
/// passed over, as `gzip` does.
final class GzipInflater: Decompressor {
    /// The first bytes of every member.
    static let mark: [UInt8] = [0x1F, 0x8B]
    private static let inputSize = 64 << 10
    /// The window of 32 KB, and 16 for the gzip format.
    private static let windowBits: Int32 = 15 + 16

    private let path: String
    /// zlib keeps a pointer to it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    private var state = State.inMember
    /// Whether the last output had room left, so that there is no more without more input.
    private var isDrained = true

    private enum State {
        /// After a member, where another may follow.
        case betweenMembers
        case inMember
        /// After the last member.
        case ended
    }

    init(path: String) throws(DatasetError) {
        self.path = path
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(byteCount: Self.inputSize, alignment: 16)
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size) == Z_OK else {
            throw DatasetError(
                .readFailed,
                "no memory to decompress; free some",
                at: DataLocation(file: path)
            )
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// Whether there are bytes to go on with.
    var hasInput: Bool { state == .ended || stream.pointee.avail_in > 0 || !isDrained }

    /// Begins again with the first byte of the file.
    func restart() {
        inflateReset(stream)
        stream.pointee.avail_in = 0
        state = .inMember
        isDrained = true
    }

    /// Decompresses up to the size of a buffer, and at least one byte; 0 at the end.
    ///
    /// - Parameter more: Reads compressed bytes into a buffer; 0 at the end.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        more: (UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int
    ) throws(DatasetError) -> Int {
        let count = min(buffer.count, 1 << 30)
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(count)
        while stream.pointee.avail_out == count, state != .ended {
            if stream.pointee.avail_in == 0, isDrained {
                let got = try more(input)
                guard got > 0 else {
                    guard state == .betweenMembers else { throw truncated() }
                    state = .ended
                    break
                }
                stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_in = UInt32(got)
            }
            try advance()
        }
        return count - Int(stream.pointee.avail_out)
    }

    private func advance() throws(DatasetError) {
        if state == .betweenMembers {
            guard stream.pointee.next_in.pointee == Self.mark[0] else {
                state = .ended
                return
            }
            inflateReset(stream)
            state = .inMember
        }
        let result = inflate(stream, Z_NO_FLUSH)
        isDrained = stream.pointee.avail_out > 0
        switch result {
        // Without input, there was no output waiting either.
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            state = .betweenMembers
            isDrained = true
        default:
            throw DatasetError(
                .corruptGzip,
                "the gzip data is damaged; copy or compress the file again",
                at: DataLocation(file: path)
            )
        }
    }

    private func truncated() -> DatasetError {
        DatasetError(
            .truncatedGzip,
            "the gzip data ends too early; copy or compress the file again",
            at: DataLocation(file: path)
        )
    }
}
