internal import OddityFiles
internal import OddityPlatform

/// Where commands speak to a person: results on standard output, everything else on standard error.
enum Console {
    /// Writes a line of a result.
    static func print(_ line: String) throws { try print([line]) }

    /// Writes lines of a result.
    static func print(_ lines: [String]) throws {
        let file = try OutputFile(path: "-")
        for line in lines { try file.writeLine(line) }
        try file.close()
    }

    /// Writes a line that is not a result: progress, summaries, errors.
    static func error(_ line: String) {
        status(line + "\n")
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
