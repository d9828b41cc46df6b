internal import ArgumentParser
internal import OddityFailures
internal import OddityRecords

/// How a command ends when it cannot do its work: one line on standard error and an exit code of
/// `sysexits.h`.
enum CommandFailure {
    /// The exit code for who has to act.
    static func exitCode(_ blame: Blame) -> ExitCode {
        switch blame {
        case .caller: ExitCode(64)
        case .data: ExitCode(65)
        case .system: ExitCode(74)
        }
    }

    /// Runs the work of a command and turns errors into their line and exit code.
    ///
    /// - Parameter file: named in messages of errors that do not know their file.
    static func reporting<Value>(file: String? = nil, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as any Failure {
            // A closed pipe is not an error: the reader has enough.
            if error.isBrokenPipe { throw ExitCode.success }
            let namesFile = error.namesItsFile || error.blame == .caller
            let file = namesFile ? nil : file
            Console.error("oddity: \(file.map { "\(shownPath($0)): " } ?? "")\(error)")
            throw exitCode(error.blame)
        }
    }
}
