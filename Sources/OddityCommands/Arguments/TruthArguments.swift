internal import ArgumentParser
internal import OddityDatabases
internal import OddityEvaluation
internal import OddityRecords

/// Where the truth about rows, steps or images is found.
struct TruthArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The column of labels, for rows.", valueName: "column"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            "For an array of a series: an array of as many numbers, 1 for an anomalous row and 0 for a normal one.",
            valueName: "file"
        )
    )
    var labels: String?

    @Option(
        help: ArgumentHelp(
            "The file that has the column of --label, where the data have not; with --labels-key.",
            valueName: "file"
        )
    )
    var labelsFrom: String?

    @Option(
        help: ArgumentHelp(
            "The column that the data and --labels-from share, by which a row's label is found.",
            valueName: "column"
        )
    )
    var labelsKey: String?

    @Option(help: ArgumentHelp("The label that means an anomaly.", valueName: "value"))
    var positive: String?

    func validate() throws {
        guard (labelsFrom == nil) == (labelsKey == nil) else {
            throw ValidationError(
                labelsKey == nil
                    ? "--labels-from needs --labels-key, the column that both files share"
                    : "--labels-key needs --labels-from, the file of the labels"
            )
        }
        if labelsFrom != nil, label == nil {
            throw ValidationError("--labels-from needs --label, its column of labels")
        }
    }

    /// The files that labels are read from.
    var files: [String] { [labels, labelsFrom].compactMap { $0 } }

    /// The labels of rows, of which none is read yet.
    func labels(column: String) throws -> Labels {
        let source: LabelFile? =
            if let labelsFrom, let labelsKey {
                try LabelFile(
                    path: labelsFrom,
                    key: labelsKey,
                    label: column,
                    databases: .sqlite
                )
            } else {
                nil
            }
        return Labels(column: column, positive: positive, from: source)
    }
}

/// What wrong verdicts cost.
struct CostArguments: ParsableArguments {
    @Option(help: ArgumentHelp("What a false alarm costs (default: 1).", valueName: "cost"))
    var costFalseAlarm: Double?

    @Option(help: ArgumentHelp("What a missed anomaly costs (default: 1).", valueName: "cost"))
    var costMiss: Double?

    /// What a false alarm costs.
    var ofFalseAlarm: Double { costFalseAlarm ?? 1 }
    /// What a missed anomaly costs.
    var ofMiss: Double { costMiss ?? 1 }

    func validate() throws {
        guard [ofFalseAlarm, ofMiss].allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw ValidationError("costs are numbers above 0")
        }
    }

    /// The least cost as a criterion, for a share of anomalies or that of the data.
    func criterion(prevalence: Double?) -> ThresholdCriterion {
        .leastCost(costFalseAlarm: ofFalseAlarm, costMiss: ofMiss, prevalence: prevalence)
    }
}
