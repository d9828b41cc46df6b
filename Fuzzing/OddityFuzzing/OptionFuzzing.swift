import ArgumentParser
import OddityFailures

@testable import OddityCommands

/// Arguments of the command, one a line: they are parsed and checked, and nothing is run.
enum OptionFuzzing {
    static func run(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let arguments = lines.map { String(decoding: $0, as: UTF8.self) }
        guard !arguments.contains(where: { $0.contains("generate-completion") }) else { return }
        do {
            _ = try OddityCommand.parseAsRoot(arguments)
        } catch {
            let text = OddityCommand.message(for: error)
            precondition(OddityCommand.exitCode(for: error).rawValue != 1, "\(text)")
        }
    }
}
