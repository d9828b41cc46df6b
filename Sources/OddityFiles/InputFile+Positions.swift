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
    package func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at position: Int
    ) throws(FileError) -> Int {
        try descriptor.read(into: buffer, at: position, naming: path)
    }

    /// The first bytes of a regular file, without moving where ``read(into:)`` goes on.
    ///
    /// - Parameter count: How many; fewer are returned only where the file ends.
    /// - Throws: ``FileError``; also for a pipe.
    package func prefix(_ count: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = bytes.withUnsafeMutableBytes { target in
            Result { () throws(FileError) in try read(into: target, at: 0) }
        }
        bytes.removeSubrange(try result.get()...)
        return bytes
    }
}
