internal import OddityPlatform

/// A number with at most six significant digits, as C's `%g` writes it.
///
/// Reasons need millions of them: common numbers are written here, ten times as fast as by C, and the
/// rest (exponents, and numbers so near a tie that rounding needs all their digits) by C.
func shortText(_ value: Double) -> String {
    commonShortText(value) ?? systemShortText(value)
}

/// C's own text.
func systemShortText(_ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
        _ = withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, "%g", $0) }
        return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
}

private let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

/// The text of 0, or of a number from 0.0001 to below a million whose rounding is beyond doubt.
private func commonShortText(_ value: Double) -> String? {
    if value == 0, value.sign == .plus { return "0" }
    let magnitude = abs(value)
    guard magnitude >= 1e-4, magnitude < 1e6 else { return nil }
    var decimals = 5
    while decimals > 0, magnitude >= powersOfTen[6 - decimals] { decimals -= 1 }
    if magnitude < 1 {
        while decimals < 9, magnitude * powersOfTen[decimals - 4] < 10 { decimals += 1 }
    }
    let scaled = magnitude * powersOfTen[decimals]
    let rounded = scaled.rounded()
    guard abs(abs(scaled - rounded) - 0.5) > 1e-6, rounded < 1e6, rounded >= 1e5 else { return nil }

    var digits = UInt32(rounded)
    while decimals > 0, digits.isMultiple(of: 10) {
        digits /= 10
        decimals -= 1
    }
    return String(unsafeUninitializedCapacity: 15) { buffer in
        // Written from the last digit to the first, then moved to the front.
        var place = buffer.count
        func put(_ byte: UInt8) {
            place -= 1
            buffer[place] = byte
        }
        for _ in 0..<decimals {
            put(UInt8(ascii: "0") + UInt8(digits % 10))
            digits /= 10
        }
        if decimals > 0 { put(UInt8(ascii: ".")) }
        repeat {
            put(UInt8(ascii: "0") + UInt8(digits % 10))
            digits /= 10
        } while digits > 0
        if value < 0 { put(UInt8(ascii: "-")) }
        let count = buffer.count - place
        for index in 0..<count { buffer[index] = buffer[place + index] }
        return count
    }
}
