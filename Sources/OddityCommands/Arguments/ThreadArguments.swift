internal import ArgumentParser
internal import OddityLinearAlgebra
internal import OddityRecords

/// How many threads a command uses.
struct ThreadArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Threads; the result does not depend on it (default: all cores).",
            valueName: "count"
        )
    )
    var threads: Int?

    /// More threads than any machine has cores.
    private static let limit = 4_096

    func validate() throws {
        guard let threads, !(1...ThreadArguments.limit ~= threads) else { return }
        throw ValidationError("--threads takes a count from 1 to \(grouped(ThreadArguments.limit))")
    }

    var count: Int { threads ?? Parallel.availableThreadCount }
}
