internal import ArgumentParser
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords
internal import OddityReports
internal import OdditySeries

extension FindCommand: SeriesFitting {
    var seriesPath: String { data }

    /// Finds the odd steps of series.
    func findInSeries() throws {
        try refuseImages()
        if let option = firstGiven(of: "--keep", "--contamination") {
            throw ValidationError(
                "\(option) is for rows that stand alone, and \(data) is taken as a series"
            )
        }
        if let option = memory.firstGiven {
            throw ValidationError(
                "\(option) learns from the latest rows of a series, and find judges all by networks that did not see them;"
                    + " fit a model (oddity fit) and score the rows with it"
            )
        }
        guard series.alarmsPerDay == nil else {
            throw ValidationError("--alarms-per-day is for rows to come; see oddity fit")
        }
        let detector = try seriesDetector()
        let seriesOptions = try series.options(times)
        let options = try reading.options(columns)
        try CommandFailure.reporting(file: data) {
            try checkOutputs()
            try refuseModel(data)
            let (table, concerns, timeOfDay) = try trainingSeries(seriesOptions, options)
            let progress = FitProgress(memberCount: detector.folds, showsAllEpochs: verbose)
            var findings = try { () throws in
                defer { progress.finish() }
                return try TimeOfDay.hinting(timeOfDay) {
                    try detector.findings(
                        in: table,
                        options: seriesOptions,
                        file: data,
                        rule: .falseAlarmRate(falseAlarmRate ?? 0.01),
                        delay: smoothing.delay,
                        reasonCount: found.reasonCount,
                        threadCount: threads.count,
                        onProgress: progress.report
                    )
                }
            }()
            findings.detector.provenance.source = data == "-" ? "standard input" : fileName(data)
            try write(findings)
            try show(findings)
            let lost = try TimeSeries.samplingNote(of: table, options: seriesOptions, file: data)
            let seen = SeriesFitReport.removed(findings.detector)
            for line in seen + [lost].compactMap(\.self) + concerns { Console.error(line) }
        }
    }

    private func write(_ findings: SeriesFindings) throws {
        let detector = findings.detector
        if let output { try found.form(in: output).write(findings) }
        try keep(detector)
        guard report != nil else { return }
        var page = FindingsPage(unit: .step, rule: detector.decisionRule)
        for (row, judged) in findings.rows.enumerated() {
            guard let score = judged.score else { continue }
            page.append(
                score,
                judged: judged.judgedScore,
                isAnomaly: judged.isAnomaly,
                reasons: judged.reasons,
                name: judged.name(row: row, detector.scoreKeys)
            )
        }
        try write(
            page,
            "each step judged by the network that did not see its block",
            of: detector,
            byChance: findings.expectedFalseAlarmCount,
            ModelCard(detector)
        )
    }

    private func show(_ findings: SeriesFindings) throws {
        let detector = findings.detector
        Notices.show(detector.unreachableRate)
        if output != "-" {
            try Console.print(
                [ScoredLine.header(keys: detector.scoreKeys)]
                    + findings.oddest(top).map {
                        ScoredLine(findings.rows[$0], row: $0, keys: detector.scoreKeys).table
                    }
            )
        }
        var states = SeriesStates()
        states.add(findings.rows)
        tell(
            counted(findings.rows.count, "row"),
            anomalyCount: findings.anomalyCount,
            of: detector,
            byChance: findings.expectedFalseAlarmCount,
            rest: states.text.isEmpty ? nil : String(states.text.dropFirst(2))
        )
    }
}
