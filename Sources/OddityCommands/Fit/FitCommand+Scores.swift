internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityFiles
internal import OddityRecords

extension FitCommand {
    /// Refuses what `--scores` does not go with, and options that go with nothing else.
    func checkScores() throws {
        guard let scores else {
            guard let option = found.firstGiven else { return }
            throw ValidationError("\(option) needs --scores, the file of scores")
        }
        try checkOutput(
            scores,
            isNoneOf: [train, images.ignoreMask, columns.schema].compactMap { $0 }
        )
        guard !haveOneTarget([output, scores]) else {
            throw ValidationError("--output and --scores take different files")
        }
        guard !json || scores != "-" else {
            throw ValidationError("--json and --scores - would both write to standard output")
        }
        if columns.label != nil {
            throw ValidationError(
                "--label leaves rows out that --scores is to judge; ignore the column (--ignore), or score the rows "
                    + "with the model (oddity score)"
            )
        }
        if series.alarmsPerDay != nil {
            throw ValidationError(
                "--alarms-per-day is for rows to come, and --scores judges those that were learned from"
            )
        }
    }

    /// Checks that all files can be written, before the work.
    func checkOutputs() throws {
        for file in [output, scores].compactMap({ $0 }) {
            try OutputFile.checkCanWrite(to: file)
        }
    }

    /// Writes what members make of the rows that they did not see.
    ///
    /// - Parameter rowCount: how many rows there are.
    func writeScores(of parts: TableParts, by finder: TableFinder, rowCount: Int) throws {
        guard let scores else { return }
        var told = FoundRows(
            writer: try found.form(in: scores).writer(for: finder.detector),
            kept: found.kept
        )
        try WorkProgress.showing("judging", of: rowCount) { onProgress in
            try told.add(
                parts,
                judgedBy: finder,
                reasonCount: found.reasonCount,
                threadCount: threads.count,
                onProgress: onProgress
            )
        }
        tellScores(
            counted(told.rowCount, "row"),
            anomalyCount: told.anomalyCount,
            judges: "networks that did not see it",
            rest: contamination == nil
                ? ", which leaves rows that stand far out out of the training (--contamination auto)"
                : "",
            oddShare: finder.oddShare,
            rowCount: told.rowCount
        )
    }

    /// Says what the file of scores holds.
    ///
    /// - Parameters:
    ///   - judged: how many rows, images or steps there are.
    ///   - judges: by what each was judged.
    func tellScores(
        _ judged: String,
        anomalyCount: Int,
        judges: String,
        rest: String = "",
        oddShare: OddShare? = nil,
        rowCount: Int? = nil
    ) {
        guard let scores else { return }
        let place = scores == "-" ? "standard output" : scores
        Console.error(
            FitReport.line(
                "scores",
                "\(place): \(judged), \(counted(anomalyCount, "anomaly", "anomalies")), each judged by \(judges), "
                    + "as oddity find does\(rest)"
            )
        )
        if let oddShare {
            Console.error(FitReport.line("", OddShareText.sentence(oddShare, "row", of: rowCount)))
        }
    }
}
