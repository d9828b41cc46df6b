internal import ArgumentParser

/// The labelled data that a threshold is chosen on once a model is fitted, on the command line.
struct ValidationArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Labelled rows, steps or images to choose the threshold on, as oddity evaluate takes them; --label names their column of answers, which TRAIN may lack (default rule: youden).",
            valueName: "labelled"
        )
    )
    var validation: String?

    @Option(
        help: ArgumentHelp(
            "For an array of a series with --validation: an array of as many numbers, 1 for an anomalous row and 0 for a normal one.",
            valueName: "file"
        )
    )
    var labels: String?

    func validate() throws {
        if labels != nil, validation == nil {
            throw ValidationError("--labels goes with --validation")
        }
        guard validation != "-" else {
            throw ValidationError("--validation is read twice; save it to a file")
        }
    }

    /// The files that are read.
    var files: [String] { [validation, labels].compactMap { $0 } }
}
