package import OddityEvaluation
internal import OddityModelFiles
internal import OddityPlatform

/// Newer normal data that scores are measured against, in place of the held-out data of the fit.
///
/// Nothing is learned anew, so that data are ranked as before; what changes is how rare a score is taken to be.
/// The p-value of a new row is its rank among the newer data by the score that the fit gives (split conformal
/// prediction, Papadopoulos and others 2002), so an asked rate holds as long as new normal data are drawn like the newer
/// ones.
///
/// Steps of series follow one another, and a stretch of them has few that are odd by themselves: too few to say that a score is
/// rarer than the fit says. Their p-value is the larger of both, so that newer steps only take alarms away.
public struct Recalibration: Sendable, Equatable {
    /// The name of the newer data; nil for data in memory.
    public let source: String?
    /// The columns whose mix in the newer data weighs the held-out rows of the fit; empty where scores are measured against
    /// the newer data themselves.
    public let mixedColumns: [String]
    /// What the newer data get, each measured against the others.
    public let heldOut: HeldOutScores
    /// How their scores by the fit are distributed.
    package let survival: SurvivalFunction

    /// The least number of rows, images or steps that say how rare a score is, 20.
    public static let minimumCount = 20

    /// - Parameters:
    ///   - scores: what the newer data get by the fit.
    ///   - unit: what was scored.
    ///   - source: the name of the newer data.
    ///   - mixedColumns: those whose mix the scores were chosen for.
    init(
        _ scores: [RowScore],
        unit: HeldOutScores.Unit,
        source: String?,
        mixedColumns: [String] = []
    ) {
        self.init(
            scores.map(\.score),
            errors: scores.map(\.error),
            unit: unit,
            source: source,
            mixedColumns: mixedColumns
        )
    }

    private init(
        _ scores: [Double],
        errors: [Double],
        unit: HeldOutScores.Unit,
        source: String?,
        mixedColumns: [String]
    ) {
        self.source = source
        self.mixedColumns = mixedColumns
        survival = SurvivalFunction(heldOut: scores, minimumTailScale: Self.tailScale)
        let ranks = SurvivalFunction.leaveOneOutLogarithms(
            of: scores,
            minimumTailScale: Self.tailScale
        )
        heldOut = HeldOutScores(
            unit: unit,
            count: scores.count,
            scores: zip(scores, ranks).map { score, rank in
                -Self.logarithm(rank, ofScore: score, unit) / log(10)
            },
            errors: errors
        )
    }

    /// Scores of true p-values fall off so.
    private static let tailScale: Double = 1 / log(10.0)

    /// The logarithm of a p-value.
    ///
    /// - Parameters:
    ///   - rank: that of the rank among the newer data.
    ///   - score: the score by the fit.
    ///   - unit: what was scored.
    private static func logarithm(
        _ rank: Double,
        ofScore score: Double,
        _ unit: HeldOutScores.Unit
    ) -> Double {
        unit == .step ? max(rank, -score * log(10)) : rank
    }

    /// What something gets that has a score by the fit.
    func score(of score: RowScore) -> RowScore {
        HeldOutScores.score(
            logarithm: Self.logarithm(
                survival.logarithm(at: score.score),
                ofScore: score.score,
                heldOut.unit
            ),
            error: score.error,
            heldOutCount: heldOut.count
        )
    }
}

extension FittedDetector {
    /// The detector as it was fitted: scores are measured against the held-out data of the fit.
    public var withoutRecalibration: Self {
        var detector = self
        detector.recalibration = nil
        return detector
    }

    /// Measures scores against newer normal data from now on.
    ///
    ///     var detector = try FittedTableDetector(reading: "model.safetensors")
    ///     let newer = try detector.withoutRecalibration.scores(of: table)
    ///     try detector.recalibrate(on: newer, source: "march.csv")
    ///
    /// A decision by a p-value stays what it is; one by a score now means the newer scale. What was learned stays too:
    /// ``recalibration`` set to nil restores the fit.
    ///
    /// - Parameters:
    ///   - scores: what normal data that no member has seen get from ``withoutRecalibration``.
    ///   - source: the name of the data, for the model.
    /// - Throws: ``DetectorError/tooFewToRecalibrate(_:)``.
    public mutating func recalibrate(on scores: [RowScore], source: String? = nil) throws {
        let finite = scores.filter(\.score.isFinite)
        guard finite.count >= Recalibration.minimumCount else {
            throw DetectorError.tooFewToRecalibrate(finite.count)
        }
        recalibration = Recalibration(finite, unit: trainingHeldOut.unit, source: source)
    }
}

extension Recalibration {
    /// The values as named tensors.
    func tensors() throws -> [Tensor] {
        [
            try Tensor(name: "recalibration.scores", values: survival.values),
            try Tensor(name: "recalibration.errors", values: heldOut.errors),
        ]
    }

    /// Reads what a file holds; nil where it holds none.
    init?(
        reading archive: ModelArchive,
        unit: HeldOutScores.Unit,
        source: String?,
        mixedColumns: [String]? = nil
    ) throws {
        guard archive.tensors.contains(where: { $0.name == "recalibration.scores" }) else {
            return nil
        }
        let scores = try archive.values(of: "recalibration.scores", as: Double.self)
        let errors = try archive.values(of: "recalibration.errors", as: Double.self)
        guard scores.count >= Self.minimumCount, errors.count <= scores.count,
            scores.allSatisfy(\.isFinite), errors.allSatisfy({ $0 >= 0 && $0.isFinite })
        else {
            throw DetectorError.inconsistentModel(
                "the scores of its newer data do not fit together"
            )
        }
        self.init(
            scores,
            errors: errors,
            unit: unit,
            source: source,
            mixedColumns: mixedColumns ?? []
        )
    }
}
