/// A field that looks like a length of time, in seconds.
///
/// - By the clock: `1:02:03`, `26:10:05.5`, `1:30`, `2 days 03:04:05`, `1 day, 2:03:04`, `2-03:04:05`.
/// - By units, from the largest to the smallest: `2h 58m`, `1m30.5s`, `3 hours 4 min`, `250 ms`.
/// - By ISO 8601: `PT1H30M`, `P2DT3S`. Years and months have no one length.
///
/// A minus or a plus may stand before all.
struct DurationText {
    /// What two groups of digits, such as `1:30`, are.
    typealias Form = NumberNotation.DurationForm

    /// Longer texts are none.
    private static let lengthLimit = 64

    /// The seconds, if two groups are hours and minutes, and if they are minutes and seconds.
    private let hours: Double
    private let minutes: Double
    /// The number of groups between colons; 0 where units stand behind the numbers.
    let groupCount: Int
    /// Whether two groups have decimals behind them, as only seconds do.
    let hasDecimals: Bool
    /// Whether neither a clock nor a single number with a unit looks so.
    let isCertain: Bool
    /// Whether the first of two groups is none of a clock.
    let exceedsClock: Bool

    /// Nil for what is no length of time.
    init?(_ field: UnsafeBufferPointer<UInt8>) {
        var text = NumberParts.trimmed(field)
        guard 2...Self.lengthLimit ~= text.count else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        if isNegative || text[0] == UInt8(ascii: "+") {
            text = NumberParts.trimmed(UnsafeBufferPointer(rebasing: text[1...]))
        }
        guard let first = text.first else { return nil }
        if first | 0x20 == UInt8(ascii: "p") {
            guard let seconds = DurationUnits.seconds(ofISO: text) else { return nil }
            self.init(seconds: isNegative ? -seconds : seconds, isCertain: true)
        } else if let clock = DurationClock(text) {
            self.init(clock, isNegative: isNegative)
        } else if let units = DurationUnits(text) {
            let seconds = isNegative ? -units.seconds : units.seconds
            self.init(seconds: seconds, isCertain: units.count > 1)
        } else {
            return nil
        }
    }

    private init(_ clock: DurationClock, isNegative: Bool) {
        hours = clock.seconds(.hours, isNegative: isNegative)
        minutes = clock.seconds(.minutes, isNegative: isNegative)
        (groupCount, hasDecimals) = (clock.groupCount, clock.hasDecimals)
        exceedsClock = clock.exceedsClock
        isCertain =
            isNegative || clock.hasDays || exceedsClock || (groupCount == 2 && hasDecimals)
    }

    private init(seconds: Double, isCertain: Bool) {
        (hours, minutes) = (seconds, seconds)
        (groupCount, hasDecimals, exceedsClock) = (0, false, false)
        self.isCertain = isCertain
    }

    /// The length in seconds.
    func seconds(_ form: Form) -> Double { form == .hours ? hours : minutes }
}

/// A length of time as a clock shows it, with days before it or without.
private struct DurationClock {
    private(set) var groupCount = 0
    private(set) var hasDecimals = false
    private(set) var hasDays = false
    private var days = 0.0
    /// Whether the clock counts on from the days, as in `-1 days +23:59:59`, which is a second less than nothing.
    private var countsOn = false
    private var groups = (0.0, 0.0, 0.0)

    /// Whether the first group is none of a clock; `24:00` is the end of a day.
    var exceedsClock: Bool {
        groups.0 > 24 || (groups.0 == 24 && (groups.1 > 0 || groups.2 > 0))
    }

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        guard let first = Self.digits(text, &position) else { return nil }
        if Self.skipDays(text, &position) {
            (days, hasDays) = (first, true)
            if text[position] == UInt8(ascii: "+") {
                countsOn = true
                position += 1
            }
            guard let hour = Self.digits(text, &position) else { return nil }
            groups.0 = hour
        } else {
            groups.0 = first
        }
        groupCount = 1
        while groupCount < 3, position < text.count, text[position] == UInt8(ascii: ":") {
            position += 1
            let start = position
            guard let value = Self.digits(text, &position), position - start == 2, value < 60 else {
                return nil
            }
            if groupCount == 1 { groups.1 = value } else { groups.2 = value }
            groupCount += 1
        }
        guard groupCount > 1, !hasDays || groupCount == 3 else { return nil }
        guard position < text.count else { return }
        guard text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: ","),
            case .number(let fraction) = Self.fraction(text, position)
        else { return nil }
        hasDecimals = true
        if groupCount == 2 { groups.1 += fraction } else { groups.2 += fraction }
    }

    /// The length if two groups are of the form.
    func seconds(_ form: DurationText.Form, isNegative: Bool) -> Double {
        let own =
            groupCount == 2 && form == .minutes
            ? groups.0 * 60 + groups.1 : groups.0 * 3_600 + groups.1 * 60 + groups.2
        let whole = days * 86_400
        guard isNegative else { return whole + own }
        return countsOn ? own - whole : -(whole + own)
    }

    private static func digits(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) -> Double? {
        let start = position
        var value = 0.0
        while position < text.count, text[position] &- UInt8(ascii: "0") <= 9, position - start < 9
        {
            value = value * 10 + Double(text[position] &- UInt8(ascii: "0"))
            position += 1
        }
        return position > start ? value : nil
    }

    private static func fraction(
        _ text: UnsafeBufferPointer<UInt8>,
        _ point: Int
    ) -> ParsedNumber {
        let digits = text[(point + 1)...]
        guard !digits.isEmpty, digits.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) else {
            return .invalid
        }
        var number = [UInt8(ascii: "0"), UInt8(ascii: ".")] + digits
        return number.withUnsafeMutableBufferPointer { FloatParser.parse(UnsafeBufferPointer($0)) }
    }

    /// Passes over what stands between days and hours: ` days `, ` day, `, `d` or `-`.
    private static func skipDays(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) -> Bool {
        if position < text.count, text[position] == UInt8(ascii: "-") {
            position += 1
            return position < text.count
        }
        var end = position
        let blank = UInt8(ascii: " ")
        while end < text.count, text[end] == blank { end += 1 }
        let start = end
        while end < text.count, 0x61...0x7A ~= text[end] | 0x20 { end += 1 }
        let word = String(decoding: text[start..<end], as: UTF8.self).lowercased()
        guard ["d", "day", "days"].contains(word) else { return false }
        if end < text.count, text[end] == UInt8(ascii: ",") { end += 1 }
        while end < text.count, text[end] == blank { end += 1 }
        // `2 days` alone is a number with a unit, and `2d 3h` is one by units.
        guard end < text.count, text[end...].contains(UInt8(ascii: ":")) else { return false }
        position = end
        return true
    }
}

/// Numbers with units of time, from the largest to the smallest.
private struct DurationUnits {
    private(set) var seconds = 0.0
    /// The number of units.
    private(set) var count = 0

    private static let lengths: [String: Double] = {
        let units: [(Double, [String])] = [
            (604_800, ["w", "wk", "wks", "week", "weeks"]), (86_400, ["d", "day", "days"]),
            (3_600, ["h", "hr", "hrs", "hour", "hours", "std"]),
            (60, ["m", "min", "mins", "minute", "minutes"]),
            (1, ["s", "sec", "secs", "second", "seconds"]),
            (1e-3, ["ms", "msec", "msecs", "millisecond", "milliseconds"]),
            (1e-6, ["us", "µs", "μs", "usec", "microsecond", "microseconds"]),
            (1e-9, ["ns", "nsec", "nanosecond", "nanoseconds"]),
        ]
        var lengths: [String: Double] = [:]
        for (length, names) in units { for name in names { lengths[name] = length } }
        return lengths
    }()

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var rest = text[...]
        var last = Double.infinity
        while !rest.isEmpty {
            guard let (number, length) = Self.part(&rest), length < last else { return nil }
            last = length
            seconds += number * length
            count += 1
        }
    }

    /// Takes a number and its unit off the start, with the blanks, the comma or the `and` behind.
    private static func part(
        _ rest: inout Slice<UnsafeBufferPointer<UInt8>>
    ) -> (Double, Double)? {
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") <= 9 || $0 == UInt8(ascii: ".") }
        guard digits.first.map({ $0 &- UInt8(ascii: "0") <= 9 }) ?? false,
            case .number(let number) = FloatParser.parse(UnsafeBufferPointer(rebasing: digits))
        else { return nil }
        rest = rest[digits.endIndex...].drop { $0 == UInt8(ascii: " ") }
        let word = rest.prefix { 0x61...0x7A ~= $0 | 0x20 || $0 >= 0x80 }
        guard word.count <= 12,
            let length = lengths[String(decoding: word, as: UTF8.self).lowercased()]
        else { return nil }
        rest = rest[word.endIndex...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
        if rest.starts(with: "and ".utf8) {
            rest = rest.dropFirst(4).drop { $0 == UInt8(ascii: " ") }
        }
        return (number, length)
    }

    /// The seconds of `P2DT3H4M5.5S`; nil for what is none, or has years or months.
    static func seconds(ofISO text: UnsafeBufferPointer<UInt8>) -> Double? {
        let letters: [UInt8: (length: Double, isTime: Bool)] = [
            UInt8(ascii: "w"): (604_800, false), UInt8(ascii: "d"): (86_400, false),
            UInt8(ascii: "h"): (3_600, true), UInt8(ascii: "m"): (60, true),
            UInt8(ascii: "s"): (1, true),
        ]
        var rest = text[...].dropFirst()
        var isTime = false
        var last = Double.infinity
        var seconds = 0.0
        while let byte = rest.first {
            if byte | 0x20 == UInt8(ascii: "t"), !isTime {
                isTime = true
                rest = rest.dropFirst()
                continue
            }
            let digits = rest.prefix { $0 &- UInt8(ascii: "0") <= 9 || $0 == UInt8(ascii: ".") }
            rest = rest[digits.endIndex...]
            guard !digits.isEmpty, let letter = rest.first, let unit = letters[letter | 0x20],
                unit.isTime == isTime, unit.length < last,
                case .number(let number) = FloatParser.parse(UnsafeBufferPointer(rebasing: digits))
            else { return nil }
            last = unit.length
            seconds += number * unit.length
            rest = rest.dropFirst()
        }
        return last < .infinity ? seconds : nil
    }
}
