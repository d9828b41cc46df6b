/// The texts that stand for a missing value.
///
/// An empty field, quoted or not, is always missing, and so is `nan` (in any case) in a numeric
/// column. The other texts are compared byte for byte, after outer blanks were removed; one that is a number stands for
/// that number however it is written, as -999 does for -999.0.
public struct MissingTokens: Hashable, Sendable, Codable {
    /// The texts, other than the empty one.
    public let texts: [String]
    /// Whether one of the texts is itself a number, such as -999.
    var includesNumbers: Bool { !numbers.isEmpty }
    private let numbers: [Double]
    private let byteTexts: [[UInt8]]
    private let longest: Int

    /// `NA`, `N/A`, `n/a`, `#N/A`, `NaN`, `nan`, `NAN`, `null`, `NULL`, `Null`, `None` and `?`.
    public static let standard = MissingTokens([
        "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "?",
    ])

    /// Creates a list of texts.
    public init(_ texts: [String]) {
        self.texts = texts.filter { !$0.isEmpty }
        byteTexts = self.texts.map { Array($0.utf8) }
        longest = byteTexts.map(\.count).max() ?? 0
        numbers = self.texts.compactMap { text in
            if case .number(let number) = FloatParser.parse(text) { number } else { nil }
        }
    }

    /// This list and one more text.
    public func adding(_ text: String) -> MissingTokens {
        MissingTokens(texts + [text])
    }

    /// Reads a plain list of texts.
    public init(from decoder: any Decoder) throws {
        self.init(try [String](from: decoder))
    }

    /// Writes a plain list of texts.
    public func encode(to encoder: any Encoder) throws {
        try texts.encode(to: encoder)
    }

    /// Whether a text stands for a missing value.
    public func contains(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { contains($0) }
    }

    /// Whether bytes, already without outer blanks, stand for a missing value.
    func contains(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if bytes.isEmpty { return true }
        if includesNumbers, !isPadded(bytes), case .number(let number) = FloatParser.parse(bytes) {
            return numbers.contains(number)
        }
        guard bytes.count <= longest else { return false }
        for text in byteTexts where text.count == bytes.count {
            if text.elementsEqual(bytes) { return true }
        }
        return false
    }
}

/// Whether a number begins with a zero too many, as codes such as `0042` do.
private func isPadded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count > 1 && bytes[0] == UInt8(ascii: "0") && bytes[1] &- UInt8(ascii: "0") <= 9
}

/// The bytes without spaces and tabs at either end.
func trimmingBlanks(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end, FloatParser.isBlank(bytes[start]) { start += 1 }
    while end > start, FloatParser.isBlank(bytes[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
}
