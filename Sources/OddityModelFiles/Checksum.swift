import COddityZlib

/// The CRC-32 of what a model says and is.
///
/// It covers the manifest, each tensor's name, type and shape, and all data. It detects damage and
/// careless edits, not forgery: who edits a file on purpose can compute it anew.
struct Checksum {
    private var value = crc32_z(0, nil, 0)

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        value = crc32_z(value, start, z_size_t(bytes.count))
    }

    mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// Adds the part that comes before the data.
    mutating func update(
        manifest: String,
        tensors: [(name: String, type: String, shape: [Int])]
    ) {
        update(manifest)
        for tensor in tensors {
            // The lengths keep a name from running into what follows it.
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            update("\n\(tensor.name.utf8.count) \(tensor.name) \(tensor.type) [\(shape)]")
        }
        update("\n")
    }

    /// Eight lower-case hexadecimal digits.
    var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
