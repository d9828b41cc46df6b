internal import OddityDatasets

/// What comes again in the calendar, in the parts that people tell apart.
public enum CalendarCycle: String, Codable, CaseIterable, Sendable {
    /// A day, of 24 hours.
    case day
    /// A week, of 7 weekdays from Monday.
    case week
    /// A year, of 12 months.
    case year

    /// The number of parts: hours, weekdays or months.
    public var partCount: Int {
        switch self {
        case .day: 24
        case .week: 7
        case .year: 12
        }
    }

    /// The shortest time in which every part has come once, in seconds.
    package var length: Int64 {
        switch self {
        case .day: 86_400
        case .week: 7 * 86_400
        case .year: 365 * 86_400
        }
    }

    /// What the parts are, for a person.
    package var partName: String {
        switch self {
        case .day: "hour"
        case .week: "weekday"
        case .year: "month"
        }
    }
}

/// Where a time is in the cycles of the calendar; those that are not looked at are nil.
public struct CalendarTime: Codable, Equatable, Sendable {
    /// The seconds since midnight.
    public var secondOfDay: Int?
    /// The weekday, from 0 for Monday.
    public var weekday: Int?
    /// The month, from 0 for January.
    public var month: Int?

    /// Creates a place in the cycles.
    public init(secondOfDay: Int? = nil, weekday: Int? = nil, month: Int? = nil) {
        (self.secondOfDay, self.weekday, self.month) = (secondOfDay, weekday, month)
    }

    /// The place of a clock's time.
    ///
    /// - Parameter seconds: what a clock shows, in seconds since 1970 as if it were UTC.
    init(seconds: Int64, cycles: [CalendarCycle] = CalendarCycle.allCases) {
        let (days, second) = seconds.dividedFlooring(by: 86_400)
        for cycle in cycles {
            switch cycle {
            case .day: secondOfDay = Int(second)
            // 1970 began on a Thursday.
            case .week: weekday = Int((days + 3).dividedFlooring(by: 7).remainder)
            case .year: month = CivilDate(days: Int(days)).month - 1
            }
        }
    }

    /// The part of a cycle that the time is in; nil if that is not looked at.
    func part(of cycle: CalendarCycle) -> Int? {
        switch cycle {
        case .day: secondOfDay.map { $0 / 3_600 }
        case .week: weekday
        case .year: month
        }
    }

    /// How much of a cycle has gone by, from 0 to below 1; weekdays and months count as whole.
    func phase(in cycle: CalendarCycle) -> Double? {
        switch cycle {
        case .day: secondOfDay.map { Double($0) / 86_400 }
        case .week: weekday.map { Double($0) / 7 }
        case .year: month.map { Double($0) / 12 }
        }
    }

    /// Takes over how much of a cycle has gone by, to the minute.
    mutating func set(phase: Double, in cycle: CalendarCycle) {
        let part = { (count: Int) in Int((phase * Double(count)).rounded()) % count }
        switch cycle {
        case .day: secondOfDay = part(1_440) * 60
        case .week: weekday = part(7)
        case .year: month = part(12)
        }
    }
}

extension CalendarTime: CustomStringConvertible {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The place for a person, such as `Tue 14:30` or `Tue 14:30 in Mar`.
    public var description: String {
        var words: [String] = []
        if let weekday { words.append(Self.weekdays[weekday]) }
        if let secondOfDay {
            let (hour, minute) = (secondOfDay / 3_600, secondOfDay / 60 % 60)
            words.append("\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)")
        }
        let text = words.joined(separator: " ")
        guard let month else { return text }
        return text.isEmpty ? Self.months[month] : "\(text) in \(Self.months[month])"
    }
}
