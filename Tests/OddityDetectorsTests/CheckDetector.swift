import OddityDatasets
import OddityDetectors
import OddityPreprocessing
import Testing

/// What every detector must do, whatever its settings.
func checkDetector(_ autoencoder: TableDetector, sourceLocation: SourceLocation = #_sourceLocation)
    throws
{
    let training = try Samples.normal(rows: 150, seed: 1)
    let table = try Table.joining([
        Samples.normal(rows: 70, seed: 2), Samples.odd(rows: 67, seed: 3),
    ])
    let (detector, found) = try checkContract(
        DetectorProbe(
            fit: { try autoencoder.fitted(to: training, threadCount: $0) },
            scores: { try $0.scores(of: table, threadCount: $1) },
            scoresOneByOne: { detector in
                let scorer = detector.makeScorer()
                return try (0..<table.rowCount).flatMap {
                    try scorer.rowScores(of: table.selecting(rows: [$0]))
                }
            }
        ),
        sourceLocation: sourceLocation
    )
    let scores = found.compactMap { $0 }
    #expect(scores.count == table.rowCount, sourceLocation: sourceLocation)

    // In another order.
    let reversed = try detector.scores(of: table.selecting(rows: Array((0..<137).reversed())))
    #expect(reversed.reversed() == scores, "in reverse", sourceLocation: sourceLocation)

    // Columns in another order.
    let shuffled = try Table(columns: Array(table.columns.reversed()))
    #expect(try detector.scores(of: shuffled) == scores, sourceLocation: sourceLocation)

    // Reasons.
    let explained = try detector.verdicts(of: table, reasonCount: 99)
    #expect(explained.map(\.score) == scores, sourceLocation: sourceLocation)
    #expect(explained.map(\.isAnomaly) == scores.map(detector.isAnomaly))
    let restored = try FittedTableDetector(decoding: detector.encoded())
    #expect(
        try restored.verdicts(of: table, reasonCount: 99, threadCount: 2) == explained,
        sourceLocation: sourceLocation
    )
    for row in [0, 63, 64, 100, 136] {
        let one = try detector.verdicts(of: table.selecting(rows: [row]), reasonCount: 99)
        #expect(one == [explained[row]], "row \(row) by itself", sourceLocation: sourceLocation)
    }
    for row in explained {
        #expect(
            row.reasons.reduce(0) { $0 + $1.share } < 1 + 1e-9,
            "shares add up to at most 1",
            sourceLocation: sourceLocation
        )
        #expect(
            row.reasons.allSatisfy {
                $0.share > 0 && $0.actual.description != $0.expected.description
            },
            "what is as expected is no reason",
            sourceLocation: sourceLocation
        )
        #expect(
            zip(row.reasons, row.reasons.dropFirst()).allSatisfy { $0.share >= $1.share },
            sourceLocation: sourceLocation
        )
    }

    // Tables that do not fit.
    #expect(throws: PreparationError.missingColumns(["heat"]), sourceLocation: sourceLocation) {
        try detector.scores(
            of: table.selecting(columns: ["speed", "load", "current", "mode", "version"])
        )
    }
}
