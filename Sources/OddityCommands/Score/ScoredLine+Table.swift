internal import Detectors
internal import Preprocessing

extension ScoredLine {
    static let header = "     row    score    p-value      error  verdict  reasons"

    /// The row as a line of a table for a person.
    var table: String {
        let score = row.score
        let columns = [
            (String(number), 8), (decimals(score.score, 3), 7), (decimals(score.pValue, 5), 9),
            (decimals(score.error, 5), 9),
        ]
        let numbers = columns.map { text, width in
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let line =
            numbers.joined(separator: "  ") + "  " + (isAnomaly ? "anomaly" : "normal")
        guard !row.reasons.isEmpty else { return line }
        let reasons = row.reasons.map {
            "\($0.column) \($0.actual) (expected \($0.expected), \(percent($0.share, 0)))"
        }
        return line + (isAnomaly ? "  " : "   ") + reasons.joined(separator: "; ")
    }
}
