package import OddityDetectors
package import OddityEvaluation

/// How somebody wants a threshold chosen, by name.
package enum ChosenThreshold: Equatable {
    /// From the held-out normal data: see `ThresholdRule`.
    case heldOut(ThresholdRule)
    /// From labelled data: see `ThresholdCriterion`.
    case labeled(ThresholdCriterion)
    /// By hand: `score=2.5` or `error=0.1`.
    case fixed(DecisionRule)

    /// - Parameter cost: what `cost` is.
    package init?(_ text: String, cost: ThresholdCriterion) {
        if let rule = ThresholdRule(text) {
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
        "without labels conformal=0.01, quantile=0.99, mean-deviations=3, median-deviations=3.5, largest, peaks=0.001 "
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
    /// - Precondition: There are labelled data where they are needed.
    package func decision(
        by chosen: ChosenThreshold,
        of measure: ThresholdMeasure,
        on data: LabeledData?
    ) throws -> Decision {
        switch chosen {
        case .heldOut(let rule): return try decision(by: rule, of: measure)
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

/// What labelled rows, images or steps got, by each measure.
package struct LabeledData {
    /// The name of their file.
    package let source: String
    private let scores: LabeledScores
    private let errors: LabeledScores

    /// - Throws: `EvaluationError` where there are none.
    package init(_ data: ScoredData) throws {
        let labels = data.labels ?? []
        source = data.source
        scores = try LabeledScores(scores: data.scores.map(\.score), labels: labels)
        errors = try LabeledScores(scores: data.scores.map(\.error), labels: labels)
    }

    package func scores(by measure: ThresholdMeasure) -> LabeledScores {
        measure == .score ? scores : errors
    }
}
