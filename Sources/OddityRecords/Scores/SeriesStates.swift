internal import OddityDatasets
package import OddityDetectors
internal import OdditySeries

extension FittedSeriesDetector {
    /// What tells rows of series apart, beside their number.
    package var scoreKeys: [SeriesKey] {
        (options.timeColumn == nil ? [] : [.time(isLocal: clock.format?.isLocal ?? false)])
            + (options.entityColumn == nil ? [] : [.entity])
    }
}

/// Why rows of series have no score, and how many.
package struct SeriesStates {
    private var counts: [String: Int] = [:]
    private var hasForgotten = false

    package init() {}

    package mutating func add(_ rows: [SeriesScore]) {
        hasForgotten = hasForgotten || rows.contains { $0.forgottenEntity != nil }
        for row in rows where row.score == nil { counts[row.stateText, default: 0] += 1 }
    }

    /// That there are more series than are remembered, where that is so.
    package var note: String? {
        guard hasForgotten else { return nil }
        return
            "note: there are more than \(grouped(SeriesTracker.entityLimit)) series; those whose last rows "
            + "are the oldest are forgotten, and start again if they come back"
    }

    /// What to add to a sentence; nothing where all rows have scores.
    package var text: String {
        guard !counts.isEmpty else { return "" }
        let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\(grouped($0.value)) \($0.key)" }
        return "; without a score: \(parts.joined(separator: ", "))"
    }
}

extension SeriesScore {
    /// What a step is called in a page: its number, from 1, its time and its series.
    ///
    /// - Parameter row: its number in the data, from 0.
    package func name(row: Int, _ keys: [SeriesKey]) -> String {
        (["row \(row + 1)"] + keys.compactMap { $0.text(of: self) }).joined(separator: ", ")
    }

    /// Why a row has no score, or that it has one.
    package var stateText: String {
        isWarmUp ? "warm-up" : state == .usable ? "scored" : "\(state)"
    }
}
