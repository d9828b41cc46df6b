internal import ArgumentParser
internal import OddityLinearAlgebra

/// How many threads a command uses.
struct ThreadArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Threads; the result does not depend on it (default: all cores).",
            valueName: "count"
        )
    )
    var threads: Int?

    func validate() throws {
        guard let threads, threads < 1 else { return }
        throw ValidationError("--threads takes a count of at least 1")
    }

    var count: Int { threads ?? Parallel.availableThreadCount }
}
