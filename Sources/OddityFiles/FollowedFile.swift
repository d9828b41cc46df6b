import OddityPlatform

/// A file that grows, or a pipe: its bytes as they come.
package final class FollowedFile {
    /// What a wait ended with.
    package enum Event: Equatable, Sendable {
        /// So many bytes came.
        case bytes(Int)
        /// No more bytes will come.
        case end
        /// Nothing came in the time given.
        case silence
        /// A signal came.
        case interrupted
        /// The file was cut off, and begins anew.
        case truncated
        /// Another file has the name now, which begins anew.
        case replaced
    }

    /// How often a file is looked at for new bytes.
    static let pollInterval = Duration.milliseconds(50)

    /// The path as it was given; `-` is standard input.
    package let path: String
    /// Whether bytes that will be written to a file are waited for.
    package let follows: Bool
    /// The number of bytes of the file that were read.
    package private(set) var position: Int
    private var descriptor: Descriptor
    private var identity: FileIdentity
    private let interruption: Interruption?
    /// Whether the file has lost its name to another one, which is read after it.
    private var isRotated: Bool

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file, a pipe, or `-` for standard input.
    ///   - rotated: The file that had the path before another one got it; at its end the other one is read, which
    ///     is told as ``Event/replaced``.
    ///   - position: Where in a regular file to begin.
    ///   - follows: Whether to wait for more at the end of a regular file.
    ///   - interruption: What ends a wait.
    /// - Throws: ``FileError`` if it cannot be read.
    package init(
        path: String,
        rotated: InputFile? = nil,
        position: Int = 0,
        follows: Bool = false,
        interruption: Interruption? = nil
    ) throws(FileError) {
        self.path = path
        self.follows = follows
        self.interruption = interruption
        isRotated = rotated != nil
        if let rotated {
            (descriptor, identity) = try Self.continued(rotated)
        } else {
            (descriptor, identity) = try Self.open(path)
        }
        self.position = 0
        if isFile, path != "-" { try seek(to: position) }
    }

    deinit { if path != "-" { descriptor.close() } }

    /// Whether it is a regular file, and no pipe.
    package var isFile: Bool { identity.isFile }

    /// Waits for bytes.
    ///
    /// - Parameters:
    ///   - buffer: Where to put them.
    ///   - duration: How long to wait at the most; nil for ever.
    /// - Throws: ``FileError``.
    package func next(
        into buffer: UnsafeMutableRawBufferPointer,
        within duration: Duration?
    ) throws(FileError) -> Event {
        let deadline = duration.map { ContinuousClock.now + $0 }
        while true {
            if interruption?.hasCome == true { return .interrupted }
            if !isFile, !isReady(within: deadline.map { $0 - .now }) {
                if interruption?.hasCome == true { return .interrupted }
                if let deadline, deadline <= .now { return .silence }
                continue
            }
            let count = descriptor.read(into: buffer)
            guard count >= 0 else { throw .reading(path, errno: errno) }
            if count > 0 {
                position += count
                return .bytes(count)
            }
            guard isFile, follows || isRotated else { return .end }
            if let event = try restarted() { return event }
            guard follows else { return .end }
            if let deadline, deadline <= .now { return .silence }
            pause(deadline.map { min($0 - .now, Self.pollInterval) } ?? Self.pollInterval)
        }
    }

    /// The bytes of a range of a regular file, as far as it has them; where reading goes on stays.
    ///
    /// - Throws: ``FileError``.
    package func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        let result = bytes.withUnsafeMutableBytes { target in
            Result { () throws(FileError) in
                try descriptor.read(into: target, at: range.lowerBound, naming: path)
            }
        }
        bytes.removeSubrange(try result.get()...)
        return bytes
    }

    private static func open(_ path: String) throws(FileError) -> (Descriptor, FileIdentity) {
        let descriptor =
            path == "-" ? .standardInput : Descriptor.opening(path, O_RDONLY)
        guard descriptor.isOpen, let status = descriptor.status else {
            throw .reading(path, errno: errno)
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            descriptor.close()
            throw .reading(path, errno: EISDIR)
        }
        return (descriptor, FileIdentity(status))
    }

    /// A file that is open already.
    private static func continued(
        _ file: InputFile
    ) throws(FileError) -> (Descriptor, FileIdentity) {
        let descriptor = Descriptor(number: dup(file.descriptor.number))
        guard descriptor.isOpen, let status = descriptor.status else {
            throw .reading(file.path, errno: errno)
        }
        return (descriptor, FileIdentity(status))
    }

    private func seek(to position: Int) throws(FileError) {
        guard lseek(descriptor.number, off_t(position), SEEK_SET) >= 0 else {
            throw .reading(path, errno: errno)
        }
        self.position = position
    }

    /// At the end: whether the file was cut, or another one has its name.
    private func restarted() throws(FileError) -> Event? {
        if let status = descriptor.status, Int(status.st_size) < position {
            try seek(to: 0)
            return .truncated
        }
        var status = stat()
        // Between two files of a rotation there may be none.
        guard stat(path, &status) == 0, FileIdentity(status) != identity else { return nil }
        // What was written to the old file meanwhile comes first.
        if let old = descriptor.status, Int(old.st_size) > position { return nil }
        let (next, identity) = try Self.open(path)
        descriptor.close()
        (descriptor, self.identity, position) = (next, identity, 0)
        isRotated = false
        return .replaced
    }

    private func isReady(within duration: Duration?) -> Bool {
        var states = [pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)]
        if let interruption {
            states.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
        }
        let count = poll(&states, nfds_t(states.count), milliseconds(duration))
        return count > 0 && states[0].revents != 0
    }

    private func pause(_ duration: Duration) {
        guard let interruption else {
            usleep(useconds_t(max(0, milliseconds(duration))) * 1_000)
            return
        }
        _ = Descriptor(number: interruption.descriptor)
            .isReady(milliseconds: milliseconds(duration))
    }

    private func milliseconds(_ duration: Duration?) -> Int32 {
        guard let duration else { return -1 }
        return Int32(max(0, min((duration / .milliseconds(1)).rounded(.up), 1e9)))
    }
}

/// What tells files apart, whatever their names.
private struct FileIdentity: Equatable {
    let device: UInt64
    let number: UInt64
    let isFile: Bool

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(truncatingIfNeeded: status.st_ino)
        isFile = status.st_mode & S_IFMT == S_IFREG
    }
}
