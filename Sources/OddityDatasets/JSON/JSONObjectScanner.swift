/// Finds the values of one flat JSON object, without copying them.
struct JSONObjectScanner {
    /// What is wrong with an object.
    enum Problem: Error {
        /// What should stand at a byte of the line, counted from 0.
        case syntax(String, Int)
        /// The key of a value that is an object, or an array.
        case nested(String, isArray: Bool)
        case repeated(String)
    }

    private let bytes: UnsafeMutablePointer<UInt8>
    private let start: Int
    private let end: Int
    private let fields: UnsafeMutablePointer<FieldRange>
    private var position: Int

    /// - Parameters:
    ///   - position: The first byte of the line.
    ///   - end: The byte after its last one.
    ///   - fields: Room for a field of each key.
    init(
        bytes: UnsafeMutablePointer<UInt8>,
        position: Int,
        end: Int,
        fields: UnsafeMutablePointer<FieldRange>
    ) {
        (self.bytes, self.position, self.end, self.fields) = (bytes, position, end, fields)
        start = position
    }

    /// Whether there is nothing but blanks on the line.
    var isBlank: Bool {
        for index in start..<end where !Self.isBlank(bytes[index]) { return false }
        return true
    }

    /// Puts the values of the keys into the fields; the problem, if there is one.
    mutating func read(_ keys: JSONKeys) -> Problem? {
        for index in 0..<keys.count {
            fields[index] = FieldRange(start: -1, end: -1, style: .plain)
        }
        do throws(Problem) {
            try readObject(keys)
        } catch {
            return error
        }
        for index in 0..<keys.count where fields[index].start < 0 {
            fields[index] = FieldRange(start: start, end: start, style: .plain)
        }
        return nil
    }

    private mutating func readObject(_ keys: JSONKeys) throws(Problem) {
        skipBlanks()
        try expect(UInt8(ascii: "{"))
        skipBlanks()
        var place = 0
        if peek != UInt8(ascii: "}") {
            while true {
                skipBlanks()
                try readPair(keys, place)
                place += 1
                skipBlanks()
                guard peek == UInt8(ascii: ",") else { break }
                position += 1
            }
        }
        try expect(UInt8(ascii: "}"))
        skipBlanks()
        guard position == end else { throw .syntax("the end of the line", position - start) }
    }

    private mutating func readPair(_ keys: JSONKeys, _ place: Int) throws(Problem) {
        let key = try readString()
        let raw = UnsafeBufferPointer(
            start: UnsafePointer(bytes + key.start),
            count: key.end - key.start
        )
        let field: Int?
        if key.style == .escapedJSON {
            field = JSONText.unescaped(raw).withUnsafeBufferPointer { keys.field($0, place: place) }
        } else {
            field = keys.field(raw, place: place)
        }
        skipBlanks()
        try expect(UInt8(ascii: ":"))
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            throw .nested(
                String(decoding: raw, as: UTF8.self),
                isArray: peek == UInt8(ascii: "[")
            )
        default: break
        }
        let value = try readValue()
        guard let field else { return }
        guard fields[field].start < 0 else { throw .repeated(keys.names[field]) }
        fields[field] = value
    }

    private mutating func readValue() throws(Problem) -> FieldRange {
        switch peek {
        case UInt8(ascii: "\""): return try readString()
        case UInt8(ascii: "n"):
            try expect("null")
            return FieldRange(start: start, end: start, style: .plain)
        case UInt8(ascii: "t"): return try readWord("true")
        case UInt8(ascii: "f"): return try readWord("false")
        case UInt8(ascii: "N"): return try readWord("NaN")
        case UInt8(ascii: "I"): return try readWord("Infinity")
        default: return try readNumber()
        }
    }

    /// Reads a string; the range is what stands between its quotes.
    private mutating func readString() throws(Problem) -> FieldRange {
        try expect(UInt8(ascii: "\""))
        let first = position
        var style = FieldStyle.quoted
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return FieldRange(start: first, end: position - 1, style: style)
            }
            if byte == UInt8(ascii: "\\") {
                guard let length = JSONText.escapeLength(bytes, position, end) else {
                    throw .syntax("an escape such as \\n or \\u00e4", position - start)
                }
                style = .escapedJSON
                position += length
            } else if byte < 0x20 {
                throw .syntax("an escape in place of a control character", position - start)
            } else {
                position += 1
            }
        }
        throw .syntax("a closing quote", position - start)
    }

    private mutating func readNumber() throws(Problem) -> FieldRange {
        let first = position
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "I") {
            try expect("Infinity")
            return FieldRange(start: first, end: position, style: .plain)
        }
        let isZero = peek == UInt8(ascii: "0")
        let digits = skipDigits()
        guard digits > 0, digits == 1 || !isZero else {
            throw .syntax("a value: a number, a string, true, false or null", first - start)
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw .syntax("a digit", position - start) }
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw .syntax("a digit", position - start) }
        }
        return FieldRange(start: first, end: position, style: .plain)
    }

    private mutating func readWord(_ word: StaticString) throws(Problem) -> FieldRange {
        let first = position
        try expect(word)
        return FieldRange(start: first, end: position, style: .plain)
    }

    /// The next byte; 0 at the end of the line.
    private var peek: UInt8 { position < end ? bytes[position] : 0 }

    private mutating func skipDigits() -> Int {
        let first = position
        while position < end, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
        return position - first
    }

    private mutating func skipBlanks() {
        while position < end, Self.isBlank(bytes[position]) { position += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws(Problem) {
        guard peek == byte else {
            throw .syntax(String(Character(Unicode.Scalar(byte))), position - start)
        }
        position += 1
    }

    private mutating func expect(_ word: StaticString) throws(Problem) {
        for index in 0..<word.utf8CodeUnitCount {
            guard peek == word.utf8Start[index] else {
                throw .syntax("\(word)", position - start)
            }
            position += 1
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }
}
