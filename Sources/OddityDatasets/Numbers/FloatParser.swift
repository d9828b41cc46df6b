/// Reads decimal numbers from bytes, correctly rounded, whatever the locale.
///
/// Accepted: an optional sign, digits with an optional point (`.5` and `5.` too), an optional
/// exponent, spaces and tabs around it all; `nan`, `inf` and `infinity` in any case. Hexadecimal
/// numbers, digit separators and decimal commas are not numbers.
///
/// With up to 19 digits w and a decimal exponent q, the value w · 10^q is found exactly:
/// - w ≤ 2^53 and |q| ≤ 22: one multiplication or division of two exact doubles
///   (Clinger 1990, "How to read floating point numbers accurately");
/// - |q| ≤ 27: 5^|q| fits 64 bits, so the 128-bit product or quotient gives all bits and
///   a remainder that decides the rounding.
///
/// All else, rare in data, goes to the standard library's parser. Digits behind a point are read eight at a time.
package enum FloatParser {
    /// Reads a whole field as a number.
    ///
    /// - Complexity: O(n) in the number of bytes; no allocation on the two fast paths.
    package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> ParsedNumber {
        guard let base = text.baseAddress else { return .invalid }
        return parse(base, base + text.count)
    }

    /// Reads the bytes of a string as a number.
    package static func parse(_ text: String) -> ParsedNumber {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    static func parse(_ first: UnsafePointer<UInt8>, _ last: UnsafePointer<UInt8>) -> ParsedNumber {
        var cursor = first
        var end = last
        while cursor < end, isBlank(cursor.pointee) { cursor += 1 }
        while cursor < end, isBlank((end - 1).pointee) { end -= 1 }
        let start = cursor
        guard cursor < end else { return .invalid }

        let isNegative = cursor.pointee == UInt8(ascii: "-")
        if isNegative || cursor.pointee == UInt8(ascii: "+") { cursor += 1 }

        let digits = cursor
        var mantissa: UInt64 = 0
        readDigits(&cursor, end, into: &mantissa)
        var digitCount = cursor - digits
        var exponent = 0
        if cursor < end, cursor.pointee == UInt8(ascii: ".") {
            cursor += 1
            let fraction = cursor
            readLastDigits(&cursor, end, from: digits, into: &mantissa)
            readDigits(&cursor, end, into: &mantissa)
            exponent = fraction - cursor
            digitCount -= exponent
        }
        guard digitCount > 0 else { return parseWord(digits, end) }
        if cursor < end {
            guard let power = readExponent(&cursor, end) else { return .invalid }
            exponent += power
        }

        if digitCount > 19 {
            digitCount -= leadingZeroCount(digits, end)
            guard digitCount <= 19 else { return parseSlowly(start, end) }
        }
        guard let magnitude = scale(mantissa, byTenToThe: exponent) else {
            return parseSlowly(start, end)
        }
        return .number(isNegative ? -magnitude : magnitude)
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    @inline(__always)
    private static func readDigits(
        _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        into mantissa: inout UInt64
    ) {
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            guard digit <= 9 else { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            cursor += 1
        }
    }

    /// Reads the digits up to the end, eight at a time, if there are no other bytes among them.
    ///
    /// - Parameter start: Where bytes begin that may be looked at.
    @inline(__always)
    private static func readLastDigits(
        _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        from start: UnsafePointer<UInt8>,
        into mantissa: inout UInt64
    ) {
        while end - cursor > 8 {
            let word = DigitWord(at: cursor)
            guard word.isNumber else { return }
            mantissa = mantissa &* 100_000_000 &+ word.number
            cursor += 8
        }
        let count = end - cursor
        guard count > 2, end - start >= 8 else { return }
        let word = DigitWord(at: end - 8).keeping(last: count)
        guard word.isNumber else { return }
        mantissa = mantissa &* UInt64(integerPowersOfTen[count]) &+ word.number
        cursor = end
    }

    /// The exponent after an `e`, which must reach to the end; nil when it does not.
    @inline(__always)
    private static func readExponent(
        _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Int? {
        guard cursor.pointee | 0x20 == UInt8(ascii: "e") else { return nil }
        cursor += 1
        guard cursor < end else { return nil }
        let isNegative = cursor.pointee == UInt8(ascii: "-")
        if isNegative || cursor.pointee == UInt8(ascii: "+") { cursor += 1 }
        guard cursor < end else { return nil }
        var power = 0
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            if power < 1_000_000 { power = power * 10 + Int(digit) }
            cursor += 1
        }
        return isNegative ? -power : power
    }

    private static func leadingZeroCount(
        _ digits: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Int {
        var cursor = digits
        var count = 0
        while cursor < end {
            if cursor.pointee == UInt8(ascii: "0") {
                count += 1
            } else if cursor.pointee != UInt8(ascii: ".") {
                break
            }
            cursor += 1
        }
        return count
    }

    /// The words that C prints for what is no finite number.
    private static func parseWord(
        _ first: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> ParsedNumber {
        if matches(first, end, "nan") { return .nan }
        if matches(first, end, "inf") || matches(first, end, "infinity") { return .infinite }
        return .invalid
    }

    private static func matches(
        _ first: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        _ word: StaticString
    ) -> Bool {
        guard end - first == word.utf8CodeUnitCount else { return false }
        for index in 0..<(end - first) where first[index] | 0x20 != word.utf8Start[index] {
            return false
        }
        return true
    }

    /// Reads a text already known to have the form of a number.
    @inline(never)
    private static func parseSlowly(
        _ first: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> ParsedNumber {
        let bytes = UnsafeBufferPointer(start: first, count: end - first)
        guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { return .invalid }
        return value.isFinite ? .number(value) : .infinite
    }
}
