import Foundation
import OddityDatasets
import OddityDetectors
import Testing

/// Checks what every detector of series must keep to, on two machines with gaps and rows that come twice.
///
/// The same settings give the same bytes on any number of threads, and another seed others; rows, chunks and
/// whole tables get the same scores on any number of threads; machines do not know of one another; a
/// scorer that was stopped goes on as if it had not been; and files give back what was written.
func checkSeriesDetector(_ configuration: SeriesDetector) throws {
    let options = SeriesSamples.timedMachines
    let training = try SeriesSamples.twoMachines(steps: 75, seed: 1)
    let table = try SeriesSamples.twoMachines(steps: 90, seed: 7)
    let (detector, _) = try checkContract(
        DetectorProbe(
            fit: { try configuration.fitted(to: training, options: options, threadCount: $0) },
            scores: { try $0.scores(of: table, threadCount: $1).map(\.judgedScore) },
            scoresOneByOne: { detector in
                var scorer = detector.makeScorer()
                return try (0..<table.rowCount).flatMap {
                    try scorer.rowScores(of: table.rows($0..<$0 + 1))
                }
            }
        )
    )
    let bytes = try detector.encoded()
    var reseeded = configuration
    reseeded.seed += 1
    #expect(try reseeded.fitted(to: training, options: options).encoded() != bytes)

    let scores = try detector.scores(of: table, reasonCount: 2)
    #expect(scores.count == table.rowCount)
    for sizes in [[1], [7, 1, 64, 3], [1_000]] {
        #expect(try detector.scores(of: table, chunks: sizes) == scores, "chunks of \(sizes)")
    }
    for threadCount in [2, 3] {
        let others = try detector.scores(of: table, reasonCount: 2, threadCount: threadCount)
        #expect(others == scores, "\(threadCount) threads")
    }
    for (place, _) in ["a", "b"].enumerated() {
        let rows = Array(stride(from: place, to: table.rowCount, by: 2))
        let alone = try detector.scores(of: table.selecting(rows: rows), reasonCount: 2)
        #expect(alone == rows.map { scores[$0] })
    }
    for row in [0, 1, 5, 30, 61, 93, 94, 95, 179] {
        try checkResuming(detector, at: row, of: table, scores)
    }
}

/// A scorer that goes on from what another one wrote scores as if it had seen all rows itself.
private func checkResuming(
    _ detector: FittedSeriesDetector,
    at row: Int,
    of table: Table,
    _ scores: [SeriesScore]
) throws {
    var scorer = SeriesScorer(detector)
    _ = try scorer.scores(of: table.rows(0..<row), reasonCount: 2)
    let state = try JSONEncoder().encode(scorer.state)
    var resumed = try SeriesScorer(
        detector,
        resuming: JSONDecoder().decode(SeriesScorer.State.self, from: state)
    )
    let rest = try resumed.scores(of: table.rows(row..<table.rowCount), reasonCount: 2)
    #expect(rest == Array(scores[row...]), "resumed at row \(row)")
}
