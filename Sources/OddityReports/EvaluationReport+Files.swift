import OddityEvaluation

/// A chart of a report as a file of its own.
public struct ChartFile: Equatable, Sendable {
    /// What the file is called, without its ending, such as `roc`.
    public let name: String
    /// The image, complete with its style sheet and heading.
    public let svg: String
}

extension EvaluationReport {
    /// Every chart of the page as a file.
    public var chartFiles: [ChartFile] {
        let charts: [(String, String?)] = [
            ("roc", rocChart?.svg), ("precision-recall", precisionRecallChart?.svg),
            ("scores", histogramChart?.svg), ("cost", costChart?.svg),
            ("p-values", pValueChart?.svg), ("training", trainingChart?.svg),
        ]
        return charts.compactMap { name, svg in svg.map { ChartFile(name: name, svg: $0) } }
            + Self.numbered("series", series?.charts ?? [])
            + Self.numbered("alarm", series?.closeUps ?? [])
    }

    /// The numbers of the curves on the page, of ROC and precision–recall with the threshold of each point.
    ///
    /// `roc` has the false-alarm rate and the detection rate, `precision-recall` recall and precision, `cost` the threshold and the
    /// cost of a row, `p-values` the share of normal rows and their p-value, and the curves of the training epoch and loss.
    public var curves: [CurveNumbers] {
        var curves: [CurveNumbers] = []
        func add(
            _ name: String,
            _ points: [CurveNumbers.Point],
            _ scales: (x: ChartAxis.Scale, y: ChartAxis.Scale) = (.linear, .linear)
        ) {
            guard !points.isEmpty else { return }
            curves.append(CurveNumbers(name: name, points: points, scales: scales))
        }
        func plain(_ points: [ChartPoint]) -> [CurveNumbers.Point] {
            points.map { CurveNumbers.Point(x: $0.x, y: $0.y, threshold: nil) }
        }
        add(
            "roc",
            (roc?.points ?? []).map {
                CurveNumbers.Point(
                    x: $0.falseAlarmRate,
                    y: $0.detectionRate,
                    threshold: $0.threshold
                )
            }
        )
        add(
            "precision-recall",
            (precisionRecall?.points ?? []).map {
                CurveNumbers.Point(x: $0.recall, y: $0.precision, threshold: $0.threshold)
            }
        )
        add(
            "cost",
            (movableThreshold?.costs ?? []).map {
                CurveNumbers.Point(x: $0.x, y: $0.y, threshold: $0.x)
            }
        )
        add(
            "p-values",
            plain(pValueChart?.series.first?.points ?? []),
            (.logarithmic, .logarithmic)
        )
        let losses = trainingChart?.yAxis.scale ?? .linear
        for (index, curve) in trainingCurves.enumerated() {
            func epochs(_ losses: [Double]) -> [CurveNumbers.Point] {
                plain(losses.enumerated().map { ChartPoint(x: Double($0 + 1), y: $1) })
            }
            add("training-\(index + 1)", epochs(curve.training), (.linear, losses))
            add("validation-\(index + 1)", epochs(curve.validation), (.linear, losses))
        }
        return curves
    }

    private static func numbered(_ name: String, _ charts: [SeriesChart]) -> [ChartFile] {
        charts.enumerated().map { ChartFile(name: "\(name)-\($0 + 1)", svg: $1.svg) }
    }
}
