internal import COddityZstd

/// Decompresses zstd as its bytes arrive.
///
/// A file may have several frames, one after the other, and frames of other content between them, which are passed
/// over.
final class ZstdDecompressor: Decompressor {
    /// The first bytes of every frame.
    static let mark: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    private static let inputSize = 128 << 10

    private let path: String
    private let stream: OpaquePointer
    private let block: UnsafeMutableRawBufferPointer
    private var input = ZSTD_inBuffer()
    private var isBetweenFrames = false
    private var isEnded = false
    /// Whether the last output had room left, so that there is no more without more input.
    private var isDrained = true

    /// Whether bytes begin a frame that holds none of the content.
    static func beginsSkippableFrame(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 4 && bytes[0] & 0xF0 == 0x50
            && bytes[1...3].elementsEqual([0x2A, 0x4D, 0x18])
    }

    init(path: String) throws(DatasetError) {
        self.path = path
        block = .allocate(byteCount: Self.inputSize, alignment: 16)
        guard let stream = ZSTD_createDStream() else {
            block.deallocate()
            throw DatasetError(
                .readFailed,
                "no memory to decompress; free some",
                at: DataLocation(file: path)
            )
        }
        self.stream = stream
    }

    deinit {
        ZSTD_freeDStream(stream)
        block.deallocate()
    }

    var hasInput: Bool { isEnded || input.pos < input.size || !isDrained }

    func restart() {
        ZSTD_DCtx_reset(stream, ZSTD_reset_session_only)
        input = ZSTD_inBuffer()
        isBetweenFrames = false
        isEnded = false
        isDrained = true
    }

    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        more: (UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int
    ) throws(DatasetError) -> Int {
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while output.pos == 0, !isEnded {
            if input.pos == input.size, isDrained {
                let got = try more(block)
                guard got > 0 else {
                    guard isBetweenFrames else { throw truncated() }
                    isEnded = true
                    break
                }
                input = ZSTD_inBuffer(src: block.baseAddress, size: got, pos: 0)
            }
            let left = ZSTD_decompressStream(stream, &output, &input)
            guard ZSTD_isError(left) == 0 else { throw damaged(left) }
            isBetweenFrames = left == 0
            isDrained = left == 0 || output.pos < output.size
        }
        return output.pos
    }

    private func damaged(_ code: Int) -> DatasetError {
        let isLarge = ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge
        return DatasetError(
            .corruptZstd,
            isLarge
                ? "the zstd data needs more than 128 MB to decompress; compress the file without --long, or unpack"
                    + " it on the way: zstd -dc --long=31 FILE | oddity … -"
                : "the zstd data is damaged; copy or compress the file again",
            at: DataLocation(file: path)
        )
    }

    private func truncated() -> DatasetError {
        DatasetError(
            .truncatedZstd,
            "the zstd data ends too early; copy or compress the file again",
            at: DataLocation(file: path)
        )
    }
}
