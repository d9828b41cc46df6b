internal import ArgumentParser
internal import Datasets
internal import Detectors
internal import LinearAlgebra

/// `oddity score`.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score new rows with a model.",
        discussion: """
            Columns are found by name; others are ignored. Each row is scored by itself, in chunks, so the
            file may be larger than memory. Every row gets

              row       its number, from 1
              score     −log₁₀ of its p-value, continued beyond the calibration rows; higher is odder
              p_value   the share of normal rows that look at least as odd
              anomaly   1 when the row is called an anomaly, else 0
              error     the mean squared difference between the row and its reconstruction
              reason_1… the columns with the largest share of the error, with value and expected value
            """)

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Argument(help: "CSV file of rows to score (.csv or .csv.gz), or - for standard input.")
    var data: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the scores (default: standard output).", valueName: "file"))
    var output: String?

    @OptionGroup(title: "Decision") var decision: DecisionArguments

    @Option(help: "csv, ndjson (one JSON object a line), or table for a person.")
    var format = ScoreFormat.csv

    @Option(help: ArgumentHelp("How many columns to name as reasons of each row.", valueName: "count"))
    var reasons = 3

    @OptionGroup(title: "Reading") var reading: ReadingArguments

    @Option(help: ArgumentHelp("Threads; the result does not depend on it (default: all cores).", valueName: "count"))
    var threads: Int?

    func validate() throws {
        try checkThreads(threads)
        guard (0...1000).contains(reasons) else {
            throw ValidationError("--reasons takes a count from 0 to 1000")
        }
    }

    func run() throws {
        let options = try reading.options()
        try CommandFailure.reporting(file: data) {
            var detector = try FittedAutoencoder(reading: model)
            decision.apply(to: &detector)
            let reader = try TableReader(path: data, options: options)
            try reader.select(detector.requiredSchema)
            let writer = try ScoreWriter(
                format: format, path: output ?? "-", rule: detector.decisionRule,
                reasonCount: min(reasons, detector.columnCount))
            while let chunk = try reader.nextChunk() {
                let rows = try detector.explainedScores(
                    of: chunk, reasonCount: writer.reasonCount,
                    threadCount: threads ?? Parallel.availableThreadCount)
                try writer.write(rows, firstRow: chunk.firstRow)
                try writer.flush()
            }
            try writer.close()
            Console.error(
                "\(counted(writer.rowCount, "row")), \(counted(writer.anomalyCount, "anomaly", "anomalies")) "
                    + "(\(detector.decisionRule))")
        }
    }
}

/// When a row is called an anomaly, on the command line.
struct DecisionArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when its p-value is at most this (default: the model's own, 0.01 unless fit was told otherwise).",
            valueName: "rate"))
    var falseAlarmRate: Double?

    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when its score is at least this.", valueName: "score"))
    var threshold: Double?

    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when its reconstruction error is at least this.",
            valueName: "error"))
    var errorThreshold: Double?

    func validate() throws {
        try checkRate(falseAlarmRate)
        let given = [falseAlarmRate, threshold, errorThreshold].compactMap { $0 }
        guard given.count <= 1 else {
            throw ValidationError(
                "give one of --false-alarm-rate, --threshold and --error-threshold")
        }
        guard given.allSatisfy(\.isFinite) else {
            throw ValidationError("a threshold is a finite number")
        }
    }

    func apply(to detector: inout FittedAutoencoder) {
        if let falseAlarmRate { detector.decisionRule = .falseAlarmRate(falseAlarmRate) }
        if let threshold { detector.decisionRule = .score(threshold) }
        if let errorThreshold { detector.decisionRule = .error(errorThreshold) }
    }
}
