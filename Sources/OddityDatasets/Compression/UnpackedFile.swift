package import OddityFiles

/// A compressed file as what it was before: unpacked to a temporary file, so that it can be read from any position.
package enum UnpackedFile {
    private static let blockSize = 256 << 10

    /// Unpacks a file of gzip or zstd.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isWanted: Looks at the first bytes of what was packed, so that nothing else is unpacked; these are as many as a
    ///     block has, or all.
    /// - Returns: nil for a file that is not compressed, or not wanted.
    /// - Throws: ``DatasetError`` for one that is damaged or cannot be read, `FileError` where there is no room for it.
    package static func open(
        _ path: String,
        where isWanted: (ArraySlice<UInt8>) -> Bool
    ) throws -> InputFile? {
        let file = try InputFile(path: path, requiresRegularFile: true)
        guard let compression = Compression(try file.prefix(Compression.markSize)) else {
            return nil
        }
        let decompressor = try compression.decompressor(path: path)
        var block = [UInt8](repeating: 0, count: blockSize)
        /// Fills the block; fewer bytes are the end.
        func fill() throws -> Int {
            var count = 0
            while count < block.count {
                let more = try block.withUnsafeMutableBytes { bytes in
                    try decompressor.read(
                        into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
                    ) { target throws(DatasetError) in
                        do throws(FileError) {
                            return try file.read(into: target)
                        } catch {
                            throw DatasetError(error)
                        }
                    }
                }
                guard more > 0 else { break }
                count += more
            }
            return count
        }
        var count = try fill()
        guard isWanted(block[..<count]) else { return nil }
        let copy = try ScratchFile()
        while count > 0 {
            try block.withUnsafeBytes {
                try copy.append(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            count = try fill()
        }
        return try copy.reading(as: path)
    }
}
