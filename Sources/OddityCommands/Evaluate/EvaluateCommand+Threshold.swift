internal import OddityDetectors
internal import OddityEvaluation
internal import OddityFailures
internal import OddityRecords

extension EvaluateCommand {
    /// Names the command that would put a better threshold into the model, where there is one.
    func suggestThreshold(
        on scores: LabeledScores,
        for detector: some FittedDetector,
        of kind: String = "row"
    ) throws {
        let better = try BetterThreshold(
            on: scores,
            than: detector.threshold,
            by: costs.criterion(prevalence: nil)
        )
        guard let better else { return }
        var words = ["oddity threshold", shownPath(model), "--data", shownPath(data)]
        if let label = truth.label { words += ["--label", printable(label)] }
        if let labels = truth.labels { words += ["--labels", shownPath(labels)] }
        if let path = truth.labelsFrom, let key = truth.labelsKey {
            words += ["--labels-from", shownPath(path), "--labels-key", printable(key)]
        }
        if let positive = truth.positive { words += ["--positive", printable(positive)] }
        if costs.ofFalseAlarm != 1 { words += ["--cost-false-alarm", short(costs.ofFalseAlarm)] }
        if costs.ofMiss != 1 { words += ["--cost-miss", short(costs.ofMiss)] }
        if detector.decisionRule.thresholdMeasure == .error { words += ["--on", "error"] }
        Console.error(
            better.text(of: kind, command: words.joined(separator: " ") + " --set cost")
        )
    }
}
