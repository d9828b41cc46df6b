package import OddityDetectors
internal import OddityEvaluation
internal import OddityFailures

extension Decision {
    /// How the rule was chosen, where somebody chose it by one; nil for the standard and for a rule by hand.
    ///
    /// - Parameter heldOut: the data that a rule without labels was chosen on.
    package func originText(_ heldOut: HeldOutScores) -> String? {
        switch origin {
        case .standard, .given: return nil
        case .alarmsPerDay(let count): return "\(short(count)) alarms a day at most"
        case .heldOut(let rule):
            return "\(rule) of \(counted(heldOut.count, "held-out \(heldOut.unit.rawValue)"))"
        case .labeled(let criterion, let source, let count, let anomalyCount):
            let data = source.map { " of \(printable($0))" } ?? ""
            return
                "\(words(criterion)) on \(counted(count, "labelled \(heldOut.unit.rawValue)"))\(data), "
                + "\(grouped(anomalyCount)) of them \(anomalyCount == 1 ? "an anomaly" : "anomalies")"
        }
    }

    private func words(_ criterion: ThresholdCriterion) -> String {
        guard case .leastCost(let alarm, let miss, let prevalence) = criterion else {
            return "\(criterion)"
        }
        return "least cost (a false alarm \(short(alarm)), a miss \(short(miss))"
            + (prevalence.map { ", anomalies \(percent($0, 2))" } ?? "") + ")"
    }
}

extension Provenance {
    /// The name of the training data, for a person.
    var sourceText: String { source.map { printable($0, limit: 200) } ?? "data in memory" }
}

extension FittedDetector {
    /// The threshold; nil where the held-out data cannot back any alarm at the rate.
    package var finiteThreshold: Double? { threshold.isFinite ? threshold : nil }

    /// The threshold for a person.
    var thresholdText: String { finiteThreshold.map { decimals($0, 4) } ?? "none can be backed" }

    /// What scores are measured against.
    package var calibrationText: String {
        let unit = heldOut.unit.rawValue
        guard let recalibration else { return counted(heldOut.count, "held-out \(unit)") }
        let source = recalibration.source.map { printable($0) }
        guard recalibration.mixedColumns.isEmpty else {
            let columns = recalibration.mixedColumns.map { printable($0) }.joined(separator: ", ")
            return counted(heldOut.count, "held-out \(unit)")
                + " with the mix of \(columns) in \(source ?? "newer data")"
        }
        return counted(heldOut.count, "newer \(unit)") + (source.map { " of \($0)" } ?? "")
    }

    /// The facts of a model card about calibration and threshold.
    var calibrationEntries: [(name: String, value: String)] {
        [("held-out \(heldOut.unit.rawValue)s", grouped(trainingHeldOut.count))]
            + (recalibration == nil ? [] : [("measured against", calibrationText)])
            + [("anomaly when", decisionText), ("threshold", thresholdText)]
    }

    /// When something is an anomaly, and how that was chosen.
    package var decisionText: String {
        "\(decision.rule)" + (decision.originText(heldOut).map { " (\($0))" } ?? "")
    }
}
