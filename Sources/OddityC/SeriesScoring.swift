public import COddityInterface
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// `oddity_model_score_series` of `oddity.h`.
@_cdecl("oddity_model_score_series")
public func modelScoreSeries(
    _ model: OpaquePointer?,
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: UnsafePointer<CChar>?,
    _ threadCount: Int32,
    _ listener: UnsafePointer<oddity_judging_listener>?,
    _ scores: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
    reporting(error, orReturn: false) {
        let output = ScoreOutput(scores)
        let judging = try SeriesJudging(model, configuration, threadCount)
        try judging.judge(table, listener, reasonCount: 0) { output.write($0, row: $1) }
        return true
    }
}

/// `oddity_model_explain_series` of `oddity.h`.
@_cdecl("oddity_model_explain_series")
public func modelExplainSeries(
    _ model: OpaquePointer?,
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: UnsafePointer<CChar>?,
    _ reasonCount: Int32,
    _ threadCount: Int32,
    _ listener: UnsafePointer<oddity_judging_listener>?,
    _ scores: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    reporting(error, orReturn: nil) {
        let output = ScoreOutput(scores)
        let judging = try SeriesJudging(model, configuration, threadCount)
        let count = try reasons(reasonCount, of: judging.detector.columnCount)
        let keys = judging.detector.scoreKeys
        var lines = ""
        try judging.judge(table, listener, reasonCount: count) { score, row in
            output.write(score, row: row)
            lines += ScoredLine(score, row: row, keys: keys).json + "\n"
        }
        return copied(lines)
    }
}

/// How rows of series are judged: as `oddity score` does it.
private struct SeriesJudging {
    /// The options of `oddity score` for series, with underscores.
    enum Option: String, CaseIterable {
        case adapt, delay, smoothing
    }

    let detector: FittedSeriesDetector
    let adaptation: SeriesAdaptation
    let delay: Int
    let smoothing: SeriesSmoothing
    let threadCount: Int

    init(
        _ model: OpaquePointer?,
        _ configuration: UnsafePointer<CChar>?,
        _ threadCount: Int32
    ) throws {
        detector = try ModelHandle.series(model)
        let options = try Options<Option>(configuration)
        adaptation = try options.choice(.adapt) ?? .fast
        delay = try options.integer(.delay) ?? detector.smoothingDelay
        guard (0...10_000).contains(delay) else {
            throw options.invalid(.delay, "a count from 0 to 10000")
        }
        let asked: SeriesSmoothing? = try options.choice(.smoothing)
        guard delay > 0 || asked == nil else {
            throw InvalidArgument("option smoothing needs rows that follow: a delay of at least 1")
        }
        smoothing = asked ?? .weighted
        self.threadCount = try threads(threadCount)
    }

    /// Judges the rows of a table, in their order.
    ///
    /// - Throws: ``Cancelled`` where the listener does not want to go on.
    func judge(
        _ table: UnsafePointer<oddity_table>?,
        _ listener: UnsafePointer<oddity_judging_listener>?,
        reasonCount: Int,
        _ take: (SeriesScore, _ row: Int) -> Void
    ) throws {
        let source = try source(table)
        try source.select(detector.requiredSchema, keeping: Set(detector.keyColumns))
        var scorer = SeriesScorer(detector, adaptation: adaptation)
        var smoother = SeriesSmoother<(SeriesScore, Int)>(delay: delay, by: smoothing)
        func takeRanked(_ rows: [(item: (SeriesScore, Int), score: Double?)]) {
            for (held, number) in rows { take(held.0.ranked(by: number), held.1) }
        }
        try source.forEachChunk(keepingInfinities: false) { chunk in
            let scores = try scorer.scores(
                of: chunk,
                reasonCount: reasonCount,
                threadCount: threadCount
            )
            for (row, score) in zip(chunk.firstRow..., scores) {
                takeRanked(smoother.take((score, row), score))
            }
            guard let listener = listener?.pointee, let judged = listener.judged else { return }
            guard judged(listener.context, chunk.firstRow + scores.count) else {
                throw Cancelled(work: "scoring")
            }
        }
        takeRanked(smoother.finish())
    }
}
