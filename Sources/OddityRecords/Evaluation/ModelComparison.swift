internal import OddityDetectors
package import OddityEvaluation
internal import OddityFailures

/// Two models on the same rows, and whether one ranks them better by more than chance.
package struct ModelComparison: Encodable {
    private enum CodingKeys: CodingKey {
        case model, auroc, averagePrecision, difference, differenceInterval, pValue
    }

    /// The name of the other model's file.
    package let model: String
    /// Of the other model.
    package let auroc, averagePrecision: Double
    /// The AUROC of this model less that of the other.
    package let difference: Double
    /// Null where the rows do not tell.
    package let differenceInterval: OrNull<ConfidenceInterval>
    package let pValue: OrNull<Double>
    private let own: Double

    /// Compares what two models made of the same rows.
    ///
    /// - Parameters:
    ///   - measures: What this model's decision looks at, of each row.
    ///   - others: What the other model made of the rows.
    ///   - name: The name of the other model's file.
    /// - Throws: ``LabelProblem`` unless both judged the same rows.
    package init(
        _ measures: [Double],
        labels: [Bool],
        with others: ScoredData,
        named name: String
    ) throws {
        guard others.labels == labels else {
            throw LabelProblem(
                description:
                    "\(name) judged \(counted(others.scores.count, "row")) of \(others.source), and this model \(grouped(measures.count));"
                    + " two models are compared on the same rows, so correct those that one of them cannot read"
            )
        }
        let scores = others.scores.map(\.score)
        let compared = try ROCComparison(measures, scores, labels: labels)
        model = name
        own = compared.first
        auroc = compared.second
        averagePrecision = try PrecisionRecallCurve(scores: scores, labels: labels)
            .averagePrecision
        difference = compared.difference
        differenceInterval = OrNull(compared.interval)
        pValue = OrNull(compared.pValue)
    }

    /// The comparison for a person.
    var lines: [String] {
        var text = "AUROC \(decimals(own, 4)) against \(decimals(auroc, 4)) of \(printable(model))"
        text +=
            " (average precision \(decimals(averagePrecision, 4))): \(difference < 0 ? "" : "+")\(decimals(difference, 4))"
        if difference == 0, pValue.value == 1 {
            return ["", text + "; both rank them alike"]
        }
        guard let p = pValue.value else {
            return ["", text + "; too few rows tell whether that is chance"]
        }
        if let interval = differenceInterval.value {
            text +=
                " (\(percent(interval.confidence, 0)): \(decimals(interval.lower, 4)) to \(decimals(interval.upper, 4)))"
        }
        let chance = p < 0.0001 ? "less than 0.0001" : decimals(p, 4)
        let verdict = p < 0.05 ? "more than chance explains" : "chance can explain it"
        return ["", text + "; p = \(chance), \(verdict)"]
    }
}
