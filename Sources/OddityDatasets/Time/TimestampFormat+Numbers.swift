extension TimestampFormat {
    /// Reads a decimal number of units exactly, down to nanoseconds.
    static func instant(ofNumber text: UnsafeBufferPointer<UInt8>, unit: Int64) -> Instant? {
        var position = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative || text.first == UInt8(ascii: "+") { position = 1 }
        let start = position
        var whole: Int64 = 0
        while position < text.count, let digit = digit(text[position]) {
            let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            whole = sum
            position += 1
        }
        var digitCount = position - start
        // Billionths of a unit.
        var fraction: Int64 = 0
        if position < text.count, text[position] == UInt8(ascii: ".") {
            position += 1
            var place: Int64 = 100_000_000
            while position < text.count, let digit = digit(text[position]) {
                fraction += digit * place
                place /= 10
                digitCount += 1
                position += 1
            }
        }
        guard position == text.count else { return instant(ofOther: text, unit: unit) }
        guard digitCount > 0 else { return nil }
        let rest =
            unit == 1_000_000_000 ? fraction : fraction / (1_000_000_000 / unit)
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
        let (sum, carry) = product.addingReportingOverflow(rest)
        if overflow || carry { return nil }
        return Instant(nanoseconds: isNegative ? -sum : sum)
    }

    /// A number with an exponent.
    private static func instant(
        ofOther text: UnsafeBufferPointer<UInt8>,
        unit: Int64
    ) -> Instant? {
        guard case .number(let value) = FloatParser.parse(text) else { return nil }
        let shape: Shape =
            unit == 1_000_000_000
            ? .seconds
            : unit == 1_000_000 ? .milliseconds : unit == 1_000 ? .microseconds : .nanoseconds
        return TimestampFormat(shape: shape).instant(of: value)
    }

    @inline(__always)
    private static func digit(_ byte: UInt8) -> Int64? {
        let digit = byte &- UInt8(ascii: "0")
        return digit <= 9 ? Int64(digit) : nil
    }

    /// The unit by the largest number: seconds reach 10^11 in the year 5138, and milliseconds had it in
    /// 1973; nil where some numbers are of one unit and some of another.
    static func unit(smallest: Double, largest: Double) -> Shape? {
        let found = unit(of: largest)
        // Small numbers are early times of a clock that starts at 0.
        guard smallest < 1e8 || unit(of: smallest) == found else { return nil }
        return found
    }

    private static func unit(of magnitude: Double) -> Shape {
        if magnitude < 1e11 { return .seconds }
        if magnitude < 1e14 { return .milliseconds }
        return magnitude < 1e17 ? .microseconds : .nanoseconds
    }
}
