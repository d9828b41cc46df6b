internal import ArgumentParser
internal import OddityDetectors

/// When alarms open and close, on the command line.
struct AlarmArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Close an alarm after this many normal rows (default: a quarter of what the model looks back).",
            valueName: "count"
        )
    )
    var quietRows: Int?

    @Option(
        help: ArgumentHelp(
            "Raise no alarm for fewer rows (default: 1).",
            valueName: "count"
        )
    )
    var minimumRows: Int?

    func validate() throws {
        for (name, count) in [("--quiet-rows", quietRows), ("--minimum-rows", minimumRows)] {
            guard let count, count < 1 else { continue }
            throw ValidationError("\(name) takes a count of at least 1")
        }
    }

    func apply(to settings: inout AlarmSettings) {
        if let quietRows { settings.quietRowCount = quietRows }
        if let minimumRows { settings.minimumRowCount = minimumRows }
    }
}
