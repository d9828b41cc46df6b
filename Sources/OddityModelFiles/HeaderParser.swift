/// Reads the header of a safetensors file, strictly.
///
/// A header is not any JSON but an object of two kinds of entries, so a reader for just these keeps
/// the order of the tensors, sees names that occur twice, and has no depth to run out of.
struct HeaderParser {
    private(set) var metadata: [String: String]?
    private(set) var tensors: [TensorLayout] = []

    private let bytes: [UInt8]
    private var position = 0

    /// Reads the header.
    ///
    /// - Parameter bytes: The header's text with its padding.
    init(_ bytes: [UInt8]) throws(ModelFileError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ModelFileError(
                .headerNotUTF8,
                "the header is not UTF-8 text; this is not a model file"
            )
        }
        self.bytes = bytes
        var names: Set<String> = []
        try object { parser, name throws(ModelFileError) in
            guard names.insert(name).inserted else {
                throw ModelFileError(
                    .duplicateName,
                    "the header has two entries named \(ModelFileError.quoted(name)); "
                        + TensorLayout.damaged
                )
            }
            if name == HeaderCoding.metadataKey {
                parser.metadata = try parser.stringObject()
            } else {
                parser.tensors.append(try parser.layout(name: name))
            }
        }
        skipSpace()
        guard position == bytes.count else { throw malformed("the end of the header") }
    }

    // MARK: The two kinds of entries

    private mutating func stringObject() throws(ModelFileError) -> [String: String] {
        var result: [String: String] = [:]
        try object { parser, name throws(ModelFileError) in
            let value = try parser.string()
            guard result.updateValue(value, forKey: name) == nil else {
                throw ModelFileError(
                    .duplicateName,
                    "the metadata has two entries named \(ModelFileError.quoted(name)); "
                        + TensorLayout.damaged
                )
            }
        }
        return result
    }

    private mutating func layout(name: String) throws(ModelFileError) -> TensorLayout {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try object { parser, key throws(ModelFileError) in
            switch key {
            case "dtype" where type == nil: type = try parser.string()
            case "shape" where shape == nil: shape = try parser.integers(of: name)
            case "data_offsets" where offsets == nil: offsets = try parser.integers(of: name)
            case "dtype", "shape", "data_offsets":
                throw ModelFileError(
                    .duplicateName,
                    "tensor \(ModelFileError.quoted(name)) has two entries “\(key)”; "
                        + TensorLayout.damaged
                )
            default: throw parser.malformed("dtype, shape or data_offsets")
            }
        }
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw ModelFileError(
                .malformedHeader,
                "tensor \(ModelFileError.quoted(name)) lacks its dtype, shape or two data_offsets; "
                    + TensorLayout.damaged
            )
        }
        return TensorLayout(
            name: name,
            elementTypeName: type,
            shape: shape,
            begin: offsets[0],
            end: offsets[1]
        )
    }

    // MARK: JSON

    private mutating func object(
        _ entry: (inout HeaderParser, String) throws(ModelFileError) -> Void
    ) throws(ModelFileError) {
        try expect(UInt8(ascii: "{"), "{")
        if accept(UInt8(ascii: "}")) { return }
        repeat {
            let name = try string()
            try expect(UInt8(ascii: ":"), ":")
            try entry(&self, name)
        } while accept(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"), "}")
    }

    private mutating func integers(of name: String) throws(ModelFileError) -> [Int] {
        try expect(UInt8(ascii: "["), "[")
        if accept(UInt8(ascii: "]")) { return [] }
        var result: [Int] = []
        repeat { result.append(try integer(of: name)) } while accept(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"), "]")
        return result
    }

    private mutating func integer(of name: String) throws(ModelFileError) -> Int {
        skipSpace()
        let start = position
        let isNegative = accept(UInt8(ascii: "-"))
        let firstDigit = position
        var value = 0
        while position < bytes.count, case let digit = bytes[position] &- 48, digit < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digit))
            guard !overflow, !carry else {
                throw ModelFileError(
                    .invalidShape,
                    "tensor \(ModelFileError.quoted(name)) has a number beyond 64 bits; "
                        + TensorLayout.damaged
                )
            }
            value = sum
            position += 1
        }
        let length = position - firstDigit
        guard length == 1 || (length > 1 && bytes[firstDigit] != 48) else {
            position = start
            throw malformed("a whole number")
        }
        return isNegative ? -value : value
    }

    private mutating func string() throws(ModelFileError) -> String {
        try expect(UInt8(ascii: "\""), "a string")
        var result: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &result)
            case 0..<0x20:
                position -= 1
                throw malformed("no bare control character")
            default: result.append(byte)
            }
        }
        throw malformed("the end of a string")
    }

    private mutating func escape(into result: inout [UInt8]) throws(ModelFileError) {
        guard position < bytes.count else { throw malformed("an escape") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "b"): result.append(8)
        case UInt8(ascii: "f"): result.append(12)
        case UInt8(ascii: "n"): result.append(10)
        case UInt8(ascii: "r"): result.append(13)
        case UInt8(ascii: "t"): result.append(9)
        case UInt8(ascii: "u"):
            var value = try hexadecimal()
            if 0xD800..<0xDC00 ~= value {
                guard position + 2 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
                    bytes[position + 1] == UInt8(ascii: "u")
                else { throw malformed("the second half of a surrogate pair") }
                position += 2
                let low = try hexadecimal()
                guard 0xDC00..<0xE000 ~= low else { throw malformed("a surrogate pair") }
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw malformed("a surrogate pair") }
            result.append(contentsOf: Character(scalar).utf8)
        default:
            position -= 1
            throw malformed("an escape")
        }
    }

    private mutating func hexadecimal() throws(ModelFileError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw malformed("four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            position += 1
        }
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ what: String) throws(ModelFileError) {
        guard accept(byte) else { throw malformed(what) }
    }

    private func malformed(_ expected: String) -> ModelFileError {
        ModelFileError(
            .malformedHeader,
            "the header is no safetensors header: expected \(expected) at byte \(position); "
                + "this is not a model file, or it is damaged"
        )
    }
}
