#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A buffered file that appears under its name only when it is complete.
///
/// The bytes go to a hidden file beside the target, which ``close()`` renames. A file that is
/// dropped before leaves nothing behind. Standard output (`-`), devices and pipes are written
/// directly.
final class OutputFile {
    private static let capacity = 256 << 10

    private let path: String
    private var descriptor: Int32
    /// The file that is renamed on closing, and its future name; nil when writing directly.
    private let replacement: (temporary: String, target: String)?
    private let buffer: UnsafeMutablePointer<UInt8>
    private var count = 0
    private(set) var isOpen = true
    /// The error that ended the writing.
    private(set) var failure: DatasetError?

    init(path: String) throws(DatasetError) {
        self.path = path
        (descriptor, replacement) = try Self.open(path)
        buffer = .allocate(capacity: Self.capacity)
    }

    deinit {
        discard()
        buffer.deallocate()
    }

    /// Adds bytes.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(DatasetError) {
        guard var source = bytes.baseAddress else { return }
        var left = bytes.count
        while left > 0 {
            if count == Self.capacity { try flush() }
            let part = min(left, Self.capacity - count)
            memcpy(buffer + count, source, part)
            count += part
            source += part
            left -= part
        }
    }

    /// Adds one byte.
    func append(_ byte: UInt8) throws(DatasetError) {
        if count == Self.capacity { try flush() }
        buffer[count] = byte
        count += 1
    }

    /// Hands what was added to the operating system.
    ///
    /// After an error the file is given up, and every later call throws that error again.
    func flush() throws(DatasetError) {
        if let failure { throw failure }
        precondition(isOpen, "the file is closed")
        let waiting = count
        count = 0
        do {
            try writeAll(buffer, waiting, to: descriptor, name: path)
        } catch {
            throw fail(error)
        }
    }

    /// Completes the file; it now stands under its name.
    func close() throws(DatasetError) {
        if failure == nil, !isOpen { return }
        try flush()
        isOpen = false
        guard descriptor != STDOUT_FILENO else { return }
        let status = Self.closeDescriptor(descriptor)
        guard let replacement else { return }
        guard status == 0, rename(replacement.temporary, replacement.target) == 0 else {
            let code = errno
            unlink(replacement.temporary)
            throw fail(.writing(path, errno: code))
        }
    }

    private func fail(_ error: DatasetError) -> DatasetError {
        failure = error
        discard()
        return error
    }

    /// Gives the file up and removes what was written.
    func discard() {
        guard isOpen else { return }
        isOpen = false
        if descriptor != STDOUT_FILENO { _ = Self.closeDescriptor(descriptor) }
        if let replacement { unlink(replacement.temporary) }
    }

    private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }

    private static func open(
        _ path: String
    ) throws(DatasetError) -> (Int32, (temporary: String, target: String)?) {
        if path == "-" { return (STDOUT_FILENO, nil) }
        var status = stat()
        let exists = stat(path, &status) == 0
        let type = status.st_mode & S_IFMT
        if exists, type == S_IFDIR { throw .writing(path, errno: EISDIR) }
        if exists, type != S_IFREG {
            return (try check(openFile(path, O_WRONLY | O_CLOEXEC), path), nil)
        }
        if exists, access(path, W_OK) != 0 { throw .writing(path, errno: errno) }
        // A symbolic link stays one: the file that it leads to is replaced.
        let target = exists ? resolved(path) : path
        let temporary = temporaryName(beside: target)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        let descriptor = try check(openFile(temporary, flags), path)
        if exists { fchmod(descriptor, status.st_mode & 0o7777) }
        return (descriptor, (temporary, target))
    }

    private static func openFile(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, flags, 0o666)
        #else
            Darwin.open(path, flags, 0o666)
        #endif
    }

    private static func check(_ descriptor: Int32, _ path: String) throws(DatasetError) -> Int32 {
        guard descriptor >= 0 else { throw .writing(path, errno: errno) }
        return descriptor
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func temporaryName(beside target: String) -> String {
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        guard let slash = target.lastIndex(of: "/") else { return ".\(target).\(suffix)" }
        let folder = target[...slash]
        return "\(folder).\(target[target.index(after: slash)...]).\(suffix)"
    }
}
