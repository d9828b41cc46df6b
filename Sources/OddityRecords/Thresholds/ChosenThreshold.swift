package import OddityDetectors
package import OddityEvaluation
package import OddityFailures

/// How somebody wants a threshold chosen, by name.
package enum ChosenThreshold: Equatable {
    /// From the held-out normal data: see `ThresholdRule`.
    case heldOut(ThresholdRule)
    /// From labelled data: see `ThresholdCriterion`.
    case labeled(ThresholdCriterion)
    /// Normal rows raise at most so many alerts a day; how many rows a day has is known besides.
    case alertsPerDay(Double)
    /// By hand: `score=2.5` or `error=0.1`.
    case fixed(DecisionRule)

    /// - Parameter cost: what `cost` is.
    package init?(_ text: String, cost: ThresholdCriterion) {
        let alerts = "alerts-per-day="
        if text.hasPrefix(alerts), let count = Double(text.dropFirst(alerts.count)),
            count.isFinite
        {
            self = .alertsPerDay(count)
        } else if let rule = ThresholdRule(text) {
            self = .heldOut(rule)
        } else if let criterion = ThresholdCriterion(text, cost: cost) {
            self = .labeled(criterion)
        } else if let measure = ThresholdMeasure.allCases.first(where: {
            text.hasPrefix($0.rawValue + "=")
        }), let number = Double(text.dropFirst(measure.rawValue.count + 1)), number.isFinite {
            self = .fixed(DecisionRule(number, of: measure))
        } else {
            return nil
        }
    }

    /// The names that there are, for those who gave another.
    package static let names =
        "without labels conformal=0.01, alerts-per-day=5, quantile=0.99, mean-deviations=3, median-deviations=3.5, largest, peaks=0.001 "
        + "or mixture; with --data youden, closest, f-beta=1, cost, false-alarms=0.01 or detection=0.9; or by hand "
        + "score=2.5 or error=0.1"

    /// Whether labelled data are needed to choose it.
    package var needsLabels: Bool {
        if case .labeled = self { true } else { false }
    }
}

extension FittedDetector {
    /// The decision that was asked for.
    ///
    /// - Parameters:
    ///   - chosen: what was asked for.
    ///   - measure: what the threshold is on, unless it is given by hand.
    ///   - data: labelled data, for a criterion that needs them.
    ///   - rowsPerDay: how many rows a day has, where that is known better than the model does.
    /// - Precondition: There are labelled data where they are needed.
    package func decision(
        by chosen: ChosenThreshold,
        of measure: ThresholdMeasure,
        on data: LabeledData?,
        rowsPerDay: Double? = nil
    ) throws -> Decision {
        switch chosen {
        case .heldOut(let rule): return try decision(by: rule, of: measure)
        case .alertsPerDay(let count):
            guard let rows = rowsPerDay ?? self.rowsPerDay else { throw RowsPerDayUnknown() }
            return try decision(by: .alertsPerDay(count, rowsPerDay: rows), of: measure)
        case .fixed(let rule): return Decision(rule: rule, origin: .given)
        case .labeled(let criterion):
            guard let data else { preconditionFailure("a criterion needs labelled data") }
            return try decision(
                by: criterion,
                on: data.scores(by: measure),
                source: data.source,
                of: measure
            )
        }
    }
}

/// Alerts a day where nothing tells how many rows a day has.
package struct RowsPerDayUnknown: Failure {
    package var description: String {
        "the model does not know how many rows a day has; say it with --rows-per-day"
    }
    package var blame: Blame { .caller }
}

/// What labelled rows, images or steps got, by each measure.
package struct LabeledData {
    /// The name of their file.
    package let source: String
    /// How many rows a day has, where their times were asked.
    package let rowsPerDay: Double?
    private let scores: LabeledScores
    private let errors: LabeledScores

    /// - Throws: `EvaluationError` where there are none.
    package init(_ data: ScoredData) throws {
        let labels = data.labels ?? []
        source = data.source
        rowsPerDay = data.rowsPerDay
        scores = try LabeledScores(scores: data.scores.map(\.score), labels: labels)
        errors = try LabeledScores(scores: data.scores.map(\.error), labels: labels)
    }

    package func scores(by measure: ThresholdMeasure) -> LabeledScores {
        measure == .score ? scores : errors
    }

    /// What a decision does to the data, for a person.
    package func text(of detector: some FittedDetector) throws -> String {
        let unit = detector.heldOut.unit.rawValue
        let matrix = try scores(by: detector.decisionRule.thresholdMeasure)
            .confusionMatrix(at: detector.threshold)
        return "catches \(grouped(matrix.truePositives)) of "
            + "\(counted(matrix.anomalyCount, "anomaly", "anomalies")) of \(printable(source)) at "
            + "\(counted(matrix.falsePositives, "false alarm")) on \(counted(matrix.normalCount, "normal \(unit)")) "
            + "(\(percent(matrix.falseAlarmRate, 2))); judge it on others with oddity evaluate"
    }
}
