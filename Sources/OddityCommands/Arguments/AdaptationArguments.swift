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
}
