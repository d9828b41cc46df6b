internal import Files

/// An array of numbers on the disk, read at any position.
///
/// Compressed arrays are decompressed to a temporary file first, so that neither their size nor the order
/// of reading matters for memory.
struct ArrayFile {
    let header: ArrayHeader
    let file: InputFile

    /// Opens an array.
    ///
    /// - Parameter check: Refuses an array by its header, before anything is decompressed.
    static func open(
        _ path: String,
        options: ImageReadingOptions,
        check: (ArrayHeader) throws(ImageError) -> Void
    ) throws(ImageError) -> ArrayFile {
        try reporting(path) {
            let input = try InputFile(path: path, requiresRegularFile: true)
            let prefix = try input.prefix(ArrayHeader.prefixSize)
            let found: ArrayFile
            switch ImageFormat(prefix) {
            case .zip:
                let archive = try ZipArchive(path: path)
                let source = try archive.pictures(named: options.arrayName)
                found = try spooled(source, options: options, check: check)
            case .gzip:
                found = try spooled(GzipSource(path: path), options: options, check: check)
            default:
                guard let header = try ArrayHeader.read(prefix) else {
                    throw ImageError(.notAPicture, "this is no array (NPY, NPZ or IDX)")
                }
                try check(header)
                found = ArrayFile(header: header, file: input)
                let expected = try header.totalSize()
                if let size = input.size, size < expected { throw tooShort(size, expected) }
            }
            return try found.header.isFortranOrder ? found.inRowOrder(options: options) : found
        }
    }

    /// The shape of the first array of pictures that a file holds; nil where it holds none.
    ///
    /// It is looked for without an error, to tell what a file is.
    static func shape(_ path: String) -> [Int]? {
        try? reporting(path) { () -> [Int]? in
            let prefix = try InputFile(path: path, requiresRegularFile: true)
                .prefix(ArrayHeader.prefixSize)
            switch ImageFormat(prefix) {
            case .zip: return try ZipArchive(path: path).pictureArrays().first?.header.shape
            case .gzip: return try ArrayHeader.read(GzipSource(path: path).prefix())?.shape
            default: return try ArrayHeader.read(prefix)?.shape
            }
        }
    }

    /// Fills a buffer with the numbers' bytes from an offset on.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ImageError) {
        let count: Int
        do throws(FileError) {
            count = try file.read(into: buffer, at: header.dataOffset + offset)
        } catch {
            throw ImageError(error)
        }
        guard count == buffer.count else {
            throw Self.tooShort(header.dataOffset + offset + count, try header.totalSize())
        }
    }

    /// Copies the bytes of a compressed array to a temporary file.
    private static func spooled(
        _ source: some ArrayByteSource,
        options: ImageReadingOptions,
        check: (ArrayHeader) throws(ImageError) -> Void
    ) throws -> ArrayFile {
        let prefix = try source.prefix()
        guard let header = try ArrayHeader.read(prefix) else {
            throw ImageError(.notAPicture, "what is compressed is no array (NPY or IDX)")
        }
        try check(header)
        let expected = try header.totalSize()
        try checkDiskUse(expected, options)
        let copy = try ScratchFile()
        try prefix.withUnsafeBytes {
            try copy.append(UnsafeRawBufferPointer(rebasing: $0.prefix(expected)))
        }
        var total = prefix.count
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        while case let count = try source.read(into: block), count > 0 {
            let room = max(0, expected - total)
            try copy.append(UnsafeRawBufferPointer(rebasing: block[..<min(count, room)]))
            total += count
            // What is too much is of no use, however much it is.
            if total > expected { break }
        }
        guard total >= expected else { throw tooShort(total, expected) }
        return ArrayFile(header: header, file: try copy.reading(as: source.path))
    }

    static func checkDiskUse(
        _ expected: Int,
        _ options: ImageReadingOptions
    ) throws(ImageError) {
        guard expected <= options.maximumDecompressedSize else {
            throw ImageError(
                .tooLarge,
                "the array needs \(expected) bytes of temporary file, more than the limit of"
                    + " \(options.maximumDecompressedSize); save it uncompressed, or raise the limit"
            )
        }
    }

    static func tooShort(_ size: Int, _ expected: Int) -> ImageError {
        ImageError(
            .truncated,
            "the file ends after \(size) of \(expected) bytes; copy it again, or write it again"
        )
    }

    /// Runs `body` and gives its errors the name of the file.
    private static func reporting<Value>(
        _ path: String,
        _ body: () throws -> Value
    ) throws(ImageError) -> Value {
        do {
            return try body()
        } catch let error as ImageError {
            throw error.file == nil ? error.named(path) : error
        } catch let error as FileError {
            throw ImageError(error)
        } catch {
            throw ImageError(.readFailed, "\(error)", file: path)
        }
    }
}

/// Where the decompressed bytes of an array come from, in their order.
protocol ArrayByteSource {
    var path: String { get }
    /// The first bytes, up to the size of the longest header; to be called once, before the rest is read.
    func prefix() throws -> [UInt8]
    /// Reads more; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ArrayByteSource {
    func prefix() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: ArrayHeader.prefixSize)
        var count = 0
        try bytes.withUnsafeMutableBytes { target in
            while count < target.count {
                let got = try read(into: .init(rebasing: target[count...]))
                if got == 0 { break }
                count += got
            }
        }
        return Array(bytes[..<count])
    }
}

extension InputFile {
    /// The first bytes of a file.
    func prefix(_ count: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = bytes.withUnsafeMutableBytes { target in
            Result { () throws(FileError) in try read(into: target, at: 0) }
        }
        bytes.removeSubrange(try result.get()...)
        return bytes
    }
}
