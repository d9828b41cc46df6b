internal import ArgumentParser
internal import OddityDetectors

/// When alarms open and close, on the command line.
struct AlarmArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "So many rows that are not odd close an alarm (default: a quarter of what the model looks back).",
            valueName: "count"
        )
    )
    var quietRows: Int?

    @Option(
        help: ArgumentHelp(
            "Alarms of fewer rows are no alarms (default: 1).",
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

    /// The first option that was given, for data without alarms.
    var firstGiven: String? {
        quietRows != nil ? "--quiet-rows" : minimumRows != nil ? "--minimum-rows" : nil
    }

    func apply(to settings: inout AlarmSettings) {
        if let quietRows { settings.quietRowCount = quietRows }
        if let minimumRows { settings.minimumRowCount = minimumRows }
    }
}
