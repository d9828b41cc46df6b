import OddityPlatform

extension Descriptor {
    /// Fills a buffer with the bytes from a position on, as far as there are any.
    ///
    /// - Parameter path: What errors shall name.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at position: Int,
        naming path: String
    ) throws(FileError) -> Int {
        var count = 0
        while count < buffer.count {
            let left = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let got = pread(number, left.baseAddress, left.count, off_t(position + count))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .reading(path, errno: errno) }
            if got == 0 { break }
            count += got
        }
        return count
    }
}
