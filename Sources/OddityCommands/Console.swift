internal import OddityFailures
internal import OddityFiles
internal import OddityPlatform

/// Where commands speak to a person: results on standard output, everything else on standard error.
enum Console {
    /// Writes a line of a result.
    static func print(_ line: String) throws { try print([line]) }

    /// Writes lines of a result, each as one line whatever names and values it has.
    static func print(_ lines: [String]) throws {
        let file = try OutputFile(path: "-")
        for line in lines { try file.writeLine(printable(line, limit: .max)) }
        try file.close()
    }

    /// Writes a result for a program, such as JSON, as it is.
    static func printText(_ text: String) throws {
        let file = try OutputFile(path: "-")
        try file.writeLine(text)
        try file.close()
    }

    /// Writes a line that is not a result, and one line whatever it has: progress, summaries, errors.
    static func error(_ line: String) {
        status(printable(line, limit: .max) + "\n")
    }

    /// Writes text without a line end, on a terminal.
    static func status(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = write(STDERR_FILENO, rest.baseAddress, rest.count)
                // There is nobody to tell that standard error is gone.
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }

    /// Whether a person sees standard error as it comes.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
}
