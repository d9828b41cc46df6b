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
        if let option = labels.firstGiven {
            throw ValidationError(
                "\(option) is for rows that stand alone: a series is learned with all of its rows"
            )
        }
        let detector = try seriesDetector()
        let seriesOptions = try series.options(times)
        let options = try reading.options(columns)
        try CommandFailure.reporting(file: train) {
            try OutputFile.checkCanWrite(to: output)
            try refuseModel(train)
            let (table, concerns, timeOfDay) = try trainingSeries(seriesOptions, options)
            let progress = FitProgress(memberCount: detector.folds, showsAllEpochs: verbose)
            var fitted: FittedSeriesDetector
            do {
                defer { progress.finish() }
                fitted = try TimeOfDay.hinting(timeOfDay) {
                    try detector.fitted(
                        to: table,
                        options: seriesOptions,
                        file: train,
                        threadCount: threads.count,
                        onProgress: progress.report
                    )
                }
            }
            if series.alarmsPerDay == nil {
                fitted.decisionRule = .falseAlarmRate(acceptedRate)
            }
            fitted.provenance.source = train == "-" ? "standard input" : fileName(train)
            try fitted.write(to: output)
            // Rows of several series, or out of order, do not follow one another.
            let isOneLine = seriesOptions.entityColumn == nil && seriesOptions.order != .sort
            let trends =
                isOneLine
                ? SeriesTrend.all(in: table, channels: fitted.requiredSchema.names).map(\.line) : []
            let lost = try TimeSeries.samplingNote(of: table, options: seriesOptions, file: train)
            let notes = trends + [lost].compactMap(\.self) + concerns
            for line in SeriesFitReport.learned(fitted) + notes { Console.error(line) }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityRecords.json(SeriesModelSummary(fitted))) }
        }
    }
}
