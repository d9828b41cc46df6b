internal import Evaluation
internal import Reports

/// The figures of an evaluation, as text or JSON.
struct EvaluationSummary: Encodable {
    struct Threshold: Encodable {
        let name: String
        let note: String
        /// nil when nothing is called an anomaly.
        let threshold: Double?
        let truePositives, falsePositives, trueNegatives, falseNegatives: Int
        let precision, recall, f1, falseAlarmRate: Double?

        init(_ point: OperatingPoint) {
            let matrix = point.confusionMatrix
            name = point.name
            note = point.note
            threshold = point.threshold.isFinite ? point.threshold : nil
            truePositives = matrix.truePositives
            falsePositives = matrix.falsePositives
            trueNegatives = matrix.trueNegatives
            falseNegatives = matrix.falseNegatives
            precision = matrix.precision
            recall = matrix.recall
            f1 = matrix.f1
            falseAlarmRate = matrix.falseAlarmRate
        }
    }

    let rows, anomalies: Int
    let auroc, averagePrecision: Double?
    let thresholds: [Threshold]

    init(_ report: EvaluationReport, _ scores: LabeledScores) {
        rows = scores.count
        anomalies = scores.anomalyCount
        auroc = report.roc?.area
        averagePrecision = report.precisionRecall?.averagePrecision
        thresholds = report.operatingPoints.map(Threshold.init)
    }

    /// The figures for a person.
    var lines: [String] {
        let header = [
            "", "threshold", "caught", "missed", "false alarms", "precision", "recall", "F1",
            "false-alarm rate",
        ]
        let table = thresholds.map { point in
            [
                point.name, decimals(point.threshold, 4), grouped(point.truePositives),
                grouped(point.falseNegatives), grouped(point.falsePositives),
                percent(point.precision), percent(point.recall), decimals(point.f1, 3),
                percent(point.falseAlarmRate, 2),
            ]
        }
        return [
            "\(counted(rows, "row")), \(counted(anomalies, "anomaly", "anomalies"))",
            "AUROC \(decimals(auroc, 4))   average precision \(decimals(averagePrecision, 4))",
            "",
        ] + aligned([header] + table, rightAligned: Set(1..<header.count))
    }
}
