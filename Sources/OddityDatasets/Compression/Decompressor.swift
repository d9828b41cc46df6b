/// Decompresses bytes as they arrive.
protocol Decompressor: AnyObject {
    /// Whether there are bytes to go on with.
    var hasInput: Bool { get }

    /// Begins again with the first byte of the file.
    func restart()

    /// Decompresses up to the size of a buffer, and at least one byte; 0 at the end.
    ///
    /// - Parameter more: Reads compressed bytes into a buffer; 0 at the end.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        more: (UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int
    ) throws(DatasetError) -> Int
}

/// The kinds of compression that are read.
enum Compression {
    case gzip, zstd

    /// How many bytes ``init(_:)`` wants to see.
    static let markSize = 4

    /// What the first bytes of a file say; nil for bytes that are not compressed.
    init?(_ start: some Collection<UInt8>) {
        let bytes = Array(start.prefix(Self.markSize))
        if bytes.starts(with: GzipInflater.mark) {
            self = .gzip
        } else if bytes == ZstdDecompressor.mark || ZstdDecompressor.beginsSkippableFrame(bytes) {
            self = .zstd
        } else {
            return nil
        }
    }

    func decompressor(path: String) throws(DatasetError) -> any Decompressor {
        switch self {
        case .gzip: try GzipInflater(path: path)
        case .zstd: try ZstdDecompressor(path: path)
        }
    }
}
