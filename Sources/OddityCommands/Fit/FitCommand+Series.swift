internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityNeuralNetworks
internal import OdditySeries

extension FitCommand: SeriesFitting {
    var seriesPath: String { train }

    /// Fits a detector to the rows of time series.
    func fitSeries() throws {
        if let option = images.firstGiven ?? imageNetwork.firstGiven ?? broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(train) is taken as a series")
        }
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
        let seriesOptions = try series.options()
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
            for line in SeriesFitReport.learned(fitted) + concerns { Console.error(line) }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityCommands.json(SeriesModelSummary(fitted))) }
        }
    }
}

/// What a fit to series tells a person.
enum SeriesFitReport {
    /// What was learned.
    static func learned(_ detector: FittedSeriesDetector) -> [String] {
        var lines = [
            FitReport.line("series", detector.seriesText),
            FitReport.line("window", detector.windowText),
            FitReport.line(
                "network",
                "\(detector.networkText), \(counted(detector.memberCount, "member")), "
                    + "\(counted(detector.parameterCount, "parameter")) each"
            ),
        ]
        for (member, history) in detector.histories.enumerated() {
            guard let last = history.kept, let end = history.epochs.last else { continue }
            lines.append(
                FitReport.line(
                    "member \(member + 1)",
                    "\(counted(end.epoch, "epoch")), loss \(decimals(last.trainingLoss, 5)), held-out "
                        + decimals(last.validationLoss, 5)
                )
            )
        }
        lines.append(
            FitReport.line(
                "calibration",
                "\(counted(detector.heldOut.count, "held-out step")) in "
                    + "\(counted(detector.memberCount, "block")); anomaly when \(detector.decisionRule)"
            )
        )
        if let asked = detector.configuration.alarmsPerDay, let least = detector.leastAlarmsPerDay {
            lines.append(
                FitReport.line(
                    "alarms",
                    "at most \(short(asked)) a day on normal steps"
                        + (asked < least
                            ? "; the held-out steps can promise no fewer than \(short(least)) a day"
                            : "")
                )
            )
        }
        if let warning = detector.unreachableRate {
            lines.append(
                FitReport.line(
                    "warning",
                    "\(warning.text). \(warning.remedy("held-out steps"))"
                )
            )
        }
        return lines
    }
}
