internal import COddityZlib

/// The bytes of a gzip file, decompressed through zlib.
final class GzipSource: ArrayByteSource {
    let path: String
    private let file: gzFile

    init(path: String) throws(ArrayError) {
        self.path = path
        guard let file = gzopen(path, "rb") else {
            throw ArrayError(.noMemory, "no memory to decompress the array; free some")
        }
        self.file = file
    }

    deinit { gzclose_r(file) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = gzread(file, buffer.baseAddress, UInt32(min(buffer.count, 1 << 30)))
        var code: Int32 = 0
        let message = gzerror(file, &code)
        if count == 0, code == Z_BUF_ERROR {
            throw ArrayError(.truncated, "the gzip data ends too early; copy the file again")
        }
        guard count >= 0 else {
            throw ArrayError.damagedArchive(message.map { String(cString: $0) } ?? "gzip")
        }
        return Int(count)
    }
}
