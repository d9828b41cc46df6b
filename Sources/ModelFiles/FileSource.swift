#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file open for reading.
final class FileSource: ByteSource {
    let size: Int
    private let descriptor: Int32

    init(path: String) throws(ModelFileError) {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw SystemFailure.error("cannot open the model file") }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            let failure = SystemFailure.error("cannot find the size of the model file")
            close(opened)
            throw failure
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw ModelFileError(
                .notARegularFile,
                "not a regular file; give the path of a model file"
            )
        }
        descriptor = opened
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFileError) {
        guard let start = buffer.baseAddress else { return }
        var done = 0
        while done < buffer.count {
            let count = systemRead(descriptor, start + done, buffer.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemFailure.error("cannot read the model file")
            }
            guard count > 0 else {
                throw ModelFileError(
                    .inputOutput,
                    "the model file shrank while it was read; try again"
                )
            }
            done += count
        }
    }
}

/// The system's `read`, which inside the class is hidden by the method of that name.
private func systemRead(
    _ descriptor: Int32,
    _ start: UnsafeMutableRawPointer,
    _ count: Int
) -> Int {
    read(descriptor, start, count)
}
