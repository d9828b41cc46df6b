public import OddityDatasets
internal import OddityPlatform

/// A transformer that turns one column of dates and times into features of the calendar, learned by ``TablePreparation``.
///
/// Each cycle gives the sine and the cosine of how much of it has gone by, so that the end of a day lies beside its
/// beginning. An hour, weekday or month that training never saw, and a text that is no time, are evidence of their own.
public struct CalendarEncoder: Codable, Sendable, Equatable {
    /// A cycle as training saw it.
    struct Cycle: Codable, Sendable, Equatable {
        let cycle: CalendarCycle
        /// The number of training rows in each part.
        let counts: [Int]
        /// What is subtracted from the sine and the cosine.
        let centers: [Double]
        /// What the differences are divided by.
        let scales: [Double]
    }

    /// How times are written, and the zone of the clock that they are looked at by.
    public let format: TimestampFormat
    /// What is done with missing values.
    public let missingValues: MissingValuePolicy
    /// The number of training rows without a time.
    let missingCount: Int
    let parts: [Cycle]

    /// The cycles that are looked at.
    public var cycles: [CalendarCycle] { parts.map(\.cycle) }

    /// The number of features: two a cycle.
    public var featureCount: Int { 2 * parts.count }

    /// Where a text is in the cycles; nil if it is no time of the format.
    package func time(of text: String) -> CalendarTime? {
        CalendarEncoder.clockSeconds(of: text, format).map {
            CalendarTime(seconds: $0, cycles: cycles)
        }
    }

    /// What a clock shows, in seconds since 1970 as if it were UTC: the clock of the zone where times have an offset or
    /// are numbers, else that by which they were written.
    static func clockSeconds(of text: String, _ format: TimestampFormat) -> Int64? {
        guard let instant = format.instant(of: text) else { return nil }
        let seconds = instant.nanoseconds.dividedFlooring(by: 1_000_000_000).quotient
        guard let zone = format.zone, format.hasOffset || format.unit != nil else { return seconds }
        return seconds + zone.offset(at: seconds)
    }

    /// Writes the features of each value and marks the values that are evidence by themselves.
    func write(
        _ texts: [String?],
        to features: UnsafeMutablePointer<Float>,
        stride: Int,
        isEvidence: (Int) -> Void
    ) {
        for (row, text) in texts.enumerated() {
            let time = text.flatMap(time(of:))
            write(time, to: features + row * stride)
            if time.map(isForeign) ?? (text != nil || missingCount == 0) { isEvidence(row) }
        }
    }

    /// Writes the features of a place in the cycles; the mean of training for none.
    func write(_ time: CalendarTime?, to features: UnsafeMutablePointer<Float>) {
        for (index, part) in parts.enumerated() {
            guard let phase = time?.phase(in: part.cycle) else {
                (features[2 * index], features[2 * index + 1]) = (0, 0)
                continue
            }
            let angle = 2 * Double.pi * phase
            features[2 * index] = Float((sin(angle) - part.centers[0]) / part.scales[0])
            features[2 * index + 1] = Float((cos(angle) - part.centers[1]) / part.scales[1])
        }
    }

    /// Whether a time is in an hour, weekday or month that training never saw.
    private func isForeign(_ time: CalendarTime) -> Bool {
        parts.contains { part in time.part(of: part.cycle).map { part.counts[$0] == 0 } ?? false }
    }

    /// The place in the cycles that features stand for: the inverse of ``write(_:to:)``.
    func time(of features: UnsafePointer<Float>) -> CalendarTime {
        var time = CalendarTime()
        for (index, part) in parts.enumerated() {
            let sine = Double(features[2 * index]) * part.scales[0] + part.centers[0]
            let cosine = Double(features[2 * index + 1]) * part.scales[1] + part.centers[1]
            let turn = atan2(sine, cosine) / (2 * Double.pi)
            time.set(phase: turn < 0 ? turn + 1 : turn, in: part.cycle)
        }
        return time
    }

    /// More times than any table has.
    private static let countLimit = 1 << 48

    /// For a preparer that was read from a file, what no training can have given; nil where all parts belong together.
    var flaw: String? {
        if Set(cycles).count != parts.count { return "has a cycle of the calendar twice" }
        if parts.isEmpty { return "has no cycle of the calendar" }
        for part in parts {
            guard part.counts.count == part.cycle.partCount,
                part.counts.allSatisfy({ 0...Self.countLimit ~= $0 }),
                part.centers.count == 2, part.scales.count == 2,
                part.centers.allSatisfy({ abs($0) <= 1 }),
                part.scales.allSatisfy({ CalendarEncoding.leastScale...1 ~= $0 })
            else { return "has numbers of a \(part.cycle) that cannot be" }
        }
        let totals = Set(parts.map { $0.counts.reduce(0, +) })
        if totals.count > 1 { return "has cycles of the calendar of different times" }
        return 0...Self.countLimit ~= missingCount ? nil : "has \(missingCount) missing values"
    }
}
