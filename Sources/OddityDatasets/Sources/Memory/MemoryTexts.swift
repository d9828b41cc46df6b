/// The texts of columns in memory, as the text of delimited records, so that they are understood as those of a file are.
///
/// Each record begins with a number, so that none is blank where all texts of a row are missing.
final class MemoryTexts: TextProducer {
    private static let blockSize = 64 << 10
    private static let quote = UInt8(ascii: "\"")

    private let columns: [MemoryColumn]
    private let names: [String]
    private let rowCount: Int
    /// The next row; nil before the names.
    private var nextRow: Int?

    /// - Parameter names: What the columns are called, after the one of the number.
    init(_ columns: [MemoryColumn], names: [String], rowCount: Int) {
        self.columns = columns
        self.names = names
        self.rowCount = rowCount
    }

    func restart() { nextRow = nil }

    func next() -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(Self.blockSize + 1_024)
        if nextRow == nil {
            append(names.map { Array($0.utf8) }, to: &text)
            nextRow = 0
        }
        while text.count < Self.blockSize, let row = nextRow, row < rowCount {
            text.append(UInt8(ascii: "1"))
            for column in columns {
                text.append(CSVDialect.comma)
                append(column.bytes(at: row), to: &text)
            }
            text.append(UInt8(ascii: "\n"))
            nextRow = row + 1
        }
        return text.isEmpty ? nil : text
    }

    private func append(_ names: [[UInt8]], to text: inout [UInt8]) {
        for (index, name) in names.enumerated() {
            if index > 0 { text.append(CSVDialect.comma) }
            name.withUnsafeBufferPointer { append($0, to: &text) }
        }
        text.append(UInt8(ascii: "\n"))
    }

    /// Puts a text between quotes, so that nothing in it is taken for anything else.
    private func append(_ bytes: UnsafeBufferPointer<UInt8>?, to text: inout [UInt8]) {
        text.append(Self.quote)
        if let bytes {
            if bytes.contains(Self.quote) {
                for byte in bytes {
                    if byte == Self.quote { text.append(Self.quote) }
                    text.append(byte)
                }
            } else {
                text.append(contentsOf: bytes)
            }
        }
        text.append(Self.quote)
    }
}
