internal import OddityDatasets
package import OddityDetectors
internal import OdditySeries

/// Whether rows come at the pace that a detector was fitted to.
///
/// Rows that all come more slowly are no fault of any single one of them: each looks like a first row after a
/// gap, or like a change that took too long.
package struct SeriesPace {
    /// The steps that are looked at.
    package static let stepLimit = 100
    private static let fewestSteps = 10

    private let clock: SeriesClock
    private var last: [String: Instant] = [:]
    private var lengths: [Int64] = []

    package init(_ detector: FittedSeriesDetector) {
        clock = detector.clock
    }

    /// Whether as many steps were seen as are looked at.
    package var isSettled: Bool { lengths.count >= Self.stepLimit }

    package mutating func add(_ rows: [SeriesScore]) {
        for row in rows where row.state == .usable && !isSettled {
            guard let instant = row.instant else { return }
            let before = last.updateValue(instant, forKey: row.entity ?? "")
            guard let before, before < instant else { continue }
            lengths.append(instant.nanoseconds.subtractingReportingOverflow(before.nanoseconds).0)
        }
    }

    /// What to tell; nil while rows keep the pace, or are too few to know.
    ///
    /// Where the detector interpolates at steps of its own, rows may well come faster.
    package var warning: String? {
        guard clock.format != nil, lengths.count >= Self.fewestSteps else { return nil }
        let usual = lengths.sorted()[(lengths.count - 1) / 2]
        let ratio = Double(usual) / Double(clock.interval)
        guard ratio >= 1.5 || ratio <= 0.5 && clock.gridInterval == nil else { return nil }
        return
            "warning: rows are \(SeriesClock.text(ofDuration: usual)) apart, and the model was fitted to "
            + "steps of \(clock.intervalText), so its scores mean little here; fit one to rows like these"
    }
}
