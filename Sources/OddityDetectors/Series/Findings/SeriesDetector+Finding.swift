public import OddityDatasets
public import OdditySeries

extension SeriesDetector {
    /// Fits to series that may hold odd steps, and finds them: each step is judged by the network that did not see its
    /// block.
    ///
    /// A step's p-value is its rank among all other steps with a score, so that of n normal steps about rate · n are
    /// called anomalies. All steps are learned from.
    ///
    /// - Parameters:
    ///   - table: the rows, as for a fit.
    ///   - options: where the time and the entity of a row are, and how flaws of series are met.
    ///   - file: named in errors.
    ///   - rule: when a step is called an anomaly; a false-alarm rate of 1 % by default.
    ///   - delay: how many of the rows that follow a row is ranked by too, see ``SeriesSmoother``;
    ///     ``FittedSeriesDetector/smoothingDelay`` by default.
    ///   - smoothing: how their scores become one.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread; what it throws ends the fit.
    /// - Throws: like ``fitted(to:options:file:threadCount:onProgress:)``.
    public func findings(
        in table: Table,
        options: SeriesOptions = SeriesOptions(),
        file: String = "the table",
        rule: DecisionRule = .falseAlarmRate(0.01),
        delay: Int? = nil,
        smoothing: SeriesSmoothing = .weighted,
        reasonCount: Int = 0,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> SeriesFindings {
        let fit = try fit(
            to: table,
            options: options,
            file: file,
            threadCount: threadCount,
            onProgress: onProgress
        )
        let finder = SeriesFinder(fit, firstRow: 0, rule: rule)
        let order = fit.series.rowsInOrder
        var scorer = SeriesScorer(finder.detector)
        let judged = try scorer.scores(
            of: order.map { table.selecting(rows: $0) } ?? table,
            reasonCount: reasonCount,
            threadCount: threadCount
        )
        func row(at place: Int) -> Int { order?[place] ?? place }
        let found = judged.enumerated().map { place, judged in
            finder.replacingScore(of: judged, at: row(at: place))
        }
        let numbers = found.smoothedScores(
            delay: delay ?? finder.detector.smoothingDelay,
            by: smoothing
        )
        var rows = found
        for place in found.indices {
            rows[row(at: place)] = found[place].ranked(by: numbers[place])
        }
        return SeriesFindings(detector: finder.detector, rows: rows)
    }
}
