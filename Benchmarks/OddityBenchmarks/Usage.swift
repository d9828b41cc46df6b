import OddityPlatform

/// How the command is used; thrown where it was asked for, or where the options are not those of the command.
struct Usage: Error, CustomStringConvertible {
    var isAskedFor = false

    var description: String {
        "usage: oddity-bench [--table] [--only TEXT] [--repeats N]\n"
            + "       oddity-bench --case \(CountedCase.allCases.map(\.rawValue).joined(separator: "|"))"
            + " [--repeats N]"
    }

    /// Prints it, and ends the command: as an error where it was not asked for.
    func end() -> Never {
        var line = "\(self)\n"
        line.withUTF8 { _ = write(isAskedFor ? 1 : 2, $0.baseAddress, $0.count) }
        exit(isAskedFor ? 0 : 64)
    }
}
