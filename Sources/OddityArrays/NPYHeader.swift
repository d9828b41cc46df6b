/// The header of an NPY file, versions 1 to 3: a Python dictionary of `descr`, `fortran_order` and `shape`.
enum NPYHeader {
    static func read(
        _ prefix: [UInt8],
        for content: ArrayContent
    ) throws(ArrayError) -> ArrayHeader {
        guard prefix.count >= 12 else { throw .invalidHeader("it ends too early") }
        let version = prefix[6]
        guard (1...3).contains(version) else {
            throw .invalidHeader("version \(version) is not known")
        }
        let lengthSize = version == 1 ? 2 : 4
        let length = prefix[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = 8 + lengthSize
        guard length <= ArrayHeader.prefixSize - start else {
            throw .invalidHeader("\(length) bytes of text")
        }
        guard prefix.count >= start + length else { throw .invalidHeader("it ends too early") }
        let text = Array(prefix[start..<start + length])
        return ArrayHeader(
            element: try element(text, content),
            shape: try shape(text),
            isFortranOrder: try isFortranOrder(text),
            dataOffset: start + length
        )
    }

    private static func element(
        _ text: [UInt8],
        _ content: ArrayContent
    ) throws(ArrayError) -> ArrayElement {
        let value = try value(of: "descr", in: text)
        guard let quote = value.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        else { throw unsupported("a structure", content) }
        let type = String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self)
        let parts = Array(type)
        let sizes: [Character: (ArrayElement.Kind, [Int])] = [
            "b": (.boolean, [1]), "u": (.unsigned, [1, 2, 4, 8]), "i": (.signed, [1, 2, 4, 8]),
            "f": (.float, [4, 8]),
        ]
        guard parts.count == 3, "<>|=".contains(parts[0]), let (kind, allowed) = sizes[parts[1]],
            let size = parts[2].wholeNumberValue, allowed.contains(size)
        else { throw unsupported(type.count > 20 ? "unknown" : type, content) }
        return ArrayElement(kind: kind, byteCount: size, isBigEndian: parts[0] == ">")
    }

    private static func unsupported(_ type: String, _ content: ArrayContent) -> ArrayError {
        ArrayError(
            .unsupportedElement,
            "numbers of type \(type) are no \(content.number); save the array as u1, u2, i*, f4, f8"
                + " or bool"
        )
    }

    private static func isFortranOrder(_ text: [UInt8]) throws(ArrayError) -> Bool {
        let value = try value(of: "fortran_order", in: text)
        if value.starts(with: Array("True".utf8)) { return true }
        if value.starts(with: Array("False".utf8)) { return false }
        throw .invalidHeader("fortran_order is neither True nor False")
    }

    private static func shape(_ text: [UInt8]) throws(ArrayError) -> [Int] {
        let value = try value(of: "shape", in: text)
        guard value.first == UInt8(ascii: "("), let end = value.firstIndex(of: UInt8(ascii: ")"))
        else { throw .invalidHeader("shape is no tuple") }
        let inside = String(decoding: value[value.startIndex + 1..<end], as: UTF8.self)
        var shape: [Int] = []
        for part in inside.split(separator: ",") {
            let digits = part.filter { $0 != " " }
            if digits.isEmpty { continue }
            guard let length = Int(digits), length >= 0 else {
                throw .invalidHeader("a length in shape is no number")
            }
            shape.append(length)
        }
        guard shape.count <= 32 else { throw .invalidHeader("\(shape.count) dimensions") }
        return shape
    }

    /// What follows a key and its colon.
    private static func value(
        of key: String,
        in text: [UInt8]
    ) throws(ArrayError) -> ArraySlice<UInt8> {
        for quote in ["'", "\""] {
            let mark = Array("\(quote)\(key)\(quote)".utf8)
            guard text.count >= mark.count else { continue }
            for start in 0...text.count - mark.count
            where text[start..<start + mark.count].elementsEqual(mark) {
                let rest = text[(start + mark.count)...].drop { $0 == UInt8(ascii: " ") }
                guard rest.first == UInt8(ascii: ":") else { break }
                return rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
            }
        }
        throw .invalidHeader("there is no \(key)")
    }
}
