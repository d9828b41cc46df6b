internal import ArgumentParser
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityRecords

/// How a threshold is chosen, on the command line.
struct RuleArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Put the threshold of this rule into the model; oddity help threshold has all rules.",
            valueName: "rule"
        )
    )
    var set: String?

    @Option(
        help: "What thresholds are on: score or error, the reconstruction error (default: score)."
    )
    var on: ThresholdMeasure?

    @OptionGroup var costs: CostArguments

    @Option(
        help: ArgumentHelp(
            "The share of anomalies in use, for the cost (default: that of the labelled rows).",
            valueName: "share"
        )
    )
    var prevalence: Double?

    @Option(
        help: ArgumentHelp(
            "How many rows a day has, for alerts-per-day: a number, or the column of the labelled rows that has their times (default: what a model of series with times knows).",
            valueName: "count"
        )
    )
    var rowsPerDay: String?

    /// The number of rows of a day; nil where it was not given as one.
    var rowCountPerDay: Double? { rowsPerDay.flatMap(Double.init) }
    /// The column of times that tells it.
    var timeColumn: String? { rowCountPerDay == nil ? rowsPerDay : nil }

    func validate() throws {
        if let prevalence, !(prevalence > 0 && prevalence < 1) {
            throw ValidationError("--prevalence takes a share between 0 and 1")
        }
        if let count = rowCountPerDay, !(count > 0 && count.isFinite) {
            throw ValidationError("--rows-per-day takes a number above 0")
        }
    }

    /// What least cost means.
    var cost: ThresholdCriterion { costs.criterion(prevalence: prevalence) }

    /// The option that says what mistakes cost, where one was given.
    var firstGivenCost: String? {
        firstGiven(of: "--cost-false-alarm", "--cost-miss", "--prevalence")
    }

    /// The rule that was asked for.
    ///
    /// - Parameter source: the option that gives labelled rows; nil where it was given.
    func chosen(lacking source: String?) throws -> ChosenThreshold? {
        if let source, let timeColumn {
            throw ValidationError(
                "--rows-per-day \(timeColumn) is a column of labelled rows; give them with \(source), or a number"
            )
        }
        guard let set else { return nil }
        guard let chosen = ChosenThreshold(set, cost: cost) else {
            throw ValidationError("\"\(set)\" is no rule; there are \(ChosenThreshold.names)")
        }
        if let source, chosen.needsLabels {
            throw ValidationError("\(set) needs labelled rows; give them with \(source)")
        }
        if case .fixed = chosen, on != nil {
            throw ValidationError("--on is for rules; \(set) names what it is on")
        }
        return chosen
    }

    /// The decision of a rule.
    func decision(
        of detector: some FittedDetector,
        by chosen: ChosenThreshold,
        on data: LabeledData?
    ) throws -> Decision {
        try detector.decision(
            by: chosen,
            of: on ?? .score,
            on: data,
            rowsPerDay: rowCountPerDay ?? data?.rowsPerDay
        )
    }
}
