internal import ArgumentParser
internal import OddityDetectors
internal import OddityRecords

/// How verdicts follow series that move on, on the command line.
struct AdaptationArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How quickly verdicts follow a series that moves away from the training: fast (an alarm of 600 rows is a new level), slow (of 2,400) or off (default: fast).",
            valueName: "pace"
        )
    )
    var adapt: SeriesAdaptation?

    /// What is done.
    var adaptation: SeriesAdaptation { adapt ?? .fast }

    /// Refuses it for what is no series.
    func check(hasSeries: Bool, _ data: String) throws {
        guard !hasSeries, let option = firstGiven else { return }
        throw ValidationError(
            "\(option) is for models of series, and \(shownPath(data)) holds none"
        )
    }
}
