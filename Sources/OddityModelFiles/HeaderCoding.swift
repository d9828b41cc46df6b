/// The names in a header, and how it is written.
enum HeaderCoding {
    static let metadataKey = "__metadata__"
    static let format = "format"
    static let formatVersion = "format_version"
    static let manifest = "manifest"
    static let checksum = "checksum"

    /// The header of a file as bytes, with its length in front and padding behind.
    static func encode(
        metadata: [(key: String, value: String)],
        tensors: [Tensor]
    ) -> [UInt8] {
        var text: [UInt8] = []
        func write(_ string: String) { text.append(contentsOf: string.utf8) }

        write("{\"\(metadataKey)\":{")
        for (index, entry) in metadata.enumerated() {
            if index > 0 { write(",") }
            appendQuoted(entry.key, to: &text)
            write(":")
            appendQuoted(entry.value, to: &text)
        }
        write("}")
        var offset = 0
        for tensor in tensors {
            let size = tensor.count * tensor.elementType.size
            write(",")
            appendQuoted(tensor.name, to: &text)
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            write(":{\"dtype\":\"\(tensor.elementType.rawValue)\",\"shape\":[\(shape)],")
            write("\"data_offsets\":[\(offset),\(offset + size)]}")
            offset += size
        }
        write("}")
        // The data starts at a multiple of 8, so that it can be mapped into memory.
        while text.count % 8 != 0 { text.append(0x20) }
        var length = UInt64(text.count).littleEndian
        return withUnsafeBytes(of: &length) { Array($0) } + text
    }

    private static func appendQuoted(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                text.append(UInt8(ascii: "\\"))
                text.append(byte)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                text.append(contentsOf: (digits.count == 1 ? "\\u000" : "\\u00").utf8)
                text.append(contentsOf: digits.utf8)
            default:
                text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
