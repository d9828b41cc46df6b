internal import OddityFiles
internal import OddityPlatform

/// Where the bytes of an array are.
enum ArrayBytes {
    case file(InputFile)
    /// In memory that stays as it is for as long as the array is read.
    case memory(UnsafeRawBufferPointer, name: String)

    /// What errors call it.
    var path: String {
        switch self {
        case .file(let file): file.path
        case .memory(_, let name): name
        }
    }

    /// Fills a buffer with the bytes from an offset on, as far as there are any.
    ///
    /// - Returns: how many there were.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int
    ) throws(FileError) -> Int {
        switch self {
        case .file(let file): return try file.read(into: buffer, at: offset)
        case .memory(let bytes, _):
            let part = bytes[min(offset, bytes.count)..<min(offset + buffer.count, bytes.count)]
            buffer.copyBytes(from: part)
            return part.count
        }
    }
}
