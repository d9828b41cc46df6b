internal import OddityPlatform

/// How a detector's rows are measured against the present level of their series.
struct SeriesLevelRule: Sendable {
    /// A score fades where it falls at nine tenths of the pace at which averages forget, or faster.
    private static let fadingShare = 0.9

    /// So many normal rows are looked back at.
    let memory: Int
    /// What the bar rises by with each row of an alarm.
    let rise: Double
    /// After so many rows an alarm is a new level.
    let longestAlarm: Int
    /// The rate at which averages forget.
    let fadingRate: Double
    /// The rows over which a score must fall to fade: an eighth of what the detector looks back at, at least 2.
    let fadingSpan: Int
    /// What a score that fades loses a row, at least.
    ///
    /// A mean square of averages falls by 2 · ``fadingRate`` a row, in its logarithm, and scores by that over the scale of
    /// the tail, in decades.
    let fadingPace: Double
    /// Whether a row may take the place of the one before.
    let keepsBefore: Bool

    init(_ adaptation: SeriesAdaptation, _ layout: SeriesLayout, tailScale: Double) {
        memory = adaptation.memory
        rise = adaptation.rise
        longestAlarm = adaptation.longestAlarm
        fadingRate = Double(layout.fadingRate)
        fadingSpan = max(2, layout.warmUpCount / 8)
        fadingPace = SeriesLevelRule.fadingShare * 2 * fadingRate / (tailScale * log(10))
        keepsBefore = layout.keepsBefore
    }
}
