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
        guard series.alarmsPerDay == nil else {
            throw ValidationError("--alarms-per-day is for rows to come; see oddity fit")
        }
        let detector = try seriesDetector()
        let seriesOptions = try series.options(times)
        try checkMemory(seriesOptions)
        let options = try reading.options(columns)
        try CommandFailure.reporting(file: data) {
            try checkOutputs()
            try refuseModel(data)
            let training = try trainingSeries(seriesOptions, options)
            let (fitted, told) = try foundSteps(
                by: detector,
                in: training,
                seriesOptions,
                rule: .falseAlarmRate(falseAlarmRate ?? 0.01),
                delay: smoothing.delay,
                smoothing: smoothing.method,
                reasonCount: found.reasonCount
            ) { detector in
                FoundSteps(
                    by: detector,
                    writer: try output.map { try found.form(in: $0).writer(for: detector) },
                    makesPage: report != nil,
                    top: output == "-" ? 0 : top
                )
            }
            try keep(fitted)
            try writePage(told, by: fitted, isCut: training.isCut)
            try show(told, by: fitted)
            let lost = try TimeSeries.samplingNote(
                of: training.table,
                options: seriesOptions,
                file: data
            )
            let seen = SeriesFitReport.removed(fitted)
            for line in seen + [lost].compactMap(\.self) + training.concerns {
                Console.error(line)
            }
        }
    }

    private func writePage(
        _ told: FoundSteps,
        by detector: FittedSeriesDetector,
        isCut: Bool
    ) throws {
        guard let page = told.page else { return }
        try write(
            page,
            isCut
                ? "each of the latest steps judged by the network that did not see its block, and the others by all"
                : "each step judged by the network that did not see its block",
            of: detector,
            byChance: told.expectedFalseAlarmCount,
            ModelCard(detector)
        )
    }

    private func show(_ told: FoundSteps, by detector: FittedSeriesDetector) throws {
        Notices.show(detector.unreachableRate)
        if output != "-" {
            try Console.print(
                [ScoredLine.header(keys: detector.scoreKeys)] + told.oddest.map(\.table)
            )
        }
        tell(
            counted(told.rowCount, "row"),
            anomalyCount: told.anomalyCount,
            of: detector,
            byChance: told.expectedFalseAlarmCount,
            rest: told.states.text.isEmpty ? nil : String(told.states.text.dropFirst(2))
        )
    }
}
