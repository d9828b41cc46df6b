package import OddityDetectors
package import OddityEvaluation
internal import OdditySeries

/// The figures of an evaluation of series, as text or JSON.
package struct SeriesEvaluationSummary: Encodable {
    package struct Rule: Encodable {
        package let open, close: Double
        package let quietRows, minimumRows: Int
    }

    /// Precision, recall and F1; null where they would divide by 0.
    package struct Figures: Encodable {
        package let precision, recall, f1: OrNull<Double>

        package init(_ precision: Double?, _ recall: Double?, _ f1: Double?) {
            self.precision = OrNull(precision)
            self.recall = OrNull(recall)
            self.f1 = OrNull(f1)
        }
    }

    package struct Delay: Encodable {
        /// Over the events that were found; null where none was.
        package let medianRows, meanRows: OrNull<Double>
        /// Null without a clock.
        package let medianSeconds, meanSeconds: OrNull<Double>
    }

    /// How the scores rank the rows.
    package struct Ranking: Encodable {
        /// By how many rows that follow a row is ranked too.
        package let delayRows: Int
        /// How their scores become one.
        package let smoothing: SeriesSmoothing
        /// Null where all rows are of one class.
        package let auroc, averagePrecision: OrNull<Double>

        init(_ scores: LabeledScores, delay: Int, smoothing: SeriesSmoothing) throws {
            delayRows = delay
            self.smoothing = smoothing
            let hasBoth = scores.anomalyCount > 0 && scores.normalCount > 0
            auroc = OrNull(hasBoth ? try ROCCurve(scores).area : nil)
            averagePrecision = OrNull(
                hasBoth ? try PrecisionRecallCurve(scores).averagePrecision : nil
            )
        }
    }

    package struct PointAdjusted: Encodable {
        package let f1, f1OfRandomScores, bestF1, bestF1OfRandomScores: Double
        package let warning: String
    }

    package static let pointAdjustedWarning =
        "one flagged row makes a whole event count as found, so random scores do well too: compare "
        + "it with theirs, and choose nothing by it"

    package let rows, unscored, anomalies, events: Int
    /// Of the scored rows.
    package let auroc, averagePrecision: OrNull<Double>
    package let thresholds: [EvaluationSummary.Threshold]
    package let ranking: Ranking
    /// Null where no alarm can be raised.
    package let alarmRule: OrNull<Rule>
    package let alarms, falseAlarms, eventsFound: Int
    /// Null without normal rows.
    package let normalShareUnderAlarm: OrNull<Double>
    package let longestAlarmRows: Int
    package let eventWise: Figures
    package let delay: Delay
    /// Null where all rows are of one class.
    package let rangeBased, affiliation: OrNull<Figures>
    package let vusRoc, vusPr: OrNull<Double>
    package let vusBuffer: Int
    package let pointAdjusted: OrNull<PointAdjusted>
    package let baselines: [BaselineComparison.Result]?
    /// How the normal steps differ from those of the training.
    package let shift: ShiftSummary?
    /// The curves of the scored rows, without points that a chart would not show.
    package let curves: [CurveFigures]
    private let ofRows: EvaluationSummary
    private let states: String

    private enum CodingKeys: CodingKey {
        case rows, unscored, anomalies, events, auroc, averagePrecision, thresholds, ranking,
            alarmRule
        case alarms, falseAlarms, eventsFound, normalShareUnderAlarm, longestAlarmRows
        case eventWise, delay, rangeBased, affiliation, vusRoc
        case vusPr, vusBuffer, pointAdjusted, baselines, shift, curves
    }

    /// - Parameters:
    ///   - ofRows: the figures of the scored rows.
    ///   - ranking: how the scores rank the rows.
    ///   - states: why rows have no score, see ``SeriesStates/text``.
    package init(
        _ judged: JudgedSeries,
        rule: AlarmRule?,
        ofRows: EvaluationSummary,
        ranking: Ranking,
        states: String
    ) {
        self.ofRows = ofRows
        self.states = states
        self.ranking = ranking
        rows = judged.truth.rowCount
        unscored = judged.truth.unscoredRowCount
        anomalies = judged.truth.anomalyCount
        events = judged.truth.events.count
        auroc = ofRows.auroc
        averagePrecision = ofRows.averagePrecision
        thresholds = ofRows.thresholds
        baselines = ofRows.baselines
        shift = ofRows.shift
        curves = ofRows.curves
        alarmRule = OrNull(
            rule.map {
                Rule(
                    open: $0.openThreshold,
                    close: $0.closeThreshold,
                    quietRows: $0.quietRowCount,
                    minimumRows: $0.minimumRowCount
                )
            }
        )
        let detection = judged.detection
        alarms = detection.alarmCount
        falseAlarms = detection.falseAlarmCount
        let normal = judged.labels.count { !$0 }
        let under = judged.alarms.reduce(0) { count, alarm in
            count + alarm.span.rows.count { !judged.labels[$0] }
        }
        normalShareUnderAlarm = OrNull(normal == 0 ? nil : Double(under) / Double(normal))
        longestAlarmRows = judged.alarms.map(\.span.rows.count).max() ?? 0
        eventsFound = detection.foundCount
        eventWise = Figures(detection.precision, detection.recall, detection.f1)
        delay = Delay(
            medianRows: OrNull(detection.delay.medianRows),
            meanRows: OrNull(detection.delay.meanRows),
            medianSeconds: OrNull(detection.delay.medianSeconds),
            meanSeconds: OrNull(detection.delay.meanSeconds)
        )
        let found = judged.evaluation
        rangeBased = OrNull(
            found.map { Figures($0.ranges.precision, $0.ranges.recall, $0.ranges.f1) }
        )
        affiliation = OrNull(
            found.map {
                Figures($0.affiliation.precision, $0.affiliation.recall, $0.affiliation.f1)
            }
        )
        vusRoc = OrNull(found?.volume.roc)
        vusPr = OrNull(found?.volume.precisionRecall)
        vusBuffer = judged.bufferLength
        pointAdjusted = OrNull(
            found.map {
                PointAdjusted(
                    f1: $0.pointAdjusted.atThreshold.value,
                    f1OfRandomScores: $0.pointAdjusted.atThreshold.ofRandomScores,
                    bestF1: $0.pointAdjusted.best.value,
                    bestF1OfRandomScores: $0.pointAdjusted.best.ofRandomScores,
                    warning: SeriesEvaluationSummary.pointAdjustedWarning
                )
            }
        )
    }
}

extension SeriesEvaluationSummary {
    /// The figures for a person.
    package var lines: [String] {
        let head =
            "\(counted(rows, "row"))\(states); \(counted(anomalies, "anomalous row")) in "
            + counted(events, "event")
        return [head] + ofRows.lines + [rankingLine, ""] + eventLines + nearnessLines
            + pointAdjustedLines
    }

    private var rankingLine: String {
        let delay = ranking.delayRows
        let how =
            delay == 0
            ? "by the scores"
            : "by the scores, which look \(counted(delay, "row")) ahead\(ranking.smoothing.text)"
        return "ranked \(how): AUROC \(decimals(ranking.auroc.value, 4))   average precision "
            + decimals(ranking.averagePrecision.value, 4)
    }

    private var eventLines: [String] {
        [
            "alarms: \(ruleText)",
            "events: \(grouped(eventsFound)) of \(grouped(events)) found; \(counted(alarms, "alarm"))"
                + ", \(grouped(falseAlarms)) false\(durationText)",
            "delay to detection: \(delayText)", "",
        ]
    }

    /// How long alarms last: one that never ends is no good alarm, though it touch an event.
    package var durationText: String {
        guard let share = normalShareUnderAlarm.value, longestAlarmRows > 0 else { return "" }
        return "; \(percent(share, 1)) of the normal rows are under alarm, the longest lasts "
            + counted(longestAlarmRows, "row")
    }

    /// When an alarm opens and ends.
    package var ruleText: String {
        guard let rule = alarmRule.value else { return "none can be raised" }
        let least = rule.minimumRows > 1 ? "; shorter than \(rule.minimumRows) rows is none" : ""
        return "open at \(decimals(rule.open, 2)), end after "
            + "\(counted(rule.quietRows, "row")) below \(decimals(rule.close, 2))\(least)"
    }

    /// How long it took to find the events that were found.
    package var delayText: String {
        guard let median = delay.medianRows.value, let mean = delay.meanRows.value else {
            return "no event was found"
        }
        func text(_ rows: Double, _ seconds: Double?) -> String {
            let count = decimals(rows, rows == rows.rounded() ? 0 : 1)
            let duration = seconds.map {
                " (\($0 == 0 ? "0 s" : SeriesClock.text(ofDuration: Int64(min($0, 9e9) * 1e9))))"
            }
            return count + (rows == 1 ? " row" : " rows") + (duration ?? "")
        }
        return "median \(text(median, delay.medianSeconds.value)), mean "
            + text(mean, delay.meanSeconds.value)
    }

    private var nearnessLines: [String] {
        func line(_ name: String, _ figures: Figures?) -> [String] {
            [
                name, percent(figures?.precision.value), percent(figures?.recall.value),
                decimals(figures?.f1.value, 3),
            ]
        }
        let header = ["", "precision", "recall", "F1"]
        let table = [
            header, line("events", eventWise), line("range-based", rangeBased.value),
            line("affiliation", affiliation.value),
        ]
        return aligned(table, rightAligned: [1, 2, 3]) + [
            "",
            "VUS-ROC \(decimals(vusRoc.value, 4))   VUS-PR \(decimals(vusPr.value, 4))   (buffer "
                + "\(counted(vusBuffer, "row")), the window)",
        ]
    }

    private var pointAdjustedLines: [String] {
        guard let figure = pointAdjusted.value else { return [] }
        return [
            "point-adjusted F1 \(decimals(figure.f1, 3)), of random scores "
                + "\(decimals(figure.f1OfRandomScores, 3)); best \(decimals(figure.bestF1, 3)), of "
                + "random scores \(decimals(figure.bestF1OfRandomScores, 3))",
            "  misleading: \(SeriesEvaluationSummary.pointAdjustedWarning)",
        ]
    }
}

extension SeriesSmoothing {
    /// What is said of it beside how far it looks ahead; nothing of the usual one.
    fileprivate var text: String {
        switch self {
        case .weighted: ""
        case .mean: ", by the mean of them"
        case .median: ", by the median of them"
        case .last: ", by the last of them"
        }
    }
}
