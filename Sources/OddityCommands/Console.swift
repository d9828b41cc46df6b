#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where commands speak to a person: results on standard output, everything else on standard error.
enum Console {
    /// Writes a line of a result.
    static func print(_ line: String = "") {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Writes a line that is not a result: progress, summaries, errors.
    static func error(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// Writes text without a line end to standard error.
    static func status(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    /// Whether a person sees standard error as it comes.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                #else
                    let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
                #endif
                // A closed pipe is nothing to complain about to the one who closed it.
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}
