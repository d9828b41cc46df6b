package import OddityDetectors
internal import OddityEvaluation

/// What the detector that a search chose makes of rows that nothing was chosen by.
package struct TuneTest: Encodable {
    /// The rows with a score, and the anomalies among them.
    package let rows, anomalies: Int
    package let auroc, averagePrecision: Double
    /// At the model's own threshold.
    package let recall, falseAlarmRate: OrNull<Double>

    /// - Parameters:
    ///   - scores: those of the rows; nil for rows without one, which are left out.
    ///   - labels: for each row whether it is an anomaly.
    ///   - detector: decides.
    package init(
        _ scores: [RowScore?],
        labels: [Bool],
        by detector: some FittedDetector
    ) throws {
        let judged = zip(scores, labels).compactMap { score, label in score.map { ($0, label) } }
        let labeled = try LabeledScores(
            scores: judged.map(\.0.score),
            labels: judged.map(\.1)
        )
        let flagged = judged.filter { detector.isAnomaly($0.0) }
        let caught = flagged.count { $0.1 }
        rows = labeled.count
        anomalies = labeled.anomalyCount
        auroc = try ROCCurve(labeled).area
        averagePrecision = try PrecisionRecallCurve(labeled).averagePrecision
        recall = OrNull(Double(caught) / Double(labeled.anomalyCount))
        falseAlarmRate = OrNull(Double(flagged.count - caught) / Double(labeled.normalCount))
    }

    /// The figures in one line.
    package var line: String {
        "\(counted(rows, "row")), \(counted(anomalies, "anomaly", "anomalies")): AUROC "
            + "\(decimals(auroc, 4)), average precision \(decimals(averagePrecision, 4)), catches "
            + "\(percent(recall.value)) at \(percent(falseAlarmRate.value, 2)) false alarms"
    }
}
