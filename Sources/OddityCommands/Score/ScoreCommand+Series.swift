internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityReports
internal import OdditySeries

extension ScoreCommand {
    /// Scores the rows of time series.
    func scoreSeries(_ detector: FittedSeriesDetector) throws {
        if let option = broken.firstGiven ?? (maps == nil ? nil : "--maps") {
            throw ValidationError("\(option) is for images, and \(data) holds none")
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
        var scorer = SeriesScorer(detector)
        var states = SeriesStates()
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
        try write(page, of: detector, ModelCard(detector).sections)
        pace.warning.map(Console.error)
        Console.error(
            "\(counted(writer.rowCount, "row")), "
                + "\(counted(writer.anomalyCount, "anomaly", "anomalies")) "
                + "(\(detector.decisionRule))\(states.text)\(bad.text)"
        )
    }
}

extension FittedSeriesDetector {
    /// What tells rows of series apart, beside their number.
    var scoreKeys: [SeriesKey] {
        (options.timeColumn == nil ? [] : [.time]) + (options.entityColumn == nil ? [] : [.entity])
    }
}

/// Why rows of series have no score, and how many.
struct SeriesStates {
    private var counts: [String: Int] = [:]
    private var hasToldOfForgotten = false

    mutating func add(_ rows: [SeriesScore]) {
        tellOfForgotten(rows)
        for row in rows where row.score == nil { counts[row.stateText, default: 0] += 1 }
    }

    /// Tells once that there are more series than are remembered.
    private mutating func tellOfForgotten(_ rows: [SeriesScore]) {
        guard !hasToldOfForgotten, rows.contains(where: { $0.forgottenEntity != nil }) else {
            return
        }
        hasToldOfForgotten = true
        Console.error(
            "note: there are more than \(grouped(SeriesTracker.entityLimit)) series; those whose last rows "
                + "are the oldest are forgotten, and begin anew if they come back"
        )
    }

    /// What to add to a sentence; nothing where all rows have scores.
    var text: String {
        guard !counts.isEmpty else { return "" }
        let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\(grouped($0.value)) \($0.key)" }
        return "; without a score: \(parts.joined(separator: ", "))"
    }
}

extension SeriesScore {
    /// What a step is called in a page: its number, from 1, its time and its series.
    ///
    /// - Parameter row: its number in the data, from 0.
    func name(row: Int, _ keys: [SeriesKey]) -> String {
        (["row \(row + 1)"] + keys.compactMap { $0.text(of: self) }).joined(separator: ", ")
    }

    /// Why a row has no score, or that it has one.
    var stateText: String { isWarmUp ? "warm-up" : state == .usable ? "scored" : "\(state)" }
}
