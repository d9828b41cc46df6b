internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
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
        var scorer = SeriesScorer(detector, adaptation: following.adaptation)
        var states = SeriesStates()
        var levels = FollowedLevels(detector)
        var monitor = ShiftMonitor(detector)
        var pace = SeriesPace(detector)
        var page = report.map { _ in FindingsPage(unit: .step, rule: detector.decisionRule) }
        var bad = BadRows(badRows, path: data)
        while let parts = try source.nextParts() {
            for part in parts {
                switch part {
                case .rows(let chunk):
                    bad.count(chunk)
                    let rows = try scorer.scores(
                        of: chunk,
                        reasonCount: writer.reasonCount,
                        threadCount: threads.count
                    )
                    states.add(rows)
                    levels.add(rows, firstRow: chunk.firstRow)
                    monitor.add(chunk, rows.map(\.verdict))
                    pace.add(rows)
                    try writer.write(rows, firstRow: chunk.firstRow)
                    for (offset, row) in rows.enumerated() {
                        guard let score = row.score else { continue }
                        page?.append(
                            score,
                            isAnomaly: row.isAnomaly,
                            reasons: row.reasons,
                            name: row.name(row: chunk.firstRow + offset, detector.scoreKeys)
                        )
                    }
                    try eventWriter?.add(rows, firstRow: chunk.firstRow)
                case .bad(let row):
                    try bad.add(row)
                    if bad.policy == .null { try writer.write(row) }
                }
            }
            try writer.flush()
        }
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
