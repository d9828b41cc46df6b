public import OddityEvaluation

/// How well a detector did on labelled rows, as a page to read, print and send.
///
/// The page is one file without anything to load; its one script moves the threshold, and all but that is there without
/// it. It follows the reader's light or dark setting. It is well-formed XML as well as HTML, all text is escaped, and the same report
/// is always the same page. Parts that are empty are left out.
public struct EvaluationReport: Equatable, Sendable {
    /// The heading.
    public var title: String
    /// What was judged on what, in one line.
    public var subtitle: String
    /// The thresholds to compare, the model's own among them.
    public var operatingPoints: [OperatingPoint]
    /// The ROC curve.
    public var roc: ROCCurve?
    /// The precision–recall curve.
    public var precisionRecall: PrecisionRecallCurve?
    /// Where the area under the ROC curve would lie for other rows like these; nil where that is not told.
    public var areaInterval: ConfidenceInterval?
    /// Where the average precision would lie for other rows like these; nil where that is not told.
    public var averagePrecisionInterval: ConfidenceInterval?
    /// The scores by class.
    public var histogram: ScoreHistogram?
    /// The p-values of the rows that labels call normal, in any order; empty where none are known.
    public var normalPValues: [Double] = []
    /// One curve for each member of the model.
    public var trainingCurves: [TrainingCurve]
    /// What is judged one by one, in one word: row or image.
    public var unit = "row"
    /// The columns of the data that rows show beside their names.
    public var ownColumns: [String] = []
    /// The rows with the highest scores.
    public var oddestRows: [ReportedRow]
    /// Normal rows that were called anomalies, and others that a lower threshold would call so.
    public var falseAlarms: [ReportedRow]
    /// Anomalies that were called normal, and others that a higher threshold would call so.
    public var missedAnomalies: [ReportedRow]
    /// What other thresholds would do, where a reader may move it.
    public var movableThreshold: MovableThreshold?
    /// The columns whose normal rows differ from the training, the farthest first.
    public var drift: [ColumnDrift] = []
    /// Images to look at, where images were judged.
    public var images: [ImageSection] = []
    /// Series to look at, where series were judged.
    public var series: SeriesSection?
    /// What the model is.
    public var modelCard: [ModelCardSection]

    /// The most rows that one table shows; what is beyond is counted below it.
    public static let rowLimit = 50
    /// The most rows of a list that the page holds, to be paged through.
    public static let heldRowLimit = 20_000

    /// Puts a report together from its parts.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - subtitle: What was judged on what, in one line.
    ///   - operatingPoints: The thresholds to compare.
    ///   - roc: The ROC curve.
    ///   - precisionRecall: The precision–recall curve.
    ///   - histogram: The scores by class.
    public init(
        title: String,
        subtitle: String = "",
        operatingPoints: [OperatingPoint] = [],
        roc: ROCCurve? = nil,
        precisionRecall: PrecisionRecallCurve? = nil,
        histogram: ScoreHistogram? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.operatingPoints = operatingPoints
        self.roc = roc
        self.precisionRecall = precisionRecall
        self.histogram = histogram
        trainingCurves = []
        oddestRows = []
        falseAlarms = []
        missedAnomalies = []
        modelCard = []
    }

    /// Judges scores and puts the curves and the usual thresholds into a report.
    ///
    /// Rows of one class alone get what is defined for them: no curves and no chosen thresholds.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - subtitle: What was judged on what, in one line.
    ///   - scores: The scores and labels.
    ///   - threshold: The model's own threshold.
    ///   - thresholdNote: How the model's threshold was chosen, in a few words.
    ///   - costFalseAlarm: What a false alarm costs, in any unit.
    ///   - costMiss: What a missed anomaly costs, in the same unit.
    ///   - hasIntervals: Whether to tell where the areas would lie for other rows; only of rows that do not depend on one
    ///     another, unlike the steps of a series.
    /// - Throws: `EvaluationError` with code `invalidThreshold` or `invalidCost`.
    public init(
        title: String,
        subtitle: String = "",
        scores: LabeledScores,
        threshold: Double,
        thresholdNote: String = "",
        costFalseAlarm: Double = 1,
        costMiss: Double = 1,
        hasIntervals: Bool = true
    ) throws {
        self.init(title: title, subtitle: subtitle, histogram: try ScoreHistogram(scores))
        operatingPoints = [
            OperatingPoint(
                name: "Model's threshold",
                note: thresholdNote,
                threshold: threshold,
                confusionMatrix: try scores.confusionMatrix(at: threshold),
                isModelsOwn: true
            )
        ]
        guard scores.anomalyCount > 0, scores.normalCount > 0 else { return }
        roc = try ROCCurve(scores)
        precisionRecall = try PrecisionRecallCurve(scores)
        movableThreshold = try MovableThreshold(
            scores,
            threshold: threshold,
            costFalseAlarm: costFalseAlarm,
            costMiss: costMiss
        )
        if hasIntervals {
            areaInterval = try ROCCurve.areaInterval(scores)
            averagePrecisionInterval = try PrecisionRecallCurve.averagePrecisionInterval(scores)
        }
        let youden = try scores.threshold(by: .youden)
        let bestF1 = try scores.threshold(by: .bestF1)
        let leastCost = try scores.threshold(
            by: .leastCost(costFalseAlarm: costFalseAlarm, costMiss: costMiss)
        )
        let costs =
            "a false alarm costs \(NumberText.significant(costFalseAlarm, digits: 3).trimmedZeros), "
            + "a miss \(NumberText.significant(costMiss, digits: 3).trimmedZeros): "
            + "\(NumberText.significant(leastCost.value, digits: 3)) per row"
        for (name, note, choice) in [
            ("Youden's J", "detection rate − false-alarm rate is highest", youden),
            ("Best F1", "F1 is highest", bestF1),
            ("Least cost", costs, leastCost),
        ] {
            operatingPoints.append(
                OperatingPoint(
                    name: name,
                    note: note,
                    threshold: choice.threshold,
                    confusionMatrix: choice.confusionMatrix
                )
            )
        }
    }
}
