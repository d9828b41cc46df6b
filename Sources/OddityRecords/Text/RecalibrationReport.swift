package import OddityDetectors
internal import OddityFailures

/// What `oddity recalibrate` tells a person of what changed.
package struct RecalibrationReport {
    /// One fact a line.
    package let lines: [String]

    /// - Parameters:
    ///   - data: the newer data, as the fit scores them.
    ///   - before: the model as it was.
    ///   - after: the model that measures against the newer data.
    ///   - mix: what became of held-out rows that were weighed; nil where the newer data take their place.
    package init<Detector: FittedDetector>(
        _ data: ScoredData,
        before: Detector,
        after: Detector,
        mix: MixSummary? = nil
    ) {
        let normal = data.normalScores
        let unit = after.heldOut.unit.rawValue
        let leftOut = data.scores.count - normal.count
        let flagged = normal.count { before.isAnomaly(before.recalibrated($0)) }
        var lines = [
            FitReport.line(
                "newer",
                "\(counted(normal.count, unit)) of \(printable(data.source))"
                    + (leftOut > 0 ? "; \(grouped(leftOut)) labelled as anomalies left out" : "")
            ),
            FitReport.line(
                "before",
                "\(percent(Double(flagged) / Double(max(normal.count, 1)), 2)) of them called anomalies "
                    + "(\(before.decisionRule))"
            ),
        ]
        if let mix {
            let rows = counted(after.trainingHeldOut.count, "held-out \(unit)")
            lines.append(
                FitReport.line(
                    "weights",
                    "\(decimals(mix.least, 2)) to \(decimals(mix.largest, 2)); \(rows) know as much as "
                        + "\(grouped(Int(mix.effectiveCount))) of equal weight, and \(grouped(mix.count)) are measured against"
                )
            )
            let now = normal.count { after.isAnomaly(after.recalibrated($0)) }
            lines.append(
                FitReport.line(
                    "now",
                    "\(percent(Double(now) / Double(max(normal.count, 1)), 2)) of them (\(after.decisionRule))"
                )
            )
        } else if let share = after.heldOutShare(flaggedBy: after.decisionRule) {
            lines.append(
                FitReport.line("now", "\(percent(share, 2)) of them (\(after.decisionRule))")
            )
        }
        if case .score = after.decisionRule {
            lines.append(
                FitReport.line(
                    "threshold",
                    "\(after.decisionText) was chosen on the scores before; choose it anew with oddity threshold"
                )
            )
        }
        self.lines = lines
    }
}
