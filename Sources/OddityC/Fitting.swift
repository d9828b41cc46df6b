public import COddityInterface
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// `oddity_inspect` of `oddity.h`.
@_cdecl("oddity_inspect")
public func inspect(
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: UnsafePointer<CChar>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    reporting(error, orReturn: nil) {
        let configuration = try FitConfiguration(configuration)
        return copied(try json(source(table, configuration.readingOptions).inferSchema()))
    }
}

/// `oddity_fit` of `oddity.h`.
@_cdecl("oddity_fit")
public func fit(
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: UnsafePointer<CChar>?,
    _ listener: UnsafePointer<oddity_listener>?,
    _ found: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        let configuration = try FitConfiguration(configuration)
        let settings = try configuration.detector()
        let source = try source(table, configuration.readingOptions)
        let listener = Listener(listener?.pointee ?? oddity_listener())
        let summary = try source.inferSchema()
        for concern in summary.concerns { listener.note(concern) }
        for note in FitReport.leftOut(summary) { listener.note(note) }
        let (sample, note) = try MemoryBudget(configuration.memory).rows(
            of: source,
            summary,
            seed: settings.seed,
            judgesAll: found != nil
        )
        note.map(listener.note)
        var detector: FittedTableDetector
        if let found {
            let finder = try settings.finder(
                learningFrom: sample,
                rule: .falseAlarmRate(configuration.falseAlarmRate),
                contamination: configuration.contamination,
                threadCount: configuration.threadCount,
                onProgress: listener.report
            )
            detector = finder.detector
            let output = ScoreOutput(found)
            try TableParts(of: sample, in: source, summary.schema).forEach { part, firstRow in
                let verdicts = try finder.verdicts(
                    of: part,
                    firstRow: firstRow,
                    threadCount: configuration.threadCount
                )
                output.write(verdicts, firstRow: firstRow)
            }
        } else {
            detector = try settings.fitted(
                to: sample.rows,
                contamination: configuration.contamination,
                threadCount: configuration.threadCount,
                onProgress: listener.report
            )
        }
        detector.decisionRule = .falseAlarmRate(configuration.falseAlarmRate)
        detector.provenance.source = configuration.source
        return ModelHandle(.table(detector)).exported()
    }
}
