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
        package let balancedAccuracy, matthewsCorrelation: OrNull<Double>

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
            balancedAccuracy = OrNull(matrix.balancedAccuracy)
            matthewsCorrelation = OrNull(matrix.matthewsCorrelation)
        }
    }

    /// What so many of the oddest rows hold.
    package struct Top: Encodable {
        package let rows: Int
        /// A fraction where rows with equal scores are in part among them.
        package let anomalies, precision: Double
        /// Null without an anomaly.
        package let recall, lift: OrNull<Double>

        fileprivate init(_ top: TopRows) {
            rows = top.count
            anomalies = top.caught
            precision = top.precision
            recall = OrNull(top.recall)
            lift = OrNull(top.lift)
        }
    }

    package let rows, anomalies: Int
    package let auroc, averagePrecision: OrNull<Double>
    /// Where these would lie for other rows like these; null where that is not told.
    package let aurocInterval, averagePrecisionInterval: OrNull<ConfidenceInterval>
    /// The AUROC of the part of the curve up to 10 % false alarms, from 0.5 for a random score to 1.
    package let partialAuroc: OrNull<Double>
    /// As many of the oddest rows as there are anomalies.
    package let oddest: OrNull<Top>
    /// Other numbers of them; none unless they were asked for.
    package var tops: [Top]?
    package let thresholds: [Threshold]
    /// Simple detectors beside the model; none unless they were asked for.
    package let baselines: [BaselineComparison.Result]?
    /// How well heat maps point at defects; none without masks.
    package let pixelAuroc, regionOverlap: Double?
    /// How the normal rows differ from those of the training.
    package let shift: ShiftSummary?
    /// The curves that the page draws, without points that a chart would not show.
    package let curves: [CurveFigures]
    /// The groups of rows by ``groupedBy``; none unless they were asked for.
    package var segments: [Segment]?
    package var groupedBy: String?
    /// Another model on the same rows; none unless it was asked for.
    package var comparison: ModelComparison?
    /// What a row is.
    private let kind: String

    private enum CodingKeys: CodingKey {
        case rows, anomalies, auroc, averagePrecision, aurocInterval, averagePrecisionInterval
        case partialAuroc, oddest, tops, thresholds, baselines, pixelAuroc
        case regionOverlap, shift, curves, groupedBy, segments, comparison
    }

    package init(
        _ report: EvaluationReport,
        _ scores: LabeledScores,
        _ baselines: [BaselineComparison.Result]?,
        pixels: PixelEvaluation? = nil,
        shift: Shift? = nil,
        of kind: String = "row"
    ) throws {
        self.kind = kind
        self.shift = shift.map(ShiftSummary.init)
        self.baselines = baselines
        pixelAuroc = pixels?.auroc
        regionOverlap = pixels?.regionOverlap
        rows = scores.count
        anomalies = scores.anomalyCount
        auroc = OrNull(report.roc?.area)
        averagePrecision = OrNull(report.precisionRecall?.averagePrecision)
        aurocInterval = OrNull(report.areaInterval)
        averagePrecisionInterval = OrNull(report.averagePrecisionInterval)
        partialAuroc = OrNull(try report.roc?.standardizedArea(upTo: Self.partialRate))
        oddest = OrNull(
            report.roc == nil ? nil : Top(try scores.top(scores.anomalyCount))
        )
        thresholds = report.operatingPoints.map(Threshold.init)
        curves = report.curves.map { CurveFigures($0.thinned) }
    }

    /// Up to which false-alarm rate ``partialAuroc`` looks.
    private static let partialRate = 0.1

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
            "AUROC \(decimals(auroc.value, 4))\(Self.range(aurocInterval.value))   average precision "
                + "\(decimals(averagePrecision.value, 4))\(Self.range(averagePrecisionInterval.value))",
        ] + topLines + pixelLines + [""]
            + aligned([header] + table, rightAligned: Set(1..<header.count))
            + topTable + groupLines + baselineLines + (comparison?.lines ?? [])
    }

    private var groupLines: [String] {
        guard let segments, let groupedBy else { return [] }
        return Segment.lines(segments, by: groupedBy)
    }

    private static func range(_ interval: ConfidenceInterval?) -> String {
        guard let interval else { return "" }
        return
            " (\(percent(interval.confidence, 0)): \(decimals(interval.lower, 4)) to \(decimals(interval.upper, 4)))"
    }

    private var topLines: [String] {
        guard let partial = partialAuroc.value, let top = oddest.value else { return [] }
        return [
            "AUROC up to \(percent(Self.partialRate, 0)) false alarms \(decimals(partial, 4))   \(percent(top.precision)) of the "
                + "\(counted(top.rows, "oddest \(kind)")) are anomalies, \(decimals(top.lift.value, 1)) times as many as by chance"
        ]
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

extension EvaluationSummary {
    /// What the oddest rows hold.
    ///
    /// - Parameter counts: how many of them, each from 1 to that of all.
    package static func tops(_ counts: [Int], of scores: LabeledScores) throws -> [Top] {
        try counts.map { Top(try scores.top($0)) }
    }

    fileprivate var topTable: [String] {
        guard let tops else { return [] }
        let header = ["oddest \(kind)s", "anomalies", "precision", "recall", "lift"]
        let table = tops.map { top in
            [
                grouped(top.rows), short(top.anomalies), percent(top.precision),
                percent(top.recall.value), decimals(top.lift.value, 2),
            ]
        }
        return [""] + aligned([header] + table, rightAligned: Set(0..<header.count))
    }
}
