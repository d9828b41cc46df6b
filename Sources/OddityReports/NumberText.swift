import OddityPlatform

/// Numbers as people read them: the same on every machine, whatever its language.
enum NumberText {
    /// The sign after a narrow space that does not break.
    static let percentSign = "\u{202F}%"

    /// A number with this many digits behind the point.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
        let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
        guard scaled < 9e15 else { return scientific(value, digits: 4) }
        var digits = String(UInt64(scaled))
        if digits.count <= decimals {
            digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
        }
        let sign = value < 0 && scaled > 0 ? "−" : ""
        let whole = digits.dropLast(decimals)
        let fraction = decimals > 0 ? "." + digits.suffix(decimals) : ""
        return sign + grouped(whole) + fraction
    }

    /// A number with this many significant digits, in powers of ten where it is very large or small.
    static func significant(_ value: Double, digits: Int = 4) -> String {
        guard value.isFinite, value != 0 else {
            return value == 0 ? "0" : fixed(value, decimals: 0)
        }
        let exponent = exponent(of: value, digits: digits)
        guard -4...6 ~= exponent else { return scientific(value, digits: digits) }
        return fixed(value, decimals: max(0, digits - 1 - exponent))
    }

    /// A share as a percentage; more digits where it is small.
    static func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return "–" }
        let percent = share * 100
        let decimals = abs(percent) < 1 && percent != 0 ? 2 : 1
        return fixed(percent, decimals: decimals) + percentSign
    }

    /// A whole number with its thousands apart.
    static func count(_ value: Int) -> String {
        (value < 0 ? "−" : "") + grouped(Substring(String(value.magnitude)))
    }

    /// A coordinate of an image: a tenth of a pixel is enough; what is not finite becomes 0.
    static func coordinate(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// A power of ten, such as 0.001, 100 or 10⁻⁶.
    static func powerOfTen(_ exponent: Int) -> String {
        switch exponent {
        case -3..<0: fixed(pow(10, Double(exponent)), decimals: -exponent)
        case 0...5: count(Int(pow(10, Double(exponent))))
        default: "10" + superscript(exponent)
        }
    }

    private static func scientific(_ value: Double, digits: Int) -> String {
        let exponent = exponent(of: value, digits: digits)
        // Two steps, because 10³⁰⁸ and its inverse do not both exist.
        let half = pow(10, Double(exponent / 2))
        let mantissa = value / half / pow(10, Double(exponent - exponent / 2))
        return fixed(mantissa, decimals: digits - 1) + " × 10" + superscript(exponent)
    }

    /// The decimal exponent once the value is rounded to these digits.
    private static func exponent(of value: Double, digits: Int) -> Int {
        let exponent = Int(log10(abs(value)).rounded(.down))
        let half = pow(10, Double(exponent / 2))
        let mantissa = abs(value) / half / pow(10, Double(exponent - exponent / 2))
        let scale = pow(10, Double(digits - 1))
        return (mantissa * scale).rounded() >= 10 * scale ? exponent + 1 : exponent
    }

    private static func superscript(_ number: Int) -> String {
        let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(number).map { $0.wholeNumberValue.map { digits[$0] } ?? "⁻" }.joined()
    }

    private static func grouped(_ digits: Substring) -> String {
        guard digits.count > 4 else { return String(digits) }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += "\u{202F}" }
            result.append(digit)
        }
        return result
    }
}
