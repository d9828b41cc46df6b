public import OddityDatasets
public import OddityDetectors
internal import OddityEvaluation
internal import OddityLinearAlgebra

/// Rows whose answers are known; they judge detectors and never train them.
public struct LabeledRows: Sendable {
    /// The rows.
    public let table: Table
    /// For each row whether it is an anomaly.
    public let labels: [Bool]

    /// Pairs rows with their labels.
    ///
    /// - Precondition: There is one label for each row.
    public init(table: Table, labels: [Bool]) {
        precondition(table.rowCount == labels.count, "one label for each row")
        self.table = table
        self.labels = labels
    }

    /// Sets a share of the rows of each class aside, to be judged once, when all is chosen.
    ///
    /// - Parameters:
    ///   - share: the share to set aside, above 0 and below 1.
    ///   - seed: where the choice comes from.
    /// - Returns: rows to choose by, and rows to judge the choice.
    /// - Throws: ``SearchError/tooFewLabels(anomalies:normals:)`` if a part would lack a class.
    public func split(
        testShare share: Double,
        seed: UInt64
    ) throws -> (validation: LabeledRows, test: LabeledRows) {
        var stream = RandomStream(seed: seed, use: .splitting, index: 1)
        var parts: (validation: [Int], test: [Int]) = ([], [])
        for isAnomaly in [true, false] {
            var rows = labels.indices.filter { labels[$0] == isAnomaly }
            stream.shuffle(&rows)
            let count = Int((share * Double(rows.count)).rounded())
            parts.test += rows[..<count]
            parts.validation += rows[count...]
        }
        let validation = selecting(rows: parts.validation.sorted())
        let test = selecting(rows: parts.test.sorted())
        try validation.requireBothClasses()
        try test.requireBothClasses()
        return (validation, test)
    }

    /// Sets the last rows aside, to be judged once, when all is chosen: for series, whose rows cannot be shuffled.
    ///
    /// - Parameter share: the share to set aside, above 0 and below 1.
    /// - Returns: rows to choose by, and rows to judge the choice.
    /// - Throws: ``SearchError/tooFewLabels(anomalies:normals:)`` if a part would lack a class.
    public func splitByTime(
        testShare share: Double
    ) throws -> (validation: LabeledRows, test: LabeledRows) {
        let count = labels.count - Int((share * Double(labels.count)).rounded())
        let validation = selecting(rows: Array(0..<count))
        let test = selecting(rows: Array(count..<labels.count))
        try validation.requireBothClasses()
        try test.requireBothClasses()
        return (validation, test)
    }

    private func selecting(rows: [Int]) -> LabeledRows {
        LabeledRows(table: table.selecting(rows: rows), labels: rows.map { labels[$0] })
    }

    func requireBothClasses() throws {
        let anomalies = labels.count { $0 }
        guard anomalies > 0, anomalies < labels.count else {
            throw SearchError.tooFewLabels(
                anomalies: anomalies,
                normals: labels.count - anomalies
            )
        }
    }
}

extension LabeledRows {
    /// How well a detector of tables tells the rows apart.
    ///
    /// - Parameters:
    ///   - detector: what scores the rows.
    ///   - costFalseAlarm: what a false alarm costs; 1 by default.
    ///   - costMiss: what a missed anomaly costs; 1 by default.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``SearchError/tooFewLabels(anomalies:normals:)``, and what scoring throws.
    public func figures(
        of detector: FittedTableDetector,
        costFalseAlarm: Double = 1,
        costMiss: Double = 1,
        threadCount: Int = 1
    ) throws -> DetectionFigures {
        try figures(
            of: detector.scores(of: table, threadCount: threadCount),
            costFalseAlarm,
            costMiss
        )
    }

    /// How well a detector of series tells the rows apart; those without a score are left out.
    ///
    /// - Parameters:
    ///   - detector: what scores the rows, as series of which nothing was seen before.
    ///   - costFalseAlarm: what a false alarm costs; 1 by default.
    ///   - costMiss: what a missed anomaly costs; 1 by default.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``SearchError/tooFewLabels(anomalies:normals:)``, and what scoring throws.
    public func figures(
        of detector: FittedSeriesDetector,
        costFalseAlarm: Double = 1,
        costMiss: Double = 1,
        threadCount: Int = 1
    ) throws -> DetectionFigures {
        try figures(
            of: detector.verdicts(of: table, threadCount: threadCount).map { $0?.score },
            costFalseAlarm,
            costMiss
        )
    }

    /// How well scores tell the rows apart; those without one are left out.
    private func figures(
        of scores: [RowScore?],
        _ costFalseAlarm: Double,
        _ costMiss: Double
    ) throws -> DetectionFigures {
        let scored = zip(scores, labels).compactMap { score, isAnomaly in
            score.map { ($0.score, isAnomaly) }
        }
        let anomalies = scored.count { $0.1 }
        guard anomalies > 0, anomalies < scored.count else {
            throw SearchError.tooFewLabels(
                anomalies: anomalies,
                normals: scored.count - anomalies
            )
        }
        let labeled = try LabeledScores(scores: scored.map(\.0), labels: scored.map(\.1))
        return DetectionFigures(
            auroc: try ROCCurve(labeled).area,
            averagePrecision: try PrecisionRecallCurve(labeled).averagePrecision,
            leastCost: try labeled.threshold(
                by: .leastCost(costFalseAlarm: costFalseAlarm, costMiss: costMiss)
            ).value
        )
    }
}
