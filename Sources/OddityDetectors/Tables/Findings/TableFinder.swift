public import OddityDatasets
public import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Finds the odd rows of a table that may be larger than memory: some of its rows were learned from, and all are judged,
/// part by part, each by networks that did not see it.
///
///     let sample = try source.readSample(of: 1_000_000, from: summary.rowCount, using: &generator)
///     let finder = try TableDetector().finder(learningFrom: sample)
///     try source.select(summary.schema)
///     try TableParts(of: source).forEach { part, firstRow in
///         for verdict in try finder.verdicts(of: part, firstRow: firstRow) where verdict.isAnomaly { … }
///     }
///
/// A row that was learned from has the score that ``TableDetector/findings(in:rule:contamination:reasonCount:threadCount:onProgress:)``
/// gives it among the others. A row outside of the sample is measured by one of the networks, which take turns, and
/// ranked among the rows that were learned from by the same measures, so that the scores of all rows can be compared.
public struct TableFinder: Sendable {
    /// What was learned from the rows of the sample that were not left out.
    public var detector: FittedTableDetector
    /// The rows of the sample that stood so far out that nothing was learned from them, by their numbers in the
    /// table, ascending.
    public let leftOut: [Int]
    /// How many rows of the sample stand out beyond what chance would give; nil where nothing says what that is.
    public let oddShare: OddShare?
    /// The rows that were learned from, by their numbers in the table, ascending.
    private let learned: [Int]
    private let scores: [RowScore]
    /// Nil where rows outside of the sample are judged like those of another table, or there are none.
    private let calibration: FindingCalibration?

    init(
        detector: FittedTableDetector,
        leftOut: [Int],
        oddShare: OddShare?,
        learned: [Int],
        scores: [RowScore],
        calibration: FindingCalibration?
    ) {
        self.detector = detector
        self.leftOut = leftOut
        self.oddShare = oddShare
        self.learned = learned
        self.scores = scores
        self.calibration = calibration
    }

    /// How many of so many rows of the table would be called anomalies if all were normal, beside those that were left out;
    /// nil where they are not judged by a rate.
    public func expectedFalseAlarmCount(of rowCount: Int) -> Double? {
        detector.decisionRule.expectedFalseAlarmCount(of: rowCount - leftOut.count)
    }

    /// Judges rows of the table.
    ///
    /// - Parameters:
    ///   - part: rows that follow one another in the table.
    ///   - firstRow: the number of the first of them in the table, counted from 0.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: `PreparationError` if the rows do not fit.
    public func verdicts(
        of part: Table,
        firstRow: Int,
        reasonCount: Int = 0,
        threadCount: Int = 1
    ) throws -> [Verdict] {
        let prepared = try detector.preparer.applied(to: part)
        // What was left out is judged like new rows, and all get their reasons so.
        var verdicts = detector.verdicts(
            of: prepared,
            in: part,
            reasonCount: reasonCount,
            threadCount: threadCount
        )
        let range = firstRow..<firstRow + part.rowCount
        for place in places(of: range, in: learned) {
            let row = learned[place] - firstRow
            verdicts[row] = verdicts[row].replacing(scores[place], by: detector)
        }
        let unseen = rowsOutsideOfSample(in: range)
        for (row, score) in zip(unseen, scores(of: prepared, at: unseen, firstRow, threadCount)) {
            verdicts[row] = verdicts[row].replacing(score, by: detector)
        }
        return verdicts
    }

    /// The scores of rows outside of the sample; none where they are judged like those of another table.
    private func scores(
        of prepared: PreparedRows,
        at rows: [Int],
        _ firstRow: Int,
        _ threadCount: Int
    ) -> [RowScore] {
        guard let calibration, !rows.isEmpty else { return [] }
        let memberCount = detector.members.count
        return calibration.scores(
            of: detector.measures(
                of: prepared,
                at: rows,
                turns: rows.map { (firstRow + $0) % memberCount },
                threadCount: threadCount
            ),
            features: prepared.features.rows(at: rows),
            by: detector.members[0].calibration,
            threadCount: threadCount
        )
    }

    private func places(of range: Range<Int>, in rows: [Int]) -> Range<Int> {
        rows.partitionIndex {
            $0 >= range.lowerBound
        }..<rows.partitionIndex {
            $0 >= range.upperBound
        }
    }

    /// The rows of a part that were not drawn, by their numbers in the part.
    private func rowsOutsideOfSample(in range: Range<Int>) -> [Int] {
        var isNew = [Bool](repeating: true, count: range.count)
        for rows in [learned, leftOut] {
            for place in places(of: range, in: rows) {
                isNew[rows[place] - range.lowerBound] = false
            }
        }
        return isNew.indices.filter { isNew[$0] }
    }
}
