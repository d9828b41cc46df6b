package import OddityDetectors
package import OddityEvaluation

/// The rules for thresholds side by side, as text or JSON.
package struct ThresholdTable: Encodable {
    /// What a rule would do.
    package struct Row: Encodable {
        /// Its name, as `--set` takes it.
        package let rule: String
        package let isInForce: Bool
        /// Null where the rule gives none.
        package let threshold: OrNull<Double>
        /// The share of held-out normal data that it calls anomalies; null where that is not known.
        package let heldOutShare: OrNull<Double>
        /// What it does to the labelled data; none without them.
        package let labeled: Figures?
        /// Why it gives no threshold.
        package let problem: String?
    }

    /// What a threshold does to labelled data.
    package struct Figures: Encodable {
        package let caught, missed, falseAlarms: Int
        package let precision, detectionRate, falseAlarmRate, f1: OrNull<Double>
        /// The expected cost per row.
        package let cost: OrNull<Double>
    }

    package let measure: String
    package let heldOutCount: Int
    package let labeledCount, anomalyCount: Int?
    package let rows: [Row]
    /// What was estimated of the tail; null where it could not be.
    package let tail: OrNull<Tail>

    /// The distribution of the largest held-out values.
    package struct Tail: Encodable {
        package let level, shape, scale, distance: Double
        package let peakCount: Int
        package let isPlausible: Bool
    }

    private let unit: HeldOutScores.Unit
    private let inForce: String

    private enum CodingKeys: CodingKey {
        case measure, heldOutCount, labeledCount, anomalyCount, rows, tail
    }

    /// The rules that are shown of all that there are.
    private static let rules: [ThresholdRule] = [
        .conformal(0.01), .conformal(0.05), .quantile(0.99), .meanDeviations(3),
        .medianDeviations(3.5), .largest, .peaksOverThreshold(0.001), .mixture,
    ]

    /// Tries all rules.
    ///
    /// - Parameters:
    ///   - data: labelled data, for the criteria that need them.
    ///   - cost: a ``ThresholdCriterion/leastCost(costFalseAlarm:costMiss:prevalence:)``.
    ///   - rowsPerDay: how many rows a day has, where that is known better than the model does.
    package init(
        _ detector: some FittedDetector,
        of measure: ThresholdMeasure,
        on data: LabeledData?,
        cost: ThresholdCriterion,
        rowsPerDay: Double? = nil
    ) throws {
        self.measure = measure.rawValue
        unit = detector.heldOut.unit
        inForce = detector.decisionText
        let normal = try detector.heldOutValues(of: measure)
        heldOutCount = normal.count
        let labeled = data?.scores(by: measure)
        (labeledCount, anomalyCount) = (labeled?.count, labeled?.anomalyCount)
        tail = OrNull(
            (try? TailFit(normal)).map {
                Tail(
                    level: $0.level,
                    shape: $0.shape,
                    scale: $0.scale,
                    distance: $0.distance,
                    peakCount: $0.peakCount,
                    isPlausible: $0.isPlausible
                )
            }
        )
        let criteria: [ThresholdCriterion] =
            data == nil
            ? []
            : [
                .youden, .closestToCorner, .bestF1, cost, .falseAlarmRate(0.01),
                .detectionRate(0.9),
            ]
        func row(_ name: String, isInForce: Bool = false, _ decide: () throws -> Decision) throws
            -> Row
        {
            do {
                let rule = try decide().rule
                let threshold = rule.threshold(heldOutCount: detector.heldOut.count)
                return Row(
                    rule: name,
                    isInForce: isInForce,
                    threshold: OrNull(threshold.isFinite ? threshold : nil),
                    heldOutShare: OrNull(detector.heldOutShare(flaggedBy: rule)),
                    labeled: try data.map { data in
                        let scores = data.scores(by: rule.thresholdMeasure)
                        return Figures(try scores.confusionMatrix(at: threshold), cost)
                    },
                    problem: nil
                )
            } catch let error as EvaluationError
                where error.code == .unsuitableValues || error.code == .oneClassOnly
            {
                return Row(
                    rule: name,
                    isInForce: isInForce,
                    threshold: OrNull(nil),
                    heldOutShare: OrNull(nil),
                    labeled: nil,
                    problem: error.message
                )
            }
        }
        let days = rowsPerDay ?? detector.rowsPerDay
        let budgets = days.map { days in
            [1.0, 10].filter { $0 < days }.map { ThresholdRule.alertsPerDay($0, rowsPerDay: days) }
        }
        rows =
            [try row("in force", isInForce: true) { detector.decision }]
            + (try (Self.rules + (budgets ?? [])).map { rule in
                try row("\(rule)") { try detector.decision(by: rule, of: measure) }
            })
            + (try criteria.map { criterion in
                try row("\(criterion)") {
                    try detector.decision(by: .labeled(criterion), of: measure, on: data)
                }
            })
    }

    /// The table for a person.
    package var lines: [String] {
        let noun =
            labeledCount == nil
            ? [] : ["caught", "missed", "false alarms", "precision", "F1", "cost"]
        let header = ["rule", "threshold", "of held-out \(unit.rawValue)s"] + noun
        let table = rows.map { row in
            [
                row.rule, row.threshold.value.map { decimals($0, 4) } ?? "–",
                percent(row.heldOutShare.value, 2),
            ]
                + (row.labeled.map { figures in
                    [
                        grouped(figures.caught), grouped(figures.missed),
                        grouped(figures.falseAlarms), percent(figures.precision.value),
                        decimals(figures.f1.value, 3), decimals(figures.cost.value, 4),
                    ]
                } ?? [])
        }
        var lines = [
            "in force: anomaly when \(inForce)",
            "thresholds on the \(measure == "score" ? "score" : "reconstruction error"), and the share of "
                + "\(counted(heldOutCount, "held-out normal \(unit.rawValue)")) that each would call anomalies"
                + (labeledCount.map {
                    "; \(counted($0, "labelled \(unit.rawValue)")), "
                        + counted(anomalyCount ?? 0, "anomaly", "anomalies")
                } ?? ""),
            "",
        ]
        lines += aligned([header] + table, rightAligned: Set(1..<header.count))
        let problems = rows.compactMap { row in row.problem.map { "\(row.rule): \($0)" } }
        if !problems.isEmpty { lines += [""] + problems }
        if let tail = tail.value {
            lines += [
                "",
                "peaks: the \(grouped(tail.peakCount)) values above \(short(tail.level)) follow a generalized Pareto "
                    + "distribution of shape \(short(tail.shape)) and scale \(short(tail.scale))"
                    + (tail.isPlausible
                        ? ""
                        : " badly (distance \(short(tail.distance))): trust no rate far beyond them"),
            ]
        }
        return lines
    }
}

extension ThresholdTable.Figures {
    fileprivate init(_ matrix: ConfusionMatrix, _ cost: ThresholdCriterion) {
        self.init(
            caught: matrix.truePositives,
            missed: matrix.falseNegatives,
            falseAlarms: matrix.falsePositives,
            precision: OrNull(matrix.precision),
            detectionRate: OrNull(matrix.recall),
            falseAlarmRate: OrNull(matrix.falseAlarmRate),
            f1: OrNull(matrix.f1),
            cost: OrNull(matrix.expectedCost(cost))
        )
    }
}
