import OddityPlatform

/// A buffered file that appears under its name only when it is complete.
///
/// The bytes go to a file beside the target that has no name, or a hidden one where the system knows
/// no unnamed files; ``close()`` gives it the name. A file that is dropped before, or that an error
/// ended, leaves nothing behind, and what stood under the name stays. An unnamed file is gone even
/// when the program is killed; what is left of one that is killed in the moment of naming, the next writer removes. Of
/// two that write one file at a time, the last to close wins.
///
/// A file that is replaced passes on its mode, and a symbolic link to it stays one. Standard
/// output (`-`), devices and pipes are written directly.
///
/// A reader of standard output that goes away sends the signal SIGPIPE, which ends a program unless
/// it is ignored (`signal(SIGPIPE, SIG_IGN)`); then it is a ``FileError`` of code `brokenPipe`.
package final class OutputFile {
    @usableFromInline static let capacity = 256 << 10

    /// The path as it was given; `-` is standard output.
    package let path: String
    private let isDurable: Bool
    let descriptor: Descriptor
    let replacement: Replacement?
    @usableFromInline let buffer: UnsafeMutablePointer<UInt8>
    /// The number of bytes that wait in the buffer; full once the file is closed or given up, so
    /// that the next byte goes to ``flush()``, which refuses it.
    @usableFromInline var count = 0
    private var isOpen = true
    /// The length of the file as far as it was handed to the operating system.
    package internal(set) var flushedLength = 0
    /// How often the file was found cut off since it was opened to be continued, as by a log rotation.
    package internal(set) var cutCount = 0
    /// Whether the file grows under its name.
    private let continues: Bool
    /// What was there before, until the first bytes are written.
    private var earlier: EarlierFile?
    /// The error that ended the writing.
    private var failure: FileError?

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: The file to create or replace; `-` is standard output.
    ///   - isDurable: Whether ``close()`` waits until the bytes are on the disk, so that a power
    ///     failure leaves the old file or the new one, complete.
    /// - Throws: ``FileError`` if it cannot be written.
    package init(path: String, isDurable: Bool = false) throws(FileError) {
        self.path = path
        self.isDurable = isDurable
        continues = false
        earlier = nil
        (descriptor, replacement) = try Self.open(path)
        buffer = .allocate(capacity: Self.capacity)
    }

    /// Goes on writing a file under its name, so that readers see it grow.
    ///
    /// Bytes go to the end of the file, wherever that is: one that is cut off meanwhile begins anew. Nothing is cut off
    /// before the first bytes are written, and a file that was not there is removed again if none are. No other program
    /// that goes on with it can be open at the same time.
    ///
    /// - Parameters:
    ///   - path: The file to create or to continue; `-` is standard output.
    ///   - length: The bytes of it to keep; what lies behind them is cut off. Pipes have none.
    /// - Throws: ``FileError`` if it cannot be written, is shorter, or another program goes on with it.
    package init(continuing path: String, at length: Int) throws(FileError) {
        self.path = path
        isDurable = false
        continues = true
        replacement = nil
        (descriptor, earlier) = try Self.opened(continuing: path, at: length)
        flushedLength = length
        buffer = .allocate(capacity: Self.capacity)
    }

    deinit {
        discard()
        buffer.deallocate()
    }

    /// Adds bytes.
    ///
    /// - Throws: ``FileError`` if the disk is full or the reader has gone.
    @inlinable
    package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        guard bytes.count <= Self.capacity - count else { return try appendInParts(bytes) }
        let room = UnsafeMutableRawBufferPointer(start: buffer + count, count: bytes.count)
        room.copyMemory(from: bytes)
        count += bytes.count
    }

    /// Adds one byte.
    ///
    /// - Throws: ``FileError`` if the disk is full or the reader has gone.
    @inlinable
    package func append(_ byte: UInt8) throws(FileError) {
        if count == Self.capacity { try flush() }
        buffer[count] = byte
        count += 1
    }

    /// Hands what was added to the operating system, so that a reader of a pipe sees it now.
    ///
    /// After an error the file is given up, and every later call throws that error again.
    ///
    /// - Precondition: The file is not closed.
    /// - Throws: ``FileError`` if the disk is full or the reader has gone.
    package func flush() throws(FileError) {
        if let failure { throw failure }
        precondition(isOpen, "the file is closed")
        if continues, count > 0 {
            try begin()
            goToEnd()
        }
        let code = descriptor.write(UnsafeRawBufferPointer(start: buffer, count: count))
        flushedLength += count
        count = 0
        if code != 0 { throw fail(errno: code) }
    }

    /// Completes the file; it now stands under its name.
    ///
    /// Closing again does nothing.
    ///
    /// - Throws: ``FileError`` if the rest cannot be written.
    package func close() throws(FileError) {
        if failure == nil, !isOpen { return }
        try flush()
        try begin()
        if isDurable, replacement != nil, fsync(descriptor.number) != 0 {
            throw fail(errno: errno)
        }
        guard let replacement else {
            finish()
            let code = closeDescriptor()
            if code != 0 { throw fail(errno: code) }
            return
        }
        var named = replacement
        let code = named.name(descriptor)
        if code != 0 { throw fail(errno: code) }
        try place(named)
        if isDurable { replacement.synchronizeFolder() }
    }

    /// Closes what has a name, and lets it take the place of an old file.
    private func place(_ replacement: Replacement) throws(FileError) {
        // The lock lasts until the name for a moment is gone.
        let lock = Descriptor(number: dup(descriptor.number))
        defer { if lock.isOpen { lock.close() } }
        finish()
        let code = closeDescriptor()
        if code == 0, rename(replacement.temporary, replacement.target) == 0 { return }
        let reason = code == 0 ? errno : code
        unlink(replacement.temporary)
        throw fail(errno: reason)
    }

    /// Adds more bytes than there is room for.
    @usableFromInline
    func appendInParts(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var left = bytes
        while !left.isEmpty {
            if count == Self.capacity { try flush() }
            let part = min(left.count, Self.capacity - count)
            let room = UnsafeMutableRawBufferPointer(start: buffer + count, count: part)
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: left[..<part]))
            count += part
            left = UnsafeRawBufferPointer(rebasing: left[part...])
        }
    }

    /// Cuts off what is not kept of a file that is continued.
    private func begin() throws(FileError) {
        guard let earlier else { return }
        self.earlier = nil
        if ftruncate(descriptor.number, off_t(earlier.keptLength)) != 0 { throw fail(errno: errno) }
    }

    private func fail(errno code: Int32) -> FileError {
        discard()
        let error = FileError.writing(path, errno: code)
        failure = error
        return error
    }

    /// Gives the file up and removes what was written.
    private func discard() {
        guard isOpen else { return }
        finish()
        if earlier?.isNew == true { unlink(path) }
        _ = closeDescriptor()
        replacement?.discard()
    }

    private func finish() {
        isOpen = false
        count = Self.capacity
    }

    private func closeDescriptor() -> Int32 {
        path == "-" ? 0 : descriptor.close()
    }
}
