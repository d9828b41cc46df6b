import OddityPlatform

/// The system's handle of an open file, with calls that go on after an interruption.
struct Descriptor {
    static let standardInput = Descriptor(number: STDIN_FILENO)
    static let standardOutput = Descriptor(number: STDOUT_FILENO)

    let number: Int32

    var isOpen: Bool { number >= 0 }

    /// Opens a file; check ``isOpen``, and `errno` where it is not.
    static func opening(_ path: String, _ flags: Int32) -> Descriptor {
        Descriptor(number: open(path, flags | O_CLOEXEC, 0o666))
    }

    /// Reads what is there, waiting for a first byte; 0 at the end, -1 with `errno` on an error.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = systemRead(number, buffer)
            if count >= 0 { return count }
            guard canRetry(waitingFor: POLLIN) else { return -1 }
        }
    }

    /// Writes all the bytes; 0, or the `errno` of the error.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        var left = bytes
        while !left.isEmpty {
            let count = systemWrite(number, left)
            if count > 0 {
                left = UnsafeRawBufferPointer(rebasing: left[count...])
            } else if count == 0 {
                return EIO
            } else if !canRetry(waitingFor: POLLOUT) {
                return errno
            }
        }
        return 0
    }

    /// Whether reading would not wait; -1 milliseconds wait until it is so.
    func isReady(for event: Int32 = POLLIN, milliseconds: Int32) -> Bool {
        var state = pollfd(fd: number, events: Int16(event), revents: 0)
        return poll(&state, 1, milliseconds) > 0
    }

    /// What `fstat` says, or nil with `errno` set.
    var status: stat? {
        var status = stat()
        return fstat(number, &status) == 0 ? status : nil
    }

    /// Closes it; 0, or the `errno` of the error.
    @discardableResult
    func close() -> Int32 {
        systemClose(number) == 0 ? 0 : errno
    }

    /// After a failed call: waits where it only came too early.
    private func canRetry(waitingFor event: Int32) -> Bool {
        if errno == EINTR { return true }
        // Another program can have made a shared terminal or pipe non-blocking.
        guard errno == EAGAIN || errno == EWOULDBLOCK else { return false }
        _ = isReady(for: event, milliseconds: -1)
        return true
    }
}

// Inside the type, the system's functions are hidden by the methods of their names.

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

private func systemClose(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
