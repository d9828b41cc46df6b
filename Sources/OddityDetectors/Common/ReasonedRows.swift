/// Which rows get reasons, where any are asked for.
public enum ReasonedRows: String, CaseIterable, Sendable {
    /// All that have a score.
    case all
    /// Those that are called anomalies; scores and verdicts are the same, and found sooner.
    case flagged
}
