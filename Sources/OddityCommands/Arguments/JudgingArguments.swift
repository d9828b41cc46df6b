internal import ArgumentParser
internal import OddityModelSelection

/// The labelled rows of `oddity tune`, and what they are used for.
struct JudgingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Labelled rows to choose by; --label names their column of answers. Without --test a part of them is set aside.",
            valueName: "file"
        )
    )
    var validation: String?

    @Option(help: ArgumentHelp("The label that means an anomaly.", valueName: "value"))
    var positive: String?

    @Option(
        help: ArgumentHelp(
            "Labelled rows to judge the chosen detector on, once.",
            valueName: "file"
        )
    )
    var test: String?

    @Option(
        help: ArgumentHelp(
            "The share of the validation rows to set aside for that test (default: 0.5).",
            valueName: "share"
        )
    )
    var testShare: Double?

    @Option(
        help: ArgumentHelp(
            "What makes a trial better: separation (held-out rows are told from the same rows with values planted from other rows), or with labels auroc, ap or cost (default: separation without labels, auroc with them).",
            valueName: "name"
        )
    )
    var objective: ObjectiveName?

    @Option(help: ArgumentHelp("Cost: what a false alarm costs (default: 1).", valueName: "cost"))
    var costFalseAlarm: Double?

    @Option(help: ArgumentHelp("Cost: what a miss costs (default: 1).", valueName: "cost"))
    var costMiss: Double?

    func validate() throws {
        let objective = try chosenObjective()
        guard validation != nil || !objective.needsLabels else {
            throw ValidationError(
                "--objective \(self.objective?.rawValue ?? "") needs labelled rows: give --validation and --label"
            )
        }
        let needsFile: [(String, Bool)] = [
            ("--test", test != nil), ("--test-share", testShare != nil),
        ]
        for (option, isGiven) in needsFile where isGiven && validation == nil {
            throw ValidationError("\(option) goes with --validation")
        }
        guard test == nil || testShare == nil else {
            throw ValidationError("--test-share sets rows aside where there is no --test")
        }
        guard testShare.map({ $0 > 0 && $0 < 1 }) ?? true else {
            throw ValidationError("--test-share takes a share above 0 and below 1")
        }
        guard [costFalseAlarm, costMiss].allSatisfy({ $0.map { $0 > 0 && $0.isFinite } ?? true })
        else { throw ValidationError("costs are numbers above 0") }
    }

    func chosenObjective() throws -> SearchObjective {
        if costFalseAlarm != nil || costMiss != nil, objective != .cost {
            throw ValidationError("costs belong to --objective cost")
        }
        return switch objective ?? (validation == nil ? .separation : .auroc) {
        case .separation: .separation
        case .auroc: .auroc
        case .ap: .averagePrecision
        case .cost: .leastCost(costFalseAlarm: costFalseAlarm ?? 1, costMiss: costMiss ?? 1)
        }
    }
}

/// What makes a trial better, as it is written on the command line.
enum ObjectiveName: String, CaseIterable, ExpressibleByArgument {
    case separation, auroc, ap, cost
}
