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
        let detector = try ModelHandle.table(model)
        let output = ScoreOutput(scores)
        var lines = ""
        try judge(
            table,
            by: detector,
            reasonCount: reasons(reasonCount, of: detector.columnCount),
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
    try source.forEachChunk(keepingInfinities: true) { chunk in
        let verdicts = try detector.verdicts(
            of: chunk,
            reasonCount: reasonCount,
            threadCount: threadCount
        )
        take(verdicts, chunk.firstRow)
    }
}

extension MemorySource {
    /// Hands out the rows, some at a time.
    ///
    /// - Throws: the error of the first row that cannot be read.
    func forEachChunk(keepingInfinities: Bool, _ body: (Table) throws -> Void) throws {
        while let parts = try nextParts(keepingInfinities: keepingInfinities) {
            for part in parts {
                switch part {
                case .rows(let chunk): try body(chunk)
                case .bad(let row): throw row.error
                }
            }
        }
    }
}

/// The most columns to name for a row.
///
/// - Throws: ``InvalidArgument`` for less than none.
func reasons(_ count: Int32, of columnCount: Int) throws(InvalidArgument) -> Int {
    guard count >= 0 else {
        throw InvalidArgument("the number of reasons is \(count); give 0 or more")
    }
    return min(Int(count), columnCount)
}
