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

    @Option(
        help:
            "How the scores of a row and of the rows that follow become one: weighted (the default: a mean in which nearer rows weigh more), mean, median or last. With a delay of a window less one row they are those of all windows that cover the row."
    )
    var smoothing: SeriesSmoothing?

    func validate() throws {
        guard (0...10_000).contains(delay ?? 0) else {
            throw ValidationError("--delay takes a count from 0 to 10000")
        }
        guard delay != 0 || smoothing == nil else {
            throw ValidationError("--smoothing needs rows that follow: --delay of at least 1")
        }
    }

    /// How many rows a row waits for.
    func delay(for detector: FittedSeriesDetector) -> Int { delay ?? detector.smoothingDelay }

    /// How scores become one.
    var method: SeriesSmoothing { smoothing ?? .weighted }
}
