internal import OddityFiles
internal import OddityModelSelection
package import OddityReports

extension TuneSummary {
    /// The search as a page.
    package func report(source: String) -> SearchReport {
        var facts = [
            ModelCardSection(
                title: "Settings",
                entries: [
                    .init(name: "trial", value: "\(best.number)"),
                    .init(name: "settings", value: best.settings),
                ]
            )
        ]
        if let test {
            facts.append(
                ModelCardSection(
                    title: "On the test rows, looked at once",
                    entries: [
                        .init(
                            name: "rows",
                            value:
                                "\(grouped(test.rows)), \(counted(test.anomalies, "anomaly", "anomalies"))"
                        ),
                        .init(name: "AUROC", value: decimals(test.auroc, 4)),
                        .init(name: "average precision", value: decimals(test.averagePrecision, 4)),
                        .init(name: "detection rate", value: percent(test.recall.value)),
                        .init(
                            name: "false-alarm rate",
                            value: percent(test.falseAlarmRate.value, 2)
                        ),
                    ]
                )
            )
        }
        return SearchReport(
            title: "Search on \(source)",
            subtitle: "\(counted(trials.count, "trial")), chosen by \(objective)",
            meritName: objective,
            isLowerBetter: result.objective.isLowerBetter,
            trials: result.trials.map { trial in
                SearchReport.Trial(
                    number: trial.number,
                    settings: trial.settings,
                    latentSize: trial.latentSize,
                    results: trial.results.map {
                        SearchReport.Result(
                            share: $0.share,
                            heldOutLoss: $0.heldOutLoss,
                            merit: result.objective.figure(of: $0) ?? .nan
                        )
                    },
                    isChosen: trial.number == best.number
                )
            },
            facts: facts
        )
    }
}
