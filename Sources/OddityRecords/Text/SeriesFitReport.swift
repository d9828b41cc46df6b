package import OddityDetectors
internal import OddityNeuralNetworks

/// What a fit to series tells a person.
package enum SeriesFitReport {
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
