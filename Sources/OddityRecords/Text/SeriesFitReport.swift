package import OddityDetectors
internal import OddityNeuralNetworks
internal import OdditySeries

/// What a fit to series tells a person.
package enum SeriesFitReport {
    /// Which columns are not judged as they are, and what instead.
    package static func removed(_ detector: FittedSeriesDetector) -> [String] {
        [season(detector), trend(detector)].compactMap(\.self)
    }

    private static func season(_ detector: FittedSeriesDetector) -> String? {
        guard let season = detector.season else { return nil }
        let isOne = season.columns.count == 1
        return FitReport.line(
            "season",
            "\(FitReport.listed(season.columns)) \(isOne ? "repeats" : "repeat") every \(season.unit), so "
                + "\(isOne ? "its" : "their") distance from what is usual at the time of the \(season.unit) is judged; "
                + "--season keep judges \(isOne ? "it as it is" : "them as they are")"
        )
    }

    private static func trend(_ detector: FittedSeriesDetector) -> String? {
        let names = detector.trendColumns
        guard !names.isEmpty else { return nil }
        let (moves, its) = names.count == 1 ? ("moves", "its") : ("move", "their")
        let judged =
            "\(its) distance from the average of the last \(detector.window.steps) steps is judged"
        let line =
            detector.configuration.trend == .remove
            ? "removed from \(FitReport.listed(names)), as asked for: \(judged)"
            : "\(FitReport.listed(names)) \(moves) on all through the training, so \(judged); --trend keep judges \(its) level"
        return FitReport.line("trend", line)
    }

    /// What was learned.
    package static func learned(_ detector: FittedSeriesDetector) -> [String] {
        var lines = [
            FitReport.line("series", detector.seriesText),
            FitReport.line("window", detector.windowText),
            FitReport.line(
                "network",
                "\(detector.networkText), \(counted(detector.memberCount, "member")), "
                    + "\(counted(detector.parameterCount, "parameter")) each"
            ),
        ]
        lines += removed(detector)
        for (member, history) in detector.histories.enumerated() {
            guard let last = history.kept, let end = history.epochs.last else { continue }
            lines.append(
                FitReport.line(
                    "member \(member + 1)",
                    "\(counted(end.epoch, "epoch")), loss \(decimals(last.trainingLoss, 5)), held-out "
                        + decimals(last.validationLoss, 5)
                )
            )
        }
        lines.append(
            FitReport.line(
                "calibration",
                "\(detector.calibrationText) in "
                    + "\(counted(detector.memberCount, "block")); anomaly when \(detector.decisionRule)"
            )
        )
        if let asked = detector.configuration.alarmsPerDay, let least = detector.leastAlarmsPerDay {
            lines.append(
                FitReport.line(
                    "alarms",
                    "at most \(short(asked)) a day on normal steps"
                        + (asked < least
                            ? "; the held-out steps can promise no fewer than \(short(least)) a day"
                            : "")
                )
            )
        }
        if let warning = detector.unreachableRate {
            lines.append(
                FitReport.line(
                    "warning",
                    "\(warning.text). \(warning.remedy("held-out steps"))"
                )
            )
        }
        return lines
    }
}
