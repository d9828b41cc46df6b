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
        try checkMemory(seriesOptions)
        let options = try reading.options(columns, mayLackLabel: mayLackLabel)
        try CommandFailure.reporting(file: train) {
            try checkOutputs()
            try refuseModel(train)
            let training = try trainingSeries(seriesOptions, options)
            try checkValidation(training.table.schema)
            var (fitted, told) = try fit(detector, to: training, seriesOptions)
            if series.alarmsPerDay == nil {
                fitted.decisionRule = .falseAlarmRate(acceptedRate)
            }
            fitted.provenance.source = train == "-" ? "standard input" : fileName(train)
            let learned = SeriesFitReport.learned(fitted)
            let chosen = try write(&fitted, as: .series(fitted))
            let lost = try TimeSeries.samplingNote(
                of: training.table,
                options: seriesOptions,
                file: train
            )
            for line in learned + chosen + [lost].compactMap(\.self) + training.concerns {
                Console.error(line)
            }
            if let told { tellScores(of: told, isCut: training.isCut) }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityRecords.json(SeriesModelSummary(fitted))) }
        }
    }

    /// Fits to series, and judges their steps where that is asked for.
    private func fit(
        _ detector: SeriesDetector,
        to training: TrainingSeries,
        _ options: SeriesOptions
    ) throws -> (detector: FittedSeriesDetector, told: FoundSteps?) {
        if let scores {
            let (fitted, told) = try foundSteps(
                by: detector,
                in: training,
                options,
                rule: .falseAlarmRate(acceptedRate),
                reasonCount: found.reasonCount
            ) { FoundSteps(by: $0, writer: try found.form(in: scores).writer(for: $0)) }
            return (fitted, told)
        }
        let progress = FitProgress(memberCount: detector.folds, showsAllEpochs: verbose)
        defer { progress.finish() }
        let fitted = try TimeOfDay.hinting(training.timeOfDay) {
            try detector.fitted(
                to: training.table,
                options: options,
                file: train,
                threadCount: threads.count,
                onProgress: progress.report
            )
        }
        return (fitted, nil)
    }

    /// Says what the file of scores holds.
    private func tellScores(of told: FoundSteps, isCut: Bool) {
        tellScores(
            counted(told.rowCount, "row"),
            anomalyCount: told.anomalyCount,
            judges: isCut
                ? "the network that did not see its block, or by all where none learned from it"
                : "the network that did not see its block"
        )
    }
}
