internal import OddityDetectors
internal import OddityEvaluation
internal import OddityLinearAlgebra
public import OddityPreprocessing

/// Rows dealt into folds, each of which is held out once while a network learns from the others.
///
///     let crossValidation = CrossValidation(rowCount: 1000, foldCount: 4, seed: 0)
///     crossValidation.heldOutRows(ofFold: 0)  // 250 rows
///     crossValidation.trainingRows(ofFold: 0)  // the other 750
public struct CrossValidation: Sendable, Equatable {
    /// The partition of the rows.
    public let folds: Folds

    /// Deals rows into folds.
    ///
    /// - Parameters:
    ///   - rowCount: at least `foldCount`.
    ///   - foldCount: at least 2.
    ///   - seed: where the order comes from; the folds are those that `TableDetector` of the same seed
    ///     and number of folds makes.
    public init(rowCount: Int, foldCount: Int, seed: UInt64) {
        precondition(foldCount >= 2, "\(foldCount) folds")
        folds = Folds(rowCount: rowCount, count: foldCount, seed: seed)
    }

    init(folds: Folds) {
        self.folds = folds
    }

    /// The number of folds.
    public var foldCount: Int { folds.rows.count }

    /// The rows that the network of a fold does not see, ascending.
    public func heldOutRows(ofFold fold: Int) -> [Int] { folds.rows[fold] }

    /// The rows that the network of a fold learns from, ascending.
    public func trainingRows(ofFold fold: Int) -> [Int] { folds.complement(ofFold: fold) }
}

extension CrossValidation {
    /// How well each fold's network tells held-out rows from the same rows with planted changes.
    ///
    /// - Returns: for each fold the AUROC of each change.
    func separations(
        of fit: CrossFit,
        planted: [PlantedRows],
        threadCount: Int
    ) throws -> [[Double]] {
        try Parallel.map(count: foldCount, threadCount: threadCount) { fold in
            let normal = fit.scores(of: planted[fold].normal, byMemberOfFold: fold)
            return try planted[fold].changed.map { changed in
                let odd = fit.scores(of: changed, byMemberOfFold: fold)
                return try ROCCurve(
                    LabeledScores(
                        scores: normal + odd,
                        labels: normal.map { _ in false } + odd.map { _ in true }
                    )
                ).area
            }
        }
    }
}
