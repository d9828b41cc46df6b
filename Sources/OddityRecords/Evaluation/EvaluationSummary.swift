package import OddityDetectors
package import OddityEvaluation
package import OddityReports

/// The figures of an evaluation, as text or JSON.
package struct EvaluationSummary: Encodable {
    package struct Threshold: Encodable {
        package let name: String
        package let note: String
        /// Null when nothing is called an anomaly.
        package let threshold: OrNull<Double>
        package let truePositives, falsePositives, trueNegatives, falseNegatives: Int
        /// Null where they would divide by 0.
        package let precision, recall, f1, falseAlarmRate: OrNull<Double>

        package init(_ point: OperatingPoint) {
            let matrix = point.confusionMatrix
            name = point.name
            note = point.note
            threshold = OrNull(point.threshold.isFinite ? point.threshold : nil)
            truePositives = matrix.truePositives
            falsePositives = matrix.falsePositives
            trueNegatives = matrix.trueNegatives
            falseNegatives = matrix.falseNegatives
            precision = OrNull(matrix.precision)
            recall = OrNull(matrix.recall)
            f1 = OrNull(matrix.f1)
            falseAlarmRate = OrNull(matrix.falseAlarmRate)
        }
    }

    package let rows, anomalies: Int
    package let auroc, averagePrecision: OrNull<Double>
    package let thresholds: [Threshold]
    /// Simple detectors beside the model; none unless they were asked for.
    package let baselines: [BaselineComparison.Result]?
    /// How well heat maps point at defects; none without masks.
    package let pixelAuroc, regionOverlap: Double?
    /// How the normal rows differ from those of the training.
    package let shift: ShiftSummary?
    /// What a row is.
    private let kind: String

    private enum CodingKeys: CodingKey {
        case rows, anomalies, auroc, averagePrecision, thresholds, baselines, pixelAuroc
        case regionOverlap, shift
    }

    package init(
        _ report: EvaluationReport,
        _ scores: LabeledScores,
        _ baselines: [BaselineComparison.Result]?,
        pixels: PixelEvaluation? = nil,
        shift: Shift? = nil,
        of kind: String = "row"
    ) {
        self.kind = kind
        self.shift = shift.map(ShiftSummary.init)
        self.baselines = baselines
        pixelAuroc = pixels?.auroc
        regionOverlap = pixels?.regionOverlap
        rows = scores.count
        anomalies = scores.anomalyCount
        auroc = OrNull(report.roc?.area)
        averagePrecision = OrNull(report.precisionRecall?.averagePrecision)
        thresholds = report.operatingPoints.map(Threshold.init)
    }

    /// The figures for a person.
    package var lines: [String] {
        let header = [
            "", "threshold", "caught", "missed", "false alarms", "precision", "recall", "F1",
            "false-alarm rate",
        ]
        let table = thresholds.map { point in
            [
                point.name, decimals(point.threshold.value, 4), grouped(point.truePositives),
                grouped(point.falseNegatives), grouped(point.falsePositives),
                percent(point.precision.value), percent(point.recall.value),
                decimals(point.f1.value, 3),
                percent(point.falseAlarmRate.value, 2),
            ]
        }
        return [
            "\(counted(rows, kind)), \(counted(anomalies, "anomaly", "anomalies"))",
            "AUROC \(decimals(auroc.value, 4))   average precision \(decimals(averagePrecision.value, 4))",
        ] + pixelLines + [""] + aligned([header] + table, rightAligned: Set(1..<header.count))
            + baselineLines
    }

    private var pixelLines: [String] {
        guard let pixelAuroc, let regionOverlap else { return [] }
        return [
            "of pixels: AUROC \(decimals(pixelAuroc, 4))   region overlap "
                + decimals(regionOverlap, 4)
        ]
    }

    private var baselineLines: [String] {
        guard let baselines else { return [] }
        let own = BaselineComparison.Result(
            name: "this model",
            auroc: auroc,
            averagePrecision: averagePrecision
        )
        let table = ([own] + baselines).map { result in
            [
                result.name, decimals(result.auroc.value, 4),
                decimals(result.averagePrecision.value, 4),
            ]
        }
        return [""] + aligned([["", "AUROC", "average precision"]] + table, rightAligned: [1, 2])
    }
}
