internal import OddityDatasets
package import OddityEvaluation
package import OddityReports
internal import OdditySeries

extension SeriesSection {
    /// What a report shows of series.
    package init(
        _ judged: JudgedSeries,
        _ rows: EvaluatedSeries,
        _ summary: SeriesEvaluationSummary,
        _ rule: AlarmRule?
    ) {
        let images = SeriesCharts(judged, rows, rule: rule)
        self.init(
            lead: "The alarms find \(grouped(summary.eventsFound)) of "
                + "\(counted(summary.events, "event")); \(grouped(summary.falseAlarms)) of "
                + "\(counted(summary.alarms, "alarm")) \(summary.falseAlarms == 1 ? "is" : "are") "
                + "false\(summary.durationText). Delay to detection: \(summary.delayText). Alarms \(summary.ruleText).",
            charts: images.charts,
            notes: SeriesSection.notes(images),
            figures: summary.pageFigures
        )
        let shown = SeriesSection.shownAlarms(judged)
        alarms = SeriesSection.alarms(shown, judged, images)
        closeUps = zip(shown, alarms).prefix(SeriesCharts.closeUpLimit).compactMap { event, alarm in
            images.closeUp(of: event, title: alarm.title)
        }
    }

    private static func notes(_ images: SeriesCharts) -> [String] {
        var notes = [
            "The band is what was expected, give or take 2.58 held-out deviations: about 99 % of "
                + "normal rows fall into it. It is of one column and one row, while rows are judged "
                + "by all columns together and by their averages over time, so that an alarm need "
                + "not leave a band."
        ]
        if images.shown.count < images.ranges.count {
            notes.append(
                "Drawn are the \(images.shown.count) series of \(grouped(images.ranges.count)) "
                    + "whose alarms are the most severe; the figures are of all."
            )
        }
        let hidden = images.hiddenColumns
        if !hidden.isEmpty {
            let more = hidden.count > 20 ? ", and \(grouped(hidden.count - 20)) more" : ""
            notes.append(
                "Not drawn, for they have the least part in the alarms or hold no numbers: "
                    + hidden.prefix(20).joined(separator: ", ") + more + "."
            )
        }
        return notes
    }

    /// The alarms in order; where there are more than a page draws, those with the highest peaks first.
    private static func shownAlarms(_ judged: JudgedSeries) -> [AlarmEvent] {
        guard judged.alarms.count > SeriesCharts.closeUpLimit else { return judged.alarms }
        return judged.alarms.sorted {
            ($0.peakScore, $1.firstRow) > ($1.peakScore, $0.firstRow)
        }
    }

    private static func alarms(
        _ alarms: [AlarmEvent],
        _ judged: JudgedSeries,
        _ images: SeriesCharts
    ) -> [Alarm] {
        // What is beyond the limit is only counted.
        return alarms.enumerated().map { index, alarm in
            let rows = alarm.span.rows
            let columns =
                index < EvaluationReport.rowLimit
                ? images.shares(in: rows).prefix(3).filter { $0.share >= 0.005 }
                    .map { "\(images.rows.columns[$0.column]) \(percent($0.share, 0))" } : []
            return Alarm(
                entity: images.entity(at: alarm.firstRow),
                start: judged.placeText(alarm.firstRow),
                end: judged.placeText(alarm.lastRow),
                rowCount: alarm.rowCount,
                peakScore: alarm.peakScore,
                columns: columns.joined(separator: ", "),
                isTrue: judged.labels[rows].contains(true)
            )
        }
    }
}

extension SeriesSection.Alarm {
    /// What the alarm is, in one line.
    fileprivate var title: String {
        (entity.map { "\($0): " } ?? "") + "\(start) to \(end), \(counted(rowCount, "row")), peak "
            + "\(decimals(peakScore, 2)): \(isTrue ? "an event" : "false alarm")"
    }
}

extension JudgedSeries {
    /// The time of a row in UTC, or its number in the file.
    fileprivate func placeText(_ place: Int) -> String {
        guard let seconds = instants?[place] else { return "row \(order[place] + 1)" }
        let milliseconds = Int64((seconds * 1_000).rounded())
        let text = "\(Instant(nanoseconds: milliseconds * 1_000_000))"
        return text.replacing("T", with: " ").replacing("Z", with: "")
    }
}

extension SeriesEvaluationSummary {
    /// The figures of events for a page.
    fileprivate var pageFigures: [SeriesSection.Figure] {
        func three(_ name: String, _ figures: Figures?, _ note: String) -> SeriesSection.Figure {
            let value =
                "\(percent(figures?.precision.value)) / \(percent(figures?.recall.value)) / "
                + decimals(figures?.f1.value, 3)
            return SeriesSection.Figure(
                name: name + ": precision / recall / F1",
                value: value,
                note: note
            )
        }
        var figures = [
            three("events", eventWise, "alarms that touch an event, events that an alarm touches"),
            three(
                "range-based",
                rangeBased.value,
                "how much of each alarm and event is covered (Tatbul et al. 2018)"
            ),
            three(
                "affiliation",
                affiliation.value,
                "how near alarms and events are; random alarms get about 50 % (Huet et al. 2022)"
            ),
            SeriesSection.Figure(
                name: "VUS-ROC / VUS-PR",
                value: "\(decimals(vusRoc.value, 3)) / \(decimals(vusPr.value, 3))",
                note: "areas without a threshold, with room for \(counted(vusBuffer, "row")) (the "
                    + "window) about events (Paparrizos et al. 2022)"
            ),
        ]
        if let figure = pointAdjusted.value {
            figures.append(
                SeriesSection.Figure(
                    name: "point-adjusted F1 / that of random scores",
                    value: "\(decimals(figure.f1, 3)) / \(decimals(figure.f1OfRandomScores, 3))",
                    note: "misleading: " + figure.warning
                )
            )
        }
        return figures
    }
}
