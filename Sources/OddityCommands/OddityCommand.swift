public import ArgumentParser
internal import OddityFailures
internal import OddityPlatform

/// The `oddity` command.
public struct OddityCommand: ParsableCommand {
    /// The version that `oddity --version` prints and models record.
    public static let version = "0.1.0"

    /// Name, help text and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "oddity",
        abstract: "Find what is not normal: train an autoencoder on normal rows, score new ones.",
        discussion: """
            The odd rows of one file take one command:

              oddity find data.csv

            A detector for rows to come takes three:

              oddity inspect train.csv
              oddity fit train.csv --output model.safetensors
              oddity score model.safetensors new.csv --output scores.csv

            TRAIN has normal rows only and no labels. Every new row gets a score (higher is \
            odder), a p-value (the share of normal rows that look at least as odd), a verdict, \
            and the columns that made it odd.

            Exit codes: 0 success, 64 wrong usage, 65 data that cannot be used, 74 a file that \
            cannot be read or written.
            """,
        version: version,
        subcommands: [
            FindCommand.self, FitCommand.self, TuneCommand.self, ScoreCommand.self,
            WatchCommand.self,
            EvaluateCommand.self, ThresholdCommand.self, RecalibrateCommand.self,
            InspectCommand.self,
            VerifyCommand.self, ImportCommand.self, ExportCommand.self, DemoCommand.self,
        ]
    )

    /// Makes the command.
    public init() {}

    /// Runs the command with the arguments of the process, and ends it.
    public static func start() {
        // A reader that goes away, and a file that may grow no more, are errors to report, not signals to die of.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        if CommandLine.arguments.count > 1, let meant = meant(by: CommandLine.arguments[1]) {
            exit(
                withError: ValidationError(
                    "there is no command \"\(CommandLine.arguments[1])\"; did you mean oddity \(meant)?"
                )
            )
        }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(by: error)
        }
    }

    /// Ends the program as the parser would, but for control characters in the arguments that it repeats.
    private static func end(by error: any Error) -> Never {
        let arguments = CommandLine.arguments.dropFirst().flatMap { argument in
            [argument] + argument.split(separator: "=", maxSplits: 1).map(String.init)
        }
        let raw = arguments.filter { printable($0, limit: .max) != $0 }
            .sorted { $0.utf8.count > $1.utf8.count }
        let code = exitCode(for: error)
        let message = raw.reduce(fullMessage(for: error)) {
            $0.replacing($1, with: printable($1, limit: .max))
        }
        if !message.isEmpty {
            let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
            if code.isSuccess { try? Console.print(lines) } else { lines.forEach(Console.error) }
        }
        exit(withError: code)
    }

    /// The command that somebody means who knows other tools.
    private static func meant(by word: String) -> String? {
        let words = [
            "fit": ["train", "learn", "build"],
            "score": ["predict", "detect", "apply", "infer", "run"],
            "evaluate": ["eval", "test", "judge"],
            "inspect": ["info", "describe", "show", "summary"],
            "tune": ["optimize", "search"], "verify": ["check", "validate"],
            "watch": ["monitor", "follow"],
        ]
        return words.first { $0.value.contains(word) }?.key
    }
}
