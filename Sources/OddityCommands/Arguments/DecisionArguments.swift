internal import ArgumentParser
internal import OddityDetectors

/// When a row is called an anomaly, on the command line.
struct DecisionArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when its p-value is at most this (default: the model's own, 0.01 unless fit was told otherwise).",
            valueName: "rate"
        ),
        transform: parsedRate
    )
    var falseAlarmRate: Double?

    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when its score is at least this.",
            valueName: "score"
        )
    )
    var threshold: Double?

    @Option(
        help: ArgumentHelp(
            "Call a row an anomaly when its reconstruction error is at least this.",
            valueName: "error"
        )
    )
    var errorThreshold: Double?

    func validate() throws {
        try checkRate(falseAlarmRate)
        let given = [falseAlarmRate, threshold, errorThreshold].compactMap { $0 }
        guard given.count <= 1 else {
            throw ValidationError(
                "give one of --false-alarm-rate, --threshold and --error-threshold"
            )
        }
        guard given.allSatisfy(\.isFinite) else {
            throw ValidationError("a threshold is a finite number")
        }
    }

    func apply(to rule: inout DecisionRule) {
        if let falseAlarmRate { rule = .falseAlarmRate(falseAlarmRate) }
        if let threshold { rule = .score(threshold) }
        if let errorThreshold { rule = .error(errorThreshold) }
    }
}
