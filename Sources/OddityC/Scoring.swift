public import COddityInterface
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// `oddity_model_score` of `oddity.h`.
@_cdecl("oddity_model_score")
public func modelScore(
    _ model: OpaquePointer?,
    _ table: UnsafePointer<oddity_table>?,
    _ threadCount: Int32,
    _ scores: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
    reporting(error, orReturn: false) {
        let output = ScoreOutput(scores)
        try judge(table, by: ModelHandle.table(model), reasonCount: 0, threads(threadCount)) {
            output.write($0, firstRow: $1)
        }
        return true
    }
}

/// `oddity_model_explain` of `oddity.h`.
@_cdecl("oddity_model_explain")
public func modelExplain(
    _ model: OpaquePointer?,
    _ table: UnsafePointer<oddity_table>?,
    _ reasonCount: Int32,
    _ threadCount: Int32,
    _ scores: UnsafePointer<oddity_scores>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    reporting(error, orReturn: nil) {
        guard reasonCount >= 0 else {
            throw InvalidArgument("the number of reasons is \(reasonCount); give 0 or more")
        }
        let detector = try ModelHandle.table(model)
        let output = ScoreOutput(scores)
        var lines = ""
        try judge(
            table,
            by: detector,
            reasonCount: min(Int(reasonCount), detector.columnCount),
            threads(threadCount)
        ) { verdicts, firstRow in
            output.write(verdicts, firstRow: firstRow)
            for (row, verdict) in verdicts.enumerated() {
                lines += ScoredLine(verdict, row: firstRow + row).json + "\n"
            }
        }
        return copied(lines)
    }
}

/// Judges the rows of a table as `oddity score` does, chunk by chunk.
private func judge(
    _ table: UnsafePointer<oddity_table>?,
    by detector: FittedTableDetector,
    reasonCount: Int,
    _ threadCount: Int,
    _ take: ([Verdict], _ firstRow: Int) -> Void
) throws {
    let source = try source(table)
    try source.select(detector.requiredSchema)
    while let parts = try source.nextParts(keepingInfinities: true) {
        for part in parts {
            switch part {
            case .rows(let chunk):
                let verdicts = try detector.verdicts(
                    of: chunk,
                    reasonCount: reasonCount,
                    threadCount: threadCount
                )
                take(verdicts, chunk.firstRow)
            case .bad(let row): throw row.error
            }
        }
    }
}
