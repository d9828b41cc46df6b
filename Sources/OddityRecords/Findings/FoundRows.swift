package import OddityDatasets
package import OddityDetectors

/// What is told of all rows of a table that was learned from, gathered part by part: a file of scores, a page, and the
/// oddest rows for a person.
package struct FoundRows {
    /// The number of rows that were judged.
    package private(set) var rowCount = 0
    /// The number of them that are called anomalies.
    package private(set) var anomalyCount = 0
    /// The page; nil where none is made.
    package private(set) var page: FindingsPage?
    private let writer: ScoreWriter?
    private var choice: RowChoice
    private let kept: KeptColumns

    /// - Parameters:
    ///   - writer: where all rows are written; nil for nowhere.
    ///   - page: the page to make; nil for none.
    ///   - top: how many of the oddest rows are kept for a person.
    ///   - kept: the columns of the table that are copied.
    package init(
        writer: ScoreWriter? = nil,
        page: FindingsPage? = nil,
        top: Int = 0,
        kept: [String] = []
    ) {
        self.writer = writer
        self.page = page
        choice = RowChoice(limit: top)
        self.kept = KeptColumns(names: kept)
    }

    /// Judges all rows of a table, and closes the file.
    ///
    /// - Parameters:
    ///   - parts: the rows.
    ///   - finder: what judges them.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: gets the number of rows that were judged, part by part.
    /// - Throws: ``DatasetError`` if a row cannot be read, and what writing throws.
    package mutating func add(
        _ parts: TableParts,
        judgedBy finder: TableFinder,
        reasonCount: Int,
        threadCount: Int,
        onProgress: (Int) -> Void = { _ in }
    ) throws {
        try parts.forEach { part, firstRow in
            let verdicts = try finder.verdicts(
                of: part,
                firstRow: firstRow,
                reasonCount: reasonCount,
                threadCount: threadCount
            )
            try add(verdicts, of: part, firstRow: firstRow)
            onProgress(rowCount)
        }
        try writer?.close()
    }

    private mutating func add(_ verdicts: [Verdict], of part: Table, firstRow: Int) throws {
        rowCount += verdicts.count
        try writer?.write(verdicts, firstRow: firstRow) { kept.values(of: part, at: $0) }
        try page?.append(verdicts, of: part) { kept.rowName(firstRow + $0, in: part, at: $0) }
        for (row, verdict) in verdicts.enumerated() {
            if verdict.isAnomaly { anomalyCount += 1 }
            guard choice.mayTake(verdict.score.score) else { continue }
            var line = ScoredLine(verdict, row: firstRow + row)
            line.kept = zip(kept.names, kept.values(of: part, at: row)).map { (name: $0, text: $1) }
            _ = choice.taken(line)
        }
    }

    /// The oddest rows, of equal ones the first first.
    package var oddest: [ScoredLine] { choice.rest }
}
