internal import ArgumentParser
internal import OddityDetectors

/// By how many of the rows that follow a row of a series is ranked, on the command line.
struct SmoothingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Rank a row of a series by so many rows that follow too; p-values and verdicts are about the row as it came (default: twice the window, at most 64; 0: none).",
            valueName: "rows"
        )
    )
    var delay: Int?

    func validate() throws {
        guard (0...10_000).contains(delay ?? 0) else {
            throw ValidationError("--delay takes a count from 0 to 10000")
        }
    }

    /// How many rows a row waits for.
    func delay(for detector: FittedSeriesDetector) -> Int { delay ?? detector.smoothingDelay }
}
