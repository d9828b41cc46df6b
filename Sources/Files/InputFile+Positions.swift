#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension InputFile {
    /// Fills a buffer with the bytes from a position on, without moving where ``read(into:)`` goes on.
    ///
    /// Several threads may do so at once.
    ///
    /// - Parameters:
    ///   - buffer: Where to.
    ///   - position: The first byte, counted from 0.
    /// - Returns: The number of bytes read; fewer than the buffer has room for only at the end.
    /// - Throws: ``FileError``; also for a pipe, which has no positions.
    public func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at position: Int
    ) throws(FileError) -> Int {
        var count = 0
        while count < buffer.count {
            let left = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let got = pread(
                descriptor.number,
                left.baseAddress,
                left.count,
                off_t(position + count)
            )
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .reading(path, errno: errno) }
            if got == 0 { break }
            count += got
        }
        return count
    }

    /// The first bytes of a regular file, without moving where ``read(into:)`` goes on.
    ///
    /// - Parameter count: How many; fewer are returned only where the file ends.
    /// - Throws: ``FileError``; also for a pipe.
    public func prefix(_ count: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = bytes.withUnsafeMutableBytes { target in
            Result { () throws(FileError) in try read(into: target, at: 0) }
        }
        bytes.removeSubrange(try result.get()...)
        return bytes
    }
}
