internal import ArgumentParser
internal import OddityDatasets

/// What the labels of training rows mean, on the command line.
struct LabelArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The label that means an anomaly; rows with it are not learned from.",
            valueName: "value"
        )
    )
    var positive: String?

    @Option(
        help: ArgumentHelp(
            "The label that means a normal row; rows with another are not learned from.",
            valueName: "value"
        )
    )
    var normal: String?

    func validate() throws {
        guard positive == nil || normal == nil else {
            throw ValidationError("give one of --positive and --normal")
        }
    }
}
