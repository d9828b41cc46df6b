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
            write(verdict, judged: verdict.score, row: firstRow + index)
        }
    }

    /// Writes what is said of a row of a series.
    func write(_ score: SeriesScore, row: Int) {
        write(score.verdict, judged: score.judgedScore, row: row)
    }

    /// Writes what is said of a row: nothing where it has no verdict.
    ///
    /// - Parameter judged: What the verdict is about.
    func write(_ verdict: Verdict?, judged: RowScore?, row: Int) {
        arrays.score?[row] = verdict?.score.score ?? .nan
        arrays.p_value?[row] = verdict?.score.pValue ?? .nan
        arrays.tail_p_value?[row] = verdict?.score.tailPValue ?? .nan
        arrays.error?[row] = verdict?.score.error ?? .nan
        arrays.anomaly?[row] = verdict?.isAnomaly == true ? 1 : 0
        arrays.judged?[row] = judged?.score ?? .nan
    }
}
