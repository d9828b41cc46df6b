internal import OddityFiles

/// The bytes of a file or of standard input, decompressed where they are gzip or zstd, or bytes that are pushed, or made
/// as they are read.
///
/// What a pipe has brought is given out at once.
final class ByteStream {
    private static let blockSize = 256 << 10

    /// nil where bytes are pushed or made.
    private var file: InputFile?
    private var producer: (any TextProducer)?
    /// Bytes that were made and not yet read.
    private var made: ArraySlice<UInt8> = []
    private var pushed: [UInt8] = []
    private var pushedStart = 0
    private var isFinished = false
    private var decompressor: (any Decompressor)?
    /// Bytes read to look for the mark of a compressed file, which come first.
    private var start: [UInt8] = []
    private var isUndecided = true
    /// The encoding that an option names; nil to look for the mark of UTF-16.
    private var encoding: TextEncoding?
    private var transcoder: TextTranscoder?
    /// Whether no text was read yet, so that its first bytes tell how it is written.
    private var isAtTextStart = true

    /// Opens a path, or standard input for `-`.
    ///
    /// - Parameter encoding: How the text is written; nil for UTF-8, and UTF-16 where its mark says so.
    init(path: String, encoding: TextEncoding? = nil) throws(DatasetError) {
        self.path = path
        self.encoding = encoding
        do {
            file = try InputFile(path: path)
        } catch {
            throw DatasetError(error)
        }
    }

    /// Takes bytes from ``push(_:)``, of which errors speak by a name.
    init(pushingAs name: String) {
        path = name
        isUndecided = false
    }

    /// Takes bytes that are made as they are read, of which errors speak by a name.
    init(_ producer: any TextProducer, path: String) {
        self.path = path
        self.producer = producer
        isUndecided = false
        isAtTextStart = false
    }

    /// The path as it was given; `-` is standard input.
    let path: String

    /// Whether the bytes lie in a file, so that a person finds a line of it.
    var hasLines: Bool { producer == nil }

    /// The place of a line, where the bytes have lines.
    func location(line: Int? = nil, row: Int? = nil, column: String? = nil) -> DataLocation {
        DataLocation(file: path, line: hasLines ? line : nil, row: row, column: column)
    }

    /// Whether a pass over the bytes can be followed by another.
    var canRewind: Bool { producer != nil || file?.canRewind ?? false }

    /// Whether bytes may still be on their way.
    var isStream: Bool { producer == nil && file?.isStream ?? true }

    /// Adds bytes behind those that were pushed and not yet read.
    func push(_ bytes: UnsafeRawBufferPointer) {
        pushed.append(contentsOf: bytes)
    }

    /// The number of bytes that were pushed and not read.
    var pushedCount: Int { pushed.count - pushedStart }

    /// Says that no more bytes are pushed.
    func finish() {
        isFinished = true
    }

    /// Reads up to `count` bytes, waiting for the first; 0 at the end.
    func read(
        into buffer: UnsafeMutablePointer<UInt8>,
        count: Int
    ) throws(DatasetError) -> Int {
        if let producer { return try takeMade(producer, buffer, count) }
        if file == nil { return takePushed(buffer, count) }
        if transcoder != nil { return try readTranscoded(into: buffer, count: count) }
        if isAtTextStart, let encoding, encoding != .utf8 {
            isAtTextStart = false
            transcoder = TextTranscoder(encoding)
            return try readTranscoded(into: buffer, count: count)
        }
        var got = try readText(into: buffer, count: count)
        guard isAtTextStart, encoding == nil, count > 1 else { return got }
        isAtTextStart = false
        while got > 0, got < min(4, count) {
            let more = try readText(into: buffer + got, count: count - got)
            guard more > 0 else { break }
            got += more
        }
        let start = Array(UnsafeBufferPointer(start: buffer, count: got))
        guard !start.starts(with: [0xFF, 0xFE, 0, 0]), let found = TextEncoding(mark: start) else {
            return got
        }
        transcoder = TextTranscoder(found, start: start)
        return try readTranscoded(into: buffer, count: count)
    }

    private func readTranscoded(
        into buffer: UnsafeMutablePointer<UInt8>,
        count: Int
    ) throws(DatasetError) -> Int {
        guard var current = transcoder else { return 0 }
        transcoder = nil
        defer { transcoder = current }
        return try current.read(into: buffer, count: count) { block throws(DatasetError) in
            guard let base = block.baseAddress else { return 0 }
            return try readText(into: base, count: block.count)
        }
    }

    /// Reads bytes of the text, decompressed.
    private func readText(
        into buffer: UnsafeMutablePointer<UInt8>,
        count: Int
    ) throws(DatasetError) -> Int {
        if isUndecided { try decide() }
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: count)
        if let decompressor {
            return try decompressor.read(into: target) { input throws(DatasetError) in
                try self.readRaw(into: input)
            }
        }
        return try readRaw(into: target)
    }

    /// Whether reading would not have to wait.
    func isReady(within duration: Duration = .zero) -> Bool {
        !start.isEmpty || transcoder?.hasOutput == true || decompressor?.hasInput == true
            || hasPushed || producer != nil || file?.isReady(within: duration) == true
    }

    /// Whether pushed bytes, or their end, are there to be read.
    private var hasPushed: Bool {
        file == nil && producer == nil && (isFinished || pushedStart < pushed.count)
    }

    private func takeMade(
        _ producer: any TextProducer,
        _ buffer: UnsafeMutablePointer<UInt8>,
        _ count: Int
    ) throws(DatasetError) -> Int {
        while made.isEmpty {
            guard let bytes = try producer.next() else { return 0 }
            made = bytes[...]
        }
        let taken = made.prefix(count)
        UnsafeMutableRawBufferPointer(start: buffer, count: count).copyBytes(from: taken)
        made = made.dropFirst(taken.count)
        return taken.count
    }

    private func takePushed(_ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        let count = min(count, pushed.count - pushedStart)
        for index in 0..<count { buffer[index] = pushed[pushedStart + index] }
        pushedStart += count
        if pushedStart == pushed.count {
            pushed.removeAll(keepingCapacity: true)
            pushedStart = 0
        }
        return count
    }

    /// Goes back to the start.
    ///
    /// What cannot go back (a pipe) must first be kept with ``spool(_:)``.
    func rewind() throws(DatasetError) {
        if let producer {
            made = []
            try producer.restart()
            return
        }
        do {
            try file?.rewind()
        } catch {
            throw DatasetError(error)
        }
        start = []
        decompressor?.restart()
        transcoder = nil
        isAtTextStart = true
    }

    /// Copies a stream to a temporary file, which takes its place.
    ///
    /// - Parameter start: The bytes already read from the stream.
    func spool(_ start: UnsafeBufferPointer<UInt8>) throws(DatasetError) {
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.blockSize)
        defer { block.deallocate() }
        do {
            let copy = try ScratchFile()
            try copy.append(UnsafeRawBufferPointer(start))
            while case let count = try read(into: block, count: Self.blockSize), count > 0 {
                try copy.append(UnsafeRawBufferPointer(start: block, count: count))
            }
            file = try copy.reading(as: path)
        } catch let error as FileError {
            throw DatasetError(error)
        } catch let error as DatasetError {
            throw error
        } catch {
            throw DatasetError(.readFailed, "\(error)")
        }
        // The copy is of the decompressed bytes.
        self.start = []
        decompressor = nil
        isUndecided = false
        encoding = .utf8
        transcoder = nil
    }

    /// Finds out from the first bytes whether the file is compressed.
    private func decide() throws(DatasetError) {
        let size = Compression.markSize
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
        defer { bytes.deallocate() }
        var count = 0
        while count < size {
            let got = try readRaw(into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
            if got == 0 { break }
            count += got
        }
        start = Array(bytes[..<count])
        isUndecided = false
        decompressor = try Compression(start)?.decompressor(path: path)
    }

    /// Reads bytes as they lie in the file.
    private func readRaw(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(DatasetError) -> Int {
        guard start.isEmpty else {
            let count = min(start.count, buffer.count)
            buffer.copyBytes(from: start[..<count])
            start.removeFirst(count)
            return count
        }
        do {
            return try file?.read(into: buffer) ?? 0
        } catch {
            throw DatasetError(error)
        }
    }
}
