internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityRecords
internal import OddityReports
internal import OdditySeries

extension ScoreCommand {
    /// Scores the rows of time series.
    func scoreSeries(_ detector: FittedSeriesDetector) throws {
        if let option = firstGiven(of: "--skip-broken", "--maps") {
            throw ValidationError("\(option) is for images, and \(data) holds none")
        }
        if let option = discoveries.firstGiven {
            throw ValidationError(
                "\(option) is for rows that stand alone; steps of series are odd together, so count alarms a day (fit --alarms-per-day)"
            )
        }
        guard choice.keep.isEmpty else {
            throw ValidationError(
                "--keep is for rows that stand alone; rows of series are told apart by time and entity"
            )
        }
        var detector = detector
        decision.apply(to: &detector.decisionRule)
        alarms.apply(to: &detector.alarms)
        var source = try SeriesSource(data, for: detector, options: reading.options())
        Notices.show(extraColumns: source.extraColumns)
        Notices.show(detector.unreachableRate)
        let writer = try ScoreWriter(
            format: format,
            path: output ?? "-",
            reasonCount: min(reasons ?? 3, detector.columnCount),
            keys: detector.scoreKeys,
            choice: choice.choice
        )
        let eventWriter = try events.map {
            try AlarmWriter(path: $0, detector, columnLimit: writer.reasonCount)
        }
        var page = report.map { _ in FindingsPage(unit: .step, rule: detector.decisionRule) }
        var scorer = SeriesScorer(detector, adaptation: following.adaptation)
        var smoother = SeriesSmoother<Held>(
            delay: smoothing.delay(for: detector),
            by: smoothing.method
        )
        func writeRanked(_ rows: [(item: Held, score: Double?)]) throws {
            for (held, number) in rows {
                switch held {
                case .row(let row, let place):
                    let row = row.ranked(by: number)
                    try writer.write([row], firstRow: place)
                    guard let score = row.score else { continue }
                    page?.append(
                        score,
                        judged: row.judgedScore,
                        isAnomaly: row.isAnomaly,
                        reasons: row.reasons,
                        name: row.name(row: place, detector.scoreKeys)
                    )
                case .bad(let row): try writer.write(row)
                }
            }
        }
        var states = SeriesStates()
        var levels = FollowedLevels(detector)
        var monitor = ShiftMonitor(detector)
        var pace = SeriesPace(detector)
        var bad = BadRows(badRows, path: data)
        try Parallel.forEach(
            madeAheadBy: { try source.nextParts() },
            threadCount: threads.count
        ) { parts in
            for part in parts {
                switch part {
                case .rows(let chunk):
                    bad.count(chunk)
                    let rows = try scorer.scores(
                        of: chunk,
                        reasonCount: writer.reasonCount,
                        reasonsFor: reasonsFor ?? .all,
                        threadCount: threads.count
                    )
                    states.add(rows)
                    levels.add(rows, firstRow: chunk.firstRow)
                    monitor.add(chunk, rows.map(\.verdict))
                    pace.add(rows)
                    for (place, row) in zip(chunk.firstRow..., rows) {
                        try writeRanked(smoother.take(.row(row, place), row))
                    }
                    try eventWriter?.add(rows, firstRow: chunk.firstRow)
                case .bad(let row):
                    try bad.add(row)
                    if bad.policy == .null { try writeRanked(smoother.take(.bad(row), nil)) }
                }
            }
            try writer.flush()
        }
        try writeRanked(smoother.finish())
        try bad.checkSomeAreGood()
        try writer.close()
        try eventWriter?.close()
        try write(page, of: detector, ModelCard(detector).sections, monitor.shift)
        Notices.show(monitor.shift, by: detector, model: model)
        pace.warning.map(Console.error)
        states.note.map(Console.error)
        levels.note.map(Console.error)
        Console.error(
            "\(counted(writer.rowCount, "row")), "
                + "\(counted(writer.anomalyCount, "anomaly", "anomalies")) "
                + "(\(detector.decisionRule))\(states.text)\(bad.text)"
        )
    }
}

/// What waits for the rows that follow, before it is written.
private enum Held {
    /// A row and its number, from 0.
    case row(SeriesScore, Int)
    case bad(BadRow)
}
