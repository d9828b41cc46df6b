/// A file of the time zone database, in the format of RFC 8536.
struct TimeZoneFile {
    private var firstOffset: Int64 = 0
    private var changes: [TimeZoneRules.Change] = []
    /// The rule for times after the last change, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
    private var rule = ""

    /// Reads a file of version 2 or later; nil for what is none.
    init?(_ bytes: [UInt8]) {
        guard let first = Header(bytes, at: 0), first.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: first.end(timeSize: 4))
        else { return nil }
        let start = header.start
        let indexStart = start + header.timeCount * 8
        let typeStart = indexStart + header.timeCount
        let end = header.end(timeSize: 8)
        guard header.typeCount > 0, end <= bytes.count else { return nil }
        func offset(_ type: Int) -> Int64? {
            guard type < header.typeCount else { return nil }
            return Int64(Int32(truncatingIfNeeded: bigEndian(bytes, typeStart + type * 6, 4)))
        }
        guard let firstOffset = offset(0) else { return nil }
        self.firstOffset = firstOffset
        for index in 0..<header.timeCount {
            let time = bigEndian(bytes, start + index * 8, 8)
            guard let offset = offset(Int(bytes[indexStart + index])) else { return nil }
            // The first change of some zones lies before all times.
            guard time > -1 << 40 else {
                self.firstOffset = offset
                continue
            }
            changes.append(TimeZoneRules.Change(time: time, offset: offset))
        }
        let footer = bytes[end...].drop { $0 == UInt8(ascii: "\n") }.prefix {
            $0 != UInt8(ascii: "\n")
        }
        rule = String(decoding: footer, as: UTF8.self)
    }

    /// The rules, with those that have no end followed to the end of a year.
    func rules(named name: String, lastYear: Int) -> TimeZoneRules {
        var all = changes
        if let rule = TimeZoneRule(rule) {
            let last = changes.last?.time ?? .min
            let days = last == .min ? 0 : Int(last.dividedFlooring(by: 86_400).quotient)
            for year in max(1_970, CivilDate(days: days).year)...max(lastYear, 1_970) {
                all += rule.changes(in: year).filter { $0.time > last }
            }
        }
        return TimeZoneRules(name: name, firstOffset: firstOffset, changes: all)
    }
}

/// The counts at the start of one of the file's two blocks.
private struct Header {
    let version: UInt8
    /// Where the block's data begin.
    let start: Int
    let timeCount, typeCount: Int
    private let rest: (leaps: Int, standards: Int, universals: Int, characters: Int)

    init?(_ bytes: [UInt8], at position: Int) {
        guard position >= 0, bytes.count >= position + 44,
            bytes[position...].starts(with: Array("TZif".utf8))
        else { return nil }
        version = bytes[position + 4]
        start = position + 44
        func count(_ index: Int) -> Int { Int(bigEndian(bytes, position + 20 + index * 4, 4)) }
        rest = (leaps: count(2), standards: count(1), universals: count(0), characters: count(5))
        (timeCount, typeCount) = (count(3), count(4))
        guard
            [rest.leaps, rest.standards, rest.universals, rest.characters, timeCount, typeCount]
                .allSatisfy({ 0...100_000 ~= $0 })
        else { return nil }
    }

    func end(timeSize: Int) -> Int {
        start + timeCount * (timeSize + 1) + typeCount * 6 + rest.characters
            + rest.leaps * (timeSize + 4) + rest.standards + rest.universals
    }
}

/// The rule of a zone for all years to come, as POSIX writes it.
struct TimeZoneRule {
    private struct Day {
        var month, week, weekday: Int
        var seconds: Int64 = 7_200
    }

    private let standard: Int64
    private let summer: Int64
    private let start: Day
    private let end: Day

    /// Reads `CET-1CEST,M3.5.0,M10.5.0/3`; nil for a zone without summer time.
    init?(_ text: String) {
        let parts = text.split(separator: ",")
        guard parts.count == 3 else { return nil }
        var names = Substring(parts[0])
        Self.dropName(&names)
        guard let standard = Self.time(&names) else { return nil }
        Self.dropName(&names)
        let summer = names.isEmpty ? nil : Self.time(&names)
        guard let start = Self.day(parts[1]), let end = Self.day(parts[2]) else { return nil }
        self.standard = -standard
        self.summer = summer.map { -$0 } ?? -standard + 3_600
        (self.start, self.end) = (start, end)
    }

    /// The beginning and the end of summer time in a year.
    func changes(in year: Int) -> [TimeZoneRules.Change] {
        let changes = [
            TimeZoneRules.Change(time: Self.seconds(start, year) - standard, offset: summer),
            TimeZoneRules.Change(time: Self.seconds(end, year) - summer, offset: standard),
        ]
        return changes.sorted { $0.time < $1.time }
    }

    /// The seconds since 1970 of a day's time by the clock.
    private static func seconds(_ day: Day, _ year: Int) -> Int64 {
        let first = CivilDate(year: year, month: day.month, day: 1).days ?? 0
        // 1970-01-01 was a Thursday; Sunday is 0.
        let weekday = ((first + 4) % 7 + 7) % 7
        var date = 1 + (day.weekday - weekday + 7) % 7 + (day.week - 1) * 7
        while CivilDate(year: year, month: day.month, day: date).days == nil, date > 7 { date -= 7 }
        return Int64(first + date - 1) * 86_400 + day.seconds
    }

    /// Passes over a name, such as `CET` or `<+03>`.
    private static func dropName(_ text: inout Substring) {
        if text.first == "<" {
            text = text.drop { $0 != ">" }.dropFirst()
        } else {
            text = text.drop { $0.isLetter }
        }
    }

    /// Reads hours, minutes and seconds.
    private static func time(_ text: inout Substring) -> Int64? {
        var sign: Int64 = 1
        if let first = text.first, first == "-" || first == "+" {
            sign = first == "-" ? -1 : 1
            text = text.dropFirst()
        }
        let digits = text.prefix { $0.isNumber || $0 == ":" }
        text = text.dropFirst(digits.count)
        let parts = digits.split(separator: ":").map { Int64($0) }
        guard 1...3 ~= parts.count, parts.allSatisfy({ $0 != nil }) else { return nil }
        let values = parts.compactMap { $0 }
        var seconds: Int64 = 0
        for (value, unit) in zip(values, [3_600, 60, 1] as [Int64]) where value < 200 {
            seconds += value * unit
        }
        return sign * seconds
    }

    /// Reads `M3.5.0/2`: the last Sunday of March, at 2 o'clock.
    private static func day(_ text: Substring) -> Day? {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let date = parts.first, date.first == "M" else { return nil }
        let numbers = date.dropFirst().split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, 1...12 ~= numbers[0], 1...5 ~= numbers[1], 0...6 ~= numbers[2]
        else { return nil }
        var day = Day(month: numbers[0], week: numbers[1], weekday: numbers[2])
        if parts.count == 2 {
            var time = parts[1]
            guard let seconds = Self.time(&time) else { return nil }
            day.seconds = seconds
        }
        return day
    }
}

/// A whole number of some bytes.
private func bigEndian(_ bytes: [UInt8], _ position: Int, _ count: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in bytes[position..<position + count] { value = value << 8 | UInt64(byte) }
    return Int64(truncatingIfNeeded: value)
}
