import Foundation
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
    let detector = try autoencoder.fitted(to: training, threadCount: 1)
    let scores = try detector.scores(of: table)

    #expect(scores.count == table.rowCount, sourceLocation: sourceLocation)
    #expect(
        scores.allSatisfy {
            $0.score.isFinite && $0.error.isFinite && $0.pValue > 0 && $0.pValue <= 1
        },
        "scores are finite and p-values probabilities",
        sourceLocation: sourceLocation
    )
    #expect(
        Set(scores.map(\.score)).count > scores.count / 2,
        "scores are not constant",
        sourceLocation: sourceLocation
    )
    let ordered = scores.sorted { $0.score < $1.score }
    #expect(
        zip(ordered, ordered.dropFirst()).allSatisfy { $0.pValue >= $1.pValue },
        "a higher score never has a higher p-value",
        sourceLocation: sourceLocation
    )

    // The same bytes from a second fit, whatever the number of threads.
    let second = try autoencoder.fitted(to: training, threadCount: 2)
    #expect(try detector.encoded() == second.encoded(), sourceLocation: sourceLocation)
    #expect(
        try detector.scores(of: table, threadCount: 2) == scores,
        "thread-invariant",
        sourceLocation: sourceLocation
    )

    // Each row by itself.
    for row in [0, 1, 63, 64, 100, 136] {
        let one = try detector.scores(of: table.selecting(rows: [row]))
        #expect(one == [scores[row]], "row \(row) by itself", sourceLocation: sourceLocation)
    }
    let reversed = try detector.scores(of: table.selecting(rows: Array((0..<137).reversed())))
    #expect(reversed.reversed() == scores, "in reverse", sourceLocation: sourceLocation)

    // Columns in another order.
    let shuffled = try Table(columns: Array(table.columns.reversed()))
    #expect(try detector.scores(of: shuffled) == scores, sourceLocation: sourceLocation)

    // Through its file.
    let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try detector.write(to: path)
    let restored = try FittedTableDetector(reading: path)
    #expect(try restored.scores(of: table) == scores, sourceLocation: sourceLocation)
    #expect(try restored.encoded() == detector.encoded(), sourceLocation: sourceLocation)

    // Reasons.
    let explained = try detector.explainedScores(of: table, reasonCount: 99)
    #expect(explained.map(\.score) == scores, sourceLocation: sourceLocation)
    for row in explained {
        #expect(
            abs(row.reasons.reduce(0) { $0 + $1.share } - 1) < 1e-6,
            "shares add up to 1",
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
