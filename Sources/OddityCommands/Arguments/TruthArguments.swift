internal import ArgumentParser
internal import OddityEvaluation

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

    @Option(help: ArgumentHelp("The label that means an anomaly.", valueName: "value"))
    var positive: String?
}

/// What wrong verdicts cost.
struct CostArguments: ParsableArguments {
    @Option(help: ArgumentHelp("What a false alarm costs.", valueName: "cost"))
    var costFalseAlarm = 1.0

    @Option(help: ArgumentHelp("What a missed anomaly costs.", valueName: "cost"))
    var costMiss = 1.0

    func validate() throws {
        guard costFalseAlarm > 0, costMiss > 0, costFalseAlarm.isFinite, costMiss.isFinite else {
            throw ValidationError("costs are numbers above 0")
        }
    }

    /// The least cost as a criterion, for a share of anomalies or that of the data.
    func criterion(prevalence: Double?) -> ThresholdCriterion {
        .leastCost(costFalseAlarm: costFalseAlarm, costMiss: costMiss, prevalence: prevalence)
    }
}
