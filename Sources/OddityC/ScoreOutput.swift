internal import COddityInterface
internal import OddityDetectors

/// Where a program in C wants what is said of rows.
struct ScoreOutput {
    private let arrays: oddity_scores

    /// - Parameter scores: nil for nowhere.
    init(_ scores: UnsafePointer<oddity_scores>?) {
        arrays = scores?.pointee ?? oddity_scores()
    }

    /// Writes what is said of rows that follow one another.
    func write(_ verdicts: [Verdict], firstRow: Int) {
        for (index, verdict) in verdicts.enumerated() {
            let row = firstRow + index
            arrays.score?[row] = verdict.score.score
            arrays.p_value?[row] = verdict.score.pValue
            arrays.tail_p_value?[row] = verdict.score.tailPValue ?? .nan
            arrays.error?[row] = verdict.score.error
            arrays.anomaly?[row] = verdict.isAnomaly ? 1 : 0
        }
    }
}
