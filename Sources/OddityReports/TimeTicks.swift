#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Round times along an axis.
enum TimeTicks {
    private static let day = 86_400.0
    private static let steps: [Double] =
        [1, 2, 5, 10, 15, 30].flatMap { [$0, $0 * 60] }.sorted()
        + [1, 2, 3, 6, 12].map { $0 * 3_600 } + [1, 2, 7, 14, 30, 91, 182, 365].map { $0 * day }

    /// The last instant that dates are written for, the end of the year 9999.
    private static let last = 253_402_300_799.0

    /// Times between two instants, in seconds since the start of 1970.
    static func ticks(low: Double, high: Double, about count: Int) -> [AxisMap.Tick] {
        guard low >= -62_135_596_800, high <= last, high > low else { return [] }
        let rough = (high - low) / Double(count)
        let step =
            steps.first { $0 >= rough * 0.999 } ?? (rough / (365 * day)).rounded() * 365 * day
        let first = (low / step).rounded(.up)
        return stride(from: first, through: (high / step).rounded(.down), by: 1).map { index in
            let time = index * step
            let isFirst = index == first
            return AxisMap.Tick(value: time, label: label(time, step: step, isFirst: isFirst))
        }
    }

    /// The date where days are what matters, at the first tick and at midnight; else the time of day.
    private static func label(_ time: Double, step: Double, isFirst: Bool) -> String {
        let text = Date(timeIntervalSince1970: time).formatted(.iso8601)
        let date = String(text.prefix(10))
        if step >= day { return date }
        let clock = text.dropFirst(11).prefix(step < 60 ? 8 : 5)
        let isMidnight = time.truncatingRemainder(dividingBy: day) == 0
        return isFirst || isMidnight ? "\(date) \(clock)" : String(clock)
    }
}
