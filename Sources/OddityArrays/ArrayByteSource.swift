/// Where the decompressed bytes of an array come from, in their order.
protocol ArrayByteSource {
    var path: String { get }
    /// The first bytes, up to the size of the longest header; to be called once, before the rest is read.
    func prefix() throws -> [UInt8]
    /// Reads more; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ArrayByteSource {
    func prefix() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: ArrayHeader.prefixSize)
        var count = 0
        try bytes.withUnsafeMutableBytes { target in
            while count < target.count {
                let got = try read(into: .init(rebasing: target[count...]))
                if got == 0 { break }
                count += got
            }
        }
        return Array(bytes[..<count])
    }
}
