internal import COddityInterface
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords
internal import OdditySeries

/// Fits to the rows of series.
func fitSeries(
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: FitConfiguration,
    _ listener: Listener,
    _ found: UnsafePointer<oddity_scores>?
) throws -> FittedSeriesDetector {
    let settings = try configuration.seriesDetector()
    let options = try configuration.seriesOptions()
    guard configuration.memory == nil || options.endsWithLatest else {
        throw InvalidArgument(
            "option memory learns from the last rows of a series, which goes with neither entity nor sort"
        )
    }
    guard settings.alarmsPerDay == nil || found == nil else {
        throw InvalidArgument(
            "option alarms_per_day is for rows to come, and those that are learned from are to be judged"
        )
    }
    let source = try source(table, configuration)
    let summary = try source.inferSchema().leavingOut(options.keyColumns)
    try source.select(summary.schema, keeping: options.keyColumns)
    for concern in summary.concerns { listener.note(concern) }
    for note in FitReport.leftOut(summary) { listener.note(note) }
    let latest = try MemoryBudget(configuration.memory).latestSteps(
        of: summary.rowCount,
        featureCount: MemoryBudget.stepFeatureCount(summary),
        endsWithLatest: options.endsWithLatest
    )
    latest.note.map(listener.note)
    let rows = try source.readLast(latest.count, of: summary.rowCount)
    var detector: FittedSeriesDetector
    if let found, latest.count < summary.rowCount {
        let finder = try settings.finder(
            learningFrom: rows,
            firstRow: summary.rowCount - latest.count,
            options: options,
            file: memoryName,
            rule: .falseAlarmRate(configuration.falseAlarmRate),
            threadCount: configuration.threadCount,
            onProgress: listener.report
        )
        detector = finder.detector
        try judge(table, by: finder, configuration, ScoreOutput(found))
    } else if let found {
        let findings = try settings.findings(
            in: rows,
            options: options,
            file: memoryName,
            rule: .falseAlarmRate(configuration.falseAlarmRate),
            threadCount: configuration.threadCount,
            onProgress: listener.report
        )
        detector = findings.detector
        let output = ScoreOutput(found)
        for (row, score) in findings.rows.enumerated() { output.write(score, row: row) }
    } else {
        detector = try settings.fitted(
            to: rows,
            options: options,
            file: memoryName,
            threadCount: configuration.threadCount,
            onProgress: listener.report
        )
    }
    if settings.alarmsPerDay == nil {
        detector.decisionRule = .falseAlarmRate(configuration.falseAlarmRate)
    }
    listener.note(detector.unreachableRate)
    detector.provenance.source = configuration.source
    try TimeSeries.samplingNote(of: rows, options: options, file: memoryName)
        .map(listener.note)
    return detector
}

/// Judges all rows of a series of which some were learned from.
private func judge(
    _ table: UnsafePointer<oddity_table>?,
    by finder: SeriesFinder,
    _ configuration: FitConfiguration,
    _ output: ScoreOutput
) throws {
    let detector = finder.detector
    let source = try source(table, configuration)
    try source.select(detector.requiredSchema, keeping: Set(detector.keyColumns))
    var scorer = SeriesScorer(detector)
    var smoother = SeriesSmoother<(SeriesScore, Int)>(
        delay: detector.smoothingDelay,
        by: .weighted
    )
    func write(_ rows: [(item: (SeriesScore, Int), score: Double?)]) {
        for (held, number) in rows { output.write(held.0.ranked(by: number), row: held.1) }
    }
    try source.forEachChunk(keepingInfinities: false) { chunk in
        let rows = try finder.rows(
            of: chunk,
            firstRow: chunk.firstRow,
            by: &scorer,
            threadCount: configuration.threadCount
        )
        for (row, score) in zip(chunk.firstRow..., rows) {
            write(smoother.take((score, row), score))
        }
    }
    write(smoother.finish())
}
