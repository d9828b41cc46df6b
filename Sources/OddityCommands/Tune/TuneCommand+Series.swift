internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityModelSelection
internal import OddityRecords
internal import OdditySeries

extension TuneCommand: SeriesReading {
    var seriesPath: String { train }

    /// Searches for the settings of a detector of series.
    func tuneSeries() throws {
        guard contamination == nil else {
            throw ValidationError(
                "--contamination is for rows that stand alone: a series is learned with all of its rows"
            )
        }
        guard columns.label == nil || judging.validation != nil else {
            throw ValidationError(
                "--label is for rows that stand alone, or needs --validation: a series is learned with all of its rows"
            )
        }
        var search = try searched.search(from: seriesDetector())
        search.objective = try judging.chosenObjective()
        let seriesOptions = try series.options(times)
        try checkMemory(seriesOptions)
        let options = try reading.options(columns, mayLackLabel: judging.validation != nil)
        try CommandFailure.reporting(file: train) {
            try checkOutputs()
            let training = try trainingSeries(seriesOptions, options)
            let (validation, test) = try labelledSeries(
                like: training,
                keeping: seriesOptions.keyColumns,
                options
            )
            let result = try searching(for: search.objective) { journal, onProgress in
                try TimeOfDay.hinting(training.timeOfDay) {
                    try search.run(
                        on: training.table,
                        options: seriesOptions,
                        file: train,
                        validation: validation,
                        journal: journal,
                        threadCount: threads.count,
                        onProgress: onProgress
                    )
                }
            }
            var detector = try result.fitted(
                to: training.table,
                options: seriesOptions,
                file: train,
                threadCount: threads.count
            )
            if series.alarmsPerDay == nil {
                detector.decisionRule = .falseAlarmRate(falseAlarmRate ?? 0.01)
            }
            try write(
                result,
                &detector,
                test: test.map { test in
                    try TuneTest(
                        detector.verdicts(of: test.table, threadCount: threads.count)
                            .map { $0?.score },
                        labels: test.labels,
                        by: detector
                    )
                },
                concerns: training.concerns
            )
        }
    }

    /// The labelled rows to choose by and to judge the choice, where there are any.
    private func labelledSeries(
        like training: TrainingSeries,
        keeping keys: Set<String>,
        _ options: ReadingOptions
    ) throws -> (validation: LabeledRows?, test: LabeledRows?) {
        guard let file = judging.validation, let label = columns.label else { return (nil, nil) }
        guard training.reader != nil else {
            throw ValidationError("--validation is for tables, and \(train) holds an array")
        }
        let used = Schema(
            columns: training.table.schema.columns.filter {
                $0.kind != .ignored && !keys.contains($0.name)
            }
        )
        func read(_ path: String) throws -> LabeledRows {
            try LabeledRows(
                reading: path,
                schema: used,
                labels: Labels(column: label, positive: judging.positive),
                keeping: keys,
                options: options
            )
        }
        let rows = try read(file)
        guard let test = judging.test else {
            return try rows.splitByTime(testShare: judging.testShare ?? 0.5)
        }
        return (rows, try read(test))
    }
}
