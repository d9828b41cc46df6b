internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing

/// What is known of the training rows themselves, and how far each is from the others.
struct MeasuredNeighbors: Sendable {
    let neighbors: TrainingNeighbors
    /// For each training row the logarithm of its distance to the nearest other one.
    let logDistances: [Double]

    /// Learns from training rows.
    ///
    /// - Parameter rows: those that may be references: all, or with a single network those it was trained on.
    init(_ features: Matrix, rows: [Int], preparer: TablePreparer, seed: UInt64, threadCount: Int) {
        neighbors = TrainingNeighbors(features, rows: rows, preparer: preparer, seed: seed)
        let chosen = TrainingNeighbors.sample(
            of: rows,
            columnCount: features.columnCount,
            seed: seed
        )
        if rows.count == features.rowCount,
            let ranks = LeaveOneOutRanks(
                features,
                ranked: NormalScores.ranked(preparer),
                referenceCount: chosen.count
            )
        {
            logDistances = Parallel.map(count: rows.count, threadCount: threadCount) {
                ranks.logDistance(of: $0, toNearestOf: chosen)
            }
            return
        }
        var places = [Int?](repeating: nil, count: features.rowCount)
        for (place, row) in chosen.enumerated() { places[row] = place }
        logDistances = neighbors.logDistances(
            ofScores: neighbors.scores.scores(of: features, learnedFrom: rows),
            excluding: places,
            threadCount: threadCount
        )
    }
}

extension TableDetector {
    /// Whether rows of so many inputs are compared with training rows.
    ///
    /// The ranks of a single column are evenly spaced, whatever they are of: their distances say nothing.
    func comparesRows(inputSize: Int) -> Bool {
        storesRows && scoring == .residualAndCode && inputSize > 1
    }
}
