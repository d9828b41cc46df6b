/// Scores with the truth about each row, sorted once for everything that is computed from them.
///
/// A label of `true` (1) is an anomaly, `false` (0) a normal row; a higher score is odder; a row is
/// called an anomaly when `score >= threshold`. Only the order of the scores and their ties matter,
/// so what is kept is one *cut* per distinct score: how many anomalies and how many normal rows
/// score at least that much. Equal scores always fall on the same side of a threshold.
///
/// - Complexity: O(*n* log *n*) to make, at most 32 bytes per distinct score to keep.
public struct LabeledScores: Equatable, Sendable {
    /// What one threshold does to the rows.
    struct Cut: Equatable, Sendable {
        /// The threshold: one of the scores.
        var threshold: Double
        /// Anomalies with a score of at least the threshold.
        var truePositives: Int
        /// Normal rows with a score of at least the threshold.
        var falsePositives: Int
    }

    /// One cut per distinct score, highest score first.
    let cuts: [Cut]
    /// The number of rows whose label is `true`.
    public let anomalyCount: Int
    /// The number of rows whose label is `false`.
    public let normalCount: Int

    /// The number of rows.
    public var count: Int { anomalyCount + normalCount }
    /// The number of different scores.
    public var distinctCount: Int { cuts.count }
    /// The share of anomalies among the rows, in [0, 1].
    public var prevalence: Double { Double(anomalyCount) / Double(count) }
    /// The lowest score.
    public var lowestScore: Double { cuts[cuts.count - 1].threshold }
    /// The highest score.
    public var highestScore: Double { cuts[0].threshold }

    /// Pairs scores with labels.
    ///
    /// Rows of one class alone are accepted: a confusion matrix is defined for them, a curve is not.
    ///
    /// - Parameters:
    ///   - scores: One score per row; higher is odder; all finite.
    ///   - labels: One label per row; `true` is an anomaly.
    /// - Throws: `EvaluationError` with code `lengthMismatch`, `empty` or `nonFiniteScore`.
    public init(scores: [Double], labels: [Bool]) throws {
        try Self.check(scoreCount: scores.count, labelCount: labels.count)
        var anomalies: [Double] = []
        var normals: [Double] = []
        normals.reserveCapacity(scores.count)
        for (row, score) in scores.enumerated() {
            guard score.isFinite else {
                throw EvaluationError(
                    code: .nonFiniteScore,
                    message: "score \(row + 1) of \(scores.count) is \(score); every score must be "
                        + "a finite number, so leave unscored rows out"
                )
            }
            if labels[row] { anomalies.append(score) } else { normals.append(score) }
        }
        self.init(anomalies: anomalies, normals: normals)
    }

    /// Pairs scores with labels written as 0 and 1.
    ///
    /// - Parameters:
    ///   - scores: One score per row; higher is odder; all finite.
    ///   - labels: One label per row; 1 is an anomaly, 0 a normal row.
    /// - Throws: `EvaluationError` with code `lengthMismatch`, `empty`, `invalidLabel` or
    ///   `nonFiniteScore`.
    public init(scores: [Double], labels: [Int]) throws {
        try Self.check(scoreCount: scores.count, labelCount: labels.count)
        if let row = labels.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            throw EvaluationError(
                code: .invalidLabel,
                message: "label \(row + 1) of \(labels.count) is \(labels[row]); "
                    + "write 1 for an anomaly and 0 for a normal row"
            )
        }
        try self.init(scores: scores, labels: labels.map { $0 == 1 })
    }

    private static func check(scoreCount: Int, labelCount: Int) throws(EvaluationError) {
        guard scoreCount == labelCount else {
            throw EvaluationError(
                code: .lengthMismatch,
                message: "there are \(scoreCount) scores and \(labelCount) labels; "
                    + "give one label for each score"
            )
        }
        guard scoreCount > 0 else {
            throw EvaluationError(
                code: .empty,
                message: "there are no scores; give at least one row to evaluate"
            )
        }
    }

    /// Merges the two classes into cuts; not both may be empty, and all scores are finite.
    private init(anomalies: [Double], normals: [Double]) {
        // Two plain sorts of numbers are several times faster than one sort of pairs.
        let anomalies = anomalies.sorted()
        let normals = normals.sorted()
        var cuts: [Cut] = []
        var anomaly = anomalies.count
        var normal = normals.count
        while anomaly > 0 || normal > 0 {
            let score: Double
            if anomaly == 0 {
                score = normals[normal - 1]
            } else if normal == 0 {
                score = anomalies[anomaly - 1]
            } else {
                score = max(anomalies[anomaly - 1], normals[normal - 1])
            }
            while anomaly > 0, anomalies[anomaly - 1] == score { anomaly -= 1 }
            while normal > 0, normals[normal - 1] == score { normal -= 1 }
            cuts.append(
                Cut(
                    threshold: score,
                    truePositives: anomalies.count - anomaly,
                    falsePositives: normals.count - normal
                )
            )
        }
        self.cuts = cuts
        anomalyCount = anomalies.count
        normalCount = normals.count
    }

    /// Makes sure that both classes are there.
    func requireBothClasses(for figure: String) throws(EvaluationError) {
        if anomalyCount > 0, normalCount > 0 { return }
        let (present, missing) =
            anomalyCount > 0 ? ("anomalies (label 1)", "normal") : ("normal (label 0)", "anomalous")
        throw EvaluationError(
            code: .oneClassOnly,
            message: "all \(count) rows are \(present), and \(figure) needs both classes; "
                + "add \(missing) rows or check the label column"
        )
    }
}
