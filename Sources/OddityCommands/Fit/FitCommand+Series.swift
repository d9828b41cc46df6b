internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords
internal import OdditySeries

extension FitCommand: SeriesFitting {
    var seriesPath: String { train }

    /// Fits a detector to the rows of time series.
    func fitSeries() throws {
        try refuseImages()
        guard contamination == nil else {
            throw ValidationError(
                "--contamination is for rows that stand alone: a series is learned with all of its rows"
            )
        }
        if let option = labels.firstGiven, validation.validation == nil {
            throw ValidationError(
                "\(option) is for rows that stand alone: a series is learned with all of its rows"
            )
        }
        if let option = found.firstGiven(of: "--keep") {
            throw ValidationError(
                "\(option) is for rows that stand alone, and \(train) is taken as a series"
            )
        }
        let detector = try seriesDetector()
        let seriesOptions = try series.options(times)
        if let option = memory.firstGiven {
            guard seriesOptions.entityColumn == nil, seriesOptions.order != .sort, scores == nil
            else {
                throw ValidationError(
                    "\(option) learns from the last rows of a series, which goes with none of --entity,"
                        + " --sort and --scores"
                )
            }
        }
        let options = try reading.options(columns, mayLackLabel: mayLackLabel)
        try CommandFailure.reporting(file: train) {
            try checkOutputs()
            try refuseModel(train)
            let (table, concerns, timeOfDay) = try trainingSeries(seriesOptions, options)
            try checkValidation(table.schema)
            let progress = FitProgress(memberCount: detector.folds, showsAllEpochs: verbose)
            var (fitted, findings) = try { () throws in
                defer { progress.finish() }
                return try TimeOfDay.hinting(timeOfDay) {
                    try fit(detector, to: table, seriesOptions, onProgress: progress.report)
                }
            }()
            if series.alarmsPerDay == nil {
                fitted.decisionRule = .falseAlarmRate(acceptedRate)
            }
            fitted.provenance.source = train == "-" ? "standard input" : fileName(train)
            let learned = SeriesFitReport.learned(fitted)
            let chosen = try write(&fitted, as: .series(fitted))
            let lost = try TimeSeries.samplingNote(of: table, options: seriesOptions, file: train)
            for line in learned + chosen + [lost].compactMap(\.self) + concerns {
                Console.error(line)
            }
            if let findings { try write(findings) }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityRecords.json(SeriesModelSummary(fitted))) }
        }
    }

    /// Fits to series, and judges their steps where that is asked for.
    private func fit(
        _ detector: SeriesDetector,
        to table: Table,
        _ options: SeriesOptions,
        onProgress: @escaping @Sendable (FittingProgress) -> Void
    ) throws -> (detector: FittedSeriesDetector, findings: SeriesFindings?) {
        guard scores != nil else {
            let fitted = try detector.fitted(
                to: table,
                options: options,
                file: train,
                threadCount: threads.count,
                onProgress: onProgress
            )
            return (fitted, nil)
        }
        let findings = try detector.findings(
            in: table,
            options: options,
            file: train,
            rule: .falseAlarmRate(acceptedRate),
            reasonCount: found.reasonCount,
            threadCount: threads.count,
            onProgress: onProgress
        )
        return (findings.detector, findings)
    }

    /// Writes what networks make of the blocks that they did not see.
    private func write(_ findings: SeriesFindings) throws {
        guard let scores else { return }
        try found.form(in: scores).write(findings)
        tellScores(
            counted(findings.rows.count, "row"),
            anomalyCount: findings.anomalyCount,
            judges: "the network that did not see its block"
        )
    }
}
