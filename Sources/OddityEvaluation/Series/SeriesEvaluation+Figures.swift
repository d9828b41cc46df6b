extension SeriesEvaluation {
    /// A figure with its name.
    public struct Figure: Equatable, Sendable {
        /// What it is, in plain words.
        public let name: String
        /// The number; `nil` where it is undefined, as a precision without an alarm.
        public let value: Double?
    }

    /// All figures in the order in which they are best read.
    ///
    /// Delays in seconds are there if instants were given. The point-adjusted F1 stands beside that
    /// of random scores.
    public var figures: [Figure] {
        var figures = [
            Figure(name: "rows", value: Double(rowCount)),
            Figure(name: "rows without a score", value: Double(unscoredRowCount)),
            Figure(name: "anomalous rows", value: Double(anomalyCount)),
            Figure(name: "events", value: Double(detection.eventCount)),
            Figure(name: "events found", value: Double(detection.foundCount)),
            Figure(name: "alarms", value: Double(detection.alarmCount)),
            Figure(name: "false alarms", value: Double(detection.falseAlarmCount)),
            Figure(name: "event precision", value: detection.precision),
            Figure(name: "event recall", value: detection.recall),
            Figure(name: "event F1", value: detection.f1),
            Figure(name: "median delay in rows", value: detection.delay.medianRows),
            Figure(name: "mean delay in rows", value: detection.delay.meanRows),
        ]
        if detection.delay.seconds != nil {
            figures += [
                Figure(name: "median delay in seconds", value: detection.delay.medianSeconds),
                Figure(name: "mean delay in seconds", value: detection.delay.meanSeconds),
            ]
        }
        let best = pointAdjusted.best
        let atThreshold = pointAdjusted.atThreshold
        figures += [
            Figure(name: "range-based precision", value: ranges.precision),
            Figure(name: "range-based recall", value: ranges.recall),
            Figure(name: "range-based F1", value: ranges.f1),
            Figure(name: "affiliation precision", value: affiliation.precision),
            Figure(name: "affiliation recall", value: affiliation.recall),
            Figure(name: "affiliation F1", value: affiliation.f1),
            Figure(name: "VUS-ROC", value: volume.roc),
            Figure(name: "VUS-PR", value: volume.precisionRecall),
            Figure(name: "point-adjusted F1", value: atThreshold.value),
            Figure(name: "point-adjusted F1 of random scores", value: atThreshold.ofRandomScores),
            Figure(name: "best point-adjusted F1", value: best.value),
            Figure(name: "best point-adjusted F1 of random scores", value: best.ofRandomScores),
        ]
        return figures
    }
}
