internal import OddityFiles

/// An array of numbers on the disk, or in memory, read at any position.
///
/// Compressed arrays are decompressed to a temporary file first, so that neither their size nor the order
/// of reading matters for memory.
package struct ArrayFile {
    package let header: ArrayHeader
    let bytes: ArrayBytes

    init(header: ArrayHeader, bytes: ArrayBytes) {
        (self.header, self.bytes) = (header, bytes)
    }

    private init(header: ArrayHeader, file: InputFile) {
        self.init(header: header, bytes: .file(file))
    }

    /// An array in memory, its numbers side by side, the last dimension varying fastest.
    ///
    /// - Parameters:
    ///   - memory: The numbers, which stay as they are for as long as the array is read.
    ///   - name: What errors call it.
    /// - Throws: ``ArrayError`` if there are fewer bytes than the shape needs.
    package init(
        memory: UnsafeRawBufferPointer,
        element: ArrayElement,
        shape: [Int],
        name: String
    ) throws(ArrayError) {
        header = ArrayHeader(element: element, shape: shape, dataOffset: 0)
        bytes = .memory(memory, name: name)
        let expected = try header.totalSize()
        if memory.count < expected { throw Self.tooShort(memory.count, expected) }
    }

    /// Opens an array.
    ///
    /// - Parameter check: Refuses an array by its header, before anything is decompressed.
    /// - Throws: ``ArrayError`` naming the file, or what `check` throws.
    package static func open(
        _ path: String,
        options: ArrayReadingOptions,
        check: (ArrayHeader) throws -> Void
    ) throws -> ArrayFile {
        try reporting(path) {
            let input = try InputFile(path: path, requiresRegularFile: true)
            let prefix = try input.prefix(ArrayHeader.prefixSize)
            let found: ArrayFile
            switch ArrayFormat(prefix) {
            case .zip:
                let archive = try ZipArchive(path: path, content: options.content)
                let source = try archive.array(named: options.arrayName)
                found = try spooled(source, options: options, check: check)
            case .gzip:
                found = try spooled(GzipSource(path: path), options: options, check: check)
            default:
                guard let header = try ArrayHeader.read(prefix, for: options.content) else {
                    throw ArrayError(
                        .notAnArray,
                        "this is no array (NPY, NPZ or IDX); give one that is"
                    )
                }
                try check(header)
                found = ArrayFile(header: header, file: input)
                let expected = try header.totalSize()
                if let size = input.size, size < expected { throw tooShort(size, expected) }
            }
            return try found.header.isFortranOrder ? found.inRowOrder(options: options) : found
        }
    }

    /// The shape of the first array of the wanted dimensions in a file; nil where there is none.
    ///
    /// It is looked for without an error, to tell what a file is.
    package static func shape(_ path: String, for content: ArrayContent) -> [Int]? {
        try? reporting(path) { () -> [Int]? in
            let prefix = try InputFile(path: path, requiresRegularFile: true)
                .prefix(ArrayHeader.prefixSize)
            switch ArrayFormat(prefix) {
            case .zip:
                return try ZipArchive(path: path, content: content).fittingArrays().first?
                    .header.shape
            case .gzip:
                return try ArrayHeader.read(GzipSource(path: path).prefix(), for: content)?.shape
            default: return try ArrayHeader.read(prefix, for: content)?.shape
            }
        }
    }

    /// Whether a file, which holds no array of the wanted dimensions, is meant to hold arrays all the same.
    ///
    /// So is what begins as one, and an archive of nothing else; another archive or compressed file is not.
    package static func isMeantAsArray(_ path: String, prefix: [UInt8]) -> Bool {
        switch ArrayFormat(prefix) {
        case .npy, .idx: true
        case .zip: ZipArchive.holdsOnlyArrays(path: path, prefix: prefix)
        case .gzip, nil: false
        }
    }

    /// Fills a buffer with the numbers' bytes from an offset on.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int
    ) throws(ArrayError) {
        let count: Int
        do throws(FileError) {
            count = try bytes.read(into: buffer, at: header.dataOffset + offset)
        } catch {
            throw ArrayError(error)
        }
        guard count == buffer.count else {
            throw Self.tooShort(header.dataOffset + offset + count, try header.totalSize())
        }
    }

    /// Copies the bytes of a compressed array to a temporary file.
    private static func spooled(
        _ source: some ArrayByteSource,
        options: ArrayReadingOptions,
        check: (ArrayHeader) throws -> Void
    ) throws -> ArrayFile {
        let prefix = try source.prefix()
        guard let header = try ArrayHeader.read(prefix, for: options.content) else {
            throw ArrayError(
                .notAnArray,
                "what is compressed is no array (NPY or IDX); give one that is"
            )
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
        _ options: ArrayReadingOptions
    ) throws(ArrayError) {
        guard expected <= options.maximumDecompressedSize else {
            throw ArrayError(
                .tooLarge,
                "the array needs \(expected) bytes of temporary file, more than the limit of"
                    + " \(options.maximumDecompressedSize); save it uncompressed, or raise the limit"
            )
        }
    }

    static func tooShort(_ size: Int, _ expected: Int) -> ArrayError {
        ArrayError(
            .truncated,
            "the file ends after \(size) of \(expected) bytes; copy it again, or write it again"
        )
    }

    /// Runs `body` and gives its errors the name of the file.
    private static func reporting<Value>(
        _ path: String,
        _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as ArrayError {
            throw error.file == nil ? error.named(path) : error
        } catch let error as FileError {
            throw ArrayError(error)
        }
    }
}
