internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords
internal import OdditySeries

/// A command that fits a detector to the rows of series, or to images.
protocol SeriesFitting: SeriesReading {
    var images: ImageArguments { get }
    var imageNetwork: ImageNetworkArguments { get }
    var broken: BrokenImageArguments { get }
    var threads: ThreadArguments { get }
    var verbose: Bool { get }
}

extension SeriesFitting {
    /// Refuses images, by the options that are for them or for a series.
    func refuseImages() throws {
        if let option = series.firstGiven, Folder.kind(of: seriesPath) == .folder {
            throw ValidationError(
                "\(option) is for series, and \(seriesPath) is a folder of images"
            )
        }
        if let option = images.firstGiven ?? imageNetwork.firstGiven ?? broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(seriesPath) is taken as a series")
        }
    }

    /// Learns from series, and judges all of their rows.
    ///
    /// - Parameters:
    ///   - delay: by how many rows that follow a row is ranked too.
    ///   - smoothing: how their scores become one.
    ///   - told: opens what takes the rows, for what was learned.
    func foundSteps(
        by detector: SeriesDetector,
        in training: TrainingSeries,
        _ options: SeriesOptions,
        rule: DecisionRule,
        delay: Int? = nil,
        smoothing: SeriesSmoothing = .weighted,
        reasonCount: Int,
        told: (FittedSeriesDetector) throws -> FoundSteps
    ) throws -> (detector: FittedSeriesDetector, told: FoundSteps) {
        let progress = FitProgress(memberCount: detector.folds, showsAllEpochs: verbose)
        func learned<Learned>(
            _ learn: (@escaping @Sendable (FittingProgress) -> Void) throws -> Learned
        ) throws -> Learned {
            defer { progress.finish() }
            return try TimeOfDay.hinting(training.timeOfDay) { try learn(progress.report) }
        }
        let source = seriesPath == "-" ? "standard input" : fileName(seriesPath)
        guard training.isCut else {
            var findings = try learned {
                try detector.findings(
                    in: training.table,
                    options: options,
                    file: seriesPath,
                    rule: rule,
                    delay: delay,
                    smoothing: smoothing,
                    reasonCount: reasonCount,
                    threadCount: threads.count,
                    onProgress: $0
                )
            }
            findings.detector.provenance.source = source
            var told = try told(findings.detector)
            try told.add(findings)
            return (findings.detector, told)
        }
        var finder = try learned {
            try detector.finder(
                learningFrom: training.table,
                firstRow: training.firstRow,
                options: options,
                file: seriesPath,
                rule: rule,
                threadCount: threads.count,
                onProgress: $0
            )
        }
        finder.detector.provenance.source = source
        var told = try told(finder.detector)
        try WorkProgress.showing("judging", of: training.rowCount) { onProgress in
            try told.add(
                try training.source(for: finder.detector, path: seriesPath),
                judgedBy: finder,
                smoother: SeriesSmoother(
                    delay: delay ?? finder.detector.smoothingDelay,
                    by: smoothing
                ),
                reasonCount: reasonCount,
                threadCount: threads.count,
                onProgress: onProgress
            )
        }
        return (finder.detector, told)
    }
}
