public import OddityDatasets
internal import OddityEvaluation
internal import OddityPreprocessing

extension TableDetector {
    /// The most times that rows are left out and the others are fitted to again.
    private static let cleaningLimit = 3

    /// Fits to a table that may hold odd rows, and finds them: each row is judged by networks that did not see it.
    ///
    /// A row that was learned from is ranked, by the member that did not see it, among all other such rows. With
    /// ``Contamination/auto`` rows that stand far out are left out, the others are fitted to again, until no more stand
    /// out, at most three times; what was left out is then judged like any new row. See “How a row is judged”.
    ///
    /// - Parameters:
    ///   - table: the rows; the columns that the schema ignores are left out.
    ///   - rule: when a row is called an anomaly; a false-alarm rate of 1 % by default.
    ///   - contamination: how much of the table may be odd.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread; what it throws ends the fit.
    /// - Throws: ``DetectorError`` for settings that cannot be used (a single member has seen most rows) or too few rows,
    ///   `PreparationError` for tables that cannot be used, `TrainingError` if a loss stops being finite.
    public func findings(
        in table: Table,
        rule: DecisionRule = .falseAlarmRate(0.01),
        contamination: Contamination = .auto,
        reasonCount: Int = 0,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> TableFindings {
        let finder = try finder(
            learningFrom: TableSample(table),
            rule: rule,
            contamination: contamination,
            threadCount: threadCount,
            onProgress: onProgress
        )
        return TableFindings(
            detector: finder.detector,
            verdicts: try finder.verdicts(
                of: table,
                firstRow: 0,
                reasonCount: reasonCount,
                threadCount: threadCount
            ),
            leftOut: finder.leftOut,
            oddShare: finder.oddShare
        )
    }

    /// Fits to rows that were drawn from a table, to find the odd ones among all of its rows: for tables that are larger
    /// than memory.
    ///
    /// - Parameters:
    ///   - sample: the rows to learn from; the columns that the schema ignores are left out.
    ///   - rule: when a row is called an anomaly; a false-alarm rate of 1 % by default.
    ///   - contamination: how much of the table may be odd.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread; what it throws ends the fit.
    /// - Throws: like ``findings(in:rule:contamination:reasonCount:threadCount:onProgress:)``.
    public func finder(
        learningFrom sample: TableSample,
        rule: DecisionRule = .falseAlarmRate(0.01),
        contamination: Contamination = .auto,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> TableFinder {
        try check(
            folds > 1,
            "folds",
            folds,
            "give at least 2, so that no row is judged by what saw it"
        )
        let (fit, rows) = try cleaned(
            sample.rows,
            contamination: contamination,
            threadCount: threadCount,
            onProgress: onProgress
        )
        var detector = try fit.detector(threadCount: threadCount)
        detector.provenance.leftOutCount = sample.rows.rowCount - rows.count
        if rule != detector.decisionRule { detector.decisionRule = rule }
        let measures = fit.findingMeasures(threadCount: threadCount)
        let kept = Set(rows)
        return TableFinder(
            detector: detector,
            leftOut: sample.positions.indices.filter { !kept.contains($0) }
                .map { sample.positions[$0] },
            oddShare: OddShare(
                of: try fit.surprises(
                    ofRowsIn: sample.rows,
                    fittedTo: rows,
                    threadCount: threadCount
                )
            ),
            learned: rows.map { sample.positions[$0] },
            scores: fit.findingScores(by: measures),
            calibration: sample.isWhole ? nil : measures.map { FindingCalibration($0) }
        )
    }

    /// The rows of a table that are learned from, ascending, where not all of them are normal.
    ///
    /// - Throws: like ``fitted(to:contamination:threadCount:onProgress:)``.
    public func rowsToLearn(
        from table: Table,
        contamination: Contamination,
        threadCount: Int = 1
    ) throws -> [Int] {
        guard contamination != .none else { return Array(0..<table.rowCount) }
        return try cleaned(
            table,
            contamination: contamination,
            threadCount: threadCount,
            onProgress: { _ in }
        ).rows
    }

    /// Fits to a table without the rows that stand far out.
    ///
    /// A single network has seen most rows and cannot say which stand far out: with ``Contamination/auto`` it learns
    /// from all.
    ///
    /// - Returns: the fit, and the rows of the table that it learned from, ascending.
    func cleaned(
        _ table: Table,
        contamination: Contamination,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> (fit: CrossFit, rows: [Int]) {
        if case .share(let share) = contamination {
            try check(
                share > 0 && share < 0.5,
                "contamination",
                share,
                "give a share above 0 and below 0.5, or let it be found"
            )
            try check(
                folds > 1,
                "folds",
                folds,
                "give at least 2, so that rows are judged by what has not seen them, or no contamination"
            )
        }
        var rows = Array(0..<table.rowCount)
        var fit = try crossFit(table, threadCount: threadCount, onProgress: onProgress)
        guard folds > 1, contamination != .none else { return (fit, rows) }
        func leaveOut(_ positions: [Int]) throws {
            let left = Set(positions)
            rows = rows.indices.filter { !left.contains($0) }.map { rows[$0] }
            fit = try crossFit(
                table.selecting(rows: rows),
                threadCount: threadCount,
                onProgress: onProgress
            )
        }
        let limit = mostLeftOut(of: table.rowCount, contamination)
        for _ in 0..<TableDetector.cleaningLimit {
            let positions = RareKinds.removed(
                from: FarRows.positions(
                    by: surprises(of: fit),
                    limit: limit - (table.rowCount - rows.count)
                ),
                in: fit.training.features
            )
            guard !positions.isEmpty else { break }
            try leaveOut(positions)
        }
        let rest = limit - (table.rowCount - rows.count)
        if case .share = contamination, rest > 0 {
            try leaveOut(oddest(rest, of: fit, threadCount: threadCount))
        }
        return (fit, rows)
    }

    /// How many rows may be left out.
    private func mostLeftOut(of rowCount: Int, _ contamination: Contamination) -> Int {
        let most = rowCount - max(2, folds)
        return switch contamination {
        case .none: 0
        case .auto: min(most, Int(FarRows.largestShare * Double(rowCount)))
        case .share(let share): min(most, Int((share * Double(rowCount)).rounded(.up)))
        }
    }

    private func surprises(of fit: CrossFit) -> [Double] {
        FarRows.surprises(
            of: fit.heldOutMeasures,
            features: fit.training.features,
            scoring: scoring
        )
    }

    /// The rows of a fit that have the fewest others around them; where rows are not compared, those that stand
    /// farthest out.
    private func oddest(_ count: Int, of fit: CrossFit, threadCount: Int) -> [Int] {
        guard fit.neighbors != nil else {
            return FarRows.oddest(count, by: surprises(of: fit))
        }
        return LonelyRows.positions(
            count,
            in: fit.training.features,
            preparer: fit.training.preparer,
            threadCount: threadCount
        )
    }

    private func crossFit(
        _ table: Table,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> CrossFit {
        try crossFit(
            to: trainingRows(of: table, threadCount: threadCount),
            partition: partition(rowCount: table.rowCount),
            threadCount: threadCount,
            onProgress: onProgress
        )
    }
}
