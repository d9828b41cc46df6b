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
        let configuration = try FitConfiguration(ofTable: configuration)
        return copied(try json(source(table, configuration).inferSchema()))
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
        let configuration = try FitConfiguration(ofTable: configuration)
        let listener = Listener(listener?.pointee ?? oddity_listener())
        let model: Model =
            configuration.kind == .series
            ? .series(try fitSeries(table, configuration, listener, found))
            : .table(try fitRows(table, configuration, listener, found))
        return ModelHandle(model).exported()
    }
}

/// Fits to rows that stand alone.
private func fitRows(
    _ table: UnsafePointer<oddity_table>?,
    _ configuration: FitConfiguration,
    _ listener: Listener,
    _ found: UnsafePointer<oddity_scores>?
) throws -> FittedTableDetector {
    let settings = try configuration.rowDetector()
    let contamination = try configuration.contamination()
    let labels = try configuration.labelFilter()
    guard labels == nil || found == nil else {
        throw InvalidArgument(
            "option label leaves rows out that are to be judged; ignore the column, or score the rows with the model"
        )
    }
    let source = try source(table, configuration)
    let summary = try source.inferSchema()
    for concern in summary.concerns { listener.note(concern) }
    for note in FitReport.leftOut(summary) { listener.note(note) }
    let (sample, note) = try MemoryBudget(configuration.memory).rows(
        of: source,
        summary,
        keeping: Set([labels?.column].compactMap(\.self)),
        seed: settings.seed,
        judgesAll: found != nil
    )
    note.map(listener.note)
    var detector: FittedTableDetector
    if let found {
        let finder = try settings.finder(
            learningFrom: sample,
            rule: .falseAlarmRate(configuration.falseAlarmRate),
            contamination: contamination,
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
        var rows = sample.rows
        if let (normal, lines) = try labels?.applied(to: rows, file: memoryName) {
            rows = normal
            for line in lines { listener.note(line) }
        }
        detector = try settings.fitted(
            to: rows,
            contamination: contamination,
            threadCount: configuration.threadCount,
            onProgress: listener.report
        )
    }
    detector.decisionRule = .falseAlarmRate(configuration.falseAlarmRate)
    listener.note(detector.unreachableRate)
    detector.provenance.source = configuration.source
    return detector
}
