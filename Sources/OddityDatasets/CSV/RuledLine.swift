/// Lines of `-`, `=`, `*` or `_`, as drawn below titles and names: they are no rows.
enum RuledLine {
    @inline(__always)
    private static func isStroke(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "*")
            || byte == UInt8(ascii: "_")
    }

    /// Whether such a line may begin with a byte.
    @inline(__always)
    static func mayBegin(with byte: UInt8) -> Bool {
        isStroke(byte) || byte == UInt8(ascii: "+") || byte == CSVDialect.bar
    }

    /// Whether a line has nothing else, but for what sets fields apart: each field is at least as long as given.
    ///
    /// Shorter ones, such as `-` or `--`, may stand for missing values.
    static func isRule(
        _ line: UnsafeBufferPointer<UInt8>,
        delimiter: UInt8,
        minimum: Int = 3
    ) -> Bool {
        var length = 0
        var hasStrokes = false
        for byte in line {
            if isStroke(byte) {
                length += 1
                hasStrokes = true
            } else if byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "+")
                || byte == CSVDialect.bar || byte == delimiter
            {
                guard length == 0 || length >= minimum else { return false }
                length = 0
            } else {
                return false
            }
        }
        return hasStrokes && (length == 0 || length >= minimum)
    }
}
