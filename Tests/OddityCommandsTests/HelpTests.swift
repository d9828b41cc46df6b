import TestSupport
import Testing

/// The help texts.
@Suite struct HelpTests {
    static let commands = [
        "find", "fit", "tune", "score", "evaluate", "inspect", "verify", "import", "export", "demo",
        "watch",
    ]

    @Test func listsTheCommands() throws {
        let run = try oddity("--help")
        #expect(run.exitCode == 0)
        for command in Self.commands {
            #expect(run.lines.contains { $0.hasPrefix("  \(command) ") }, "\(command)")
        }
        #expect(run.output.contains("Exit codes: 0 success, 64 wrong usage"))
    }

    @Test func hasAVersion() throws {
        let run = try oddity("--version")
        #expect(run.exitCode == 0)
        #expect(run.output == "0.1.0\n")
    }

    @Test(arguments: commands)
    func everyOptionIsExplained(_ command: String) throws {
        let lines = try oddity("help", command).lines
        let start = try #require(lines.firstIndex { $0.hasPrefix("USAGE: oddity \(command)") })
        #expect(lines[..<start].allSatisfy { $0.count <= 80 })
        let entries = lines[start...].indices.filter {
            lines[$0].hasPrefix("  -") || lines[$0].hasPrefix("  <")
        }
        #expect(!entries.isEmpty)
        for index in entries {
            // The explanation begins in the 27th place, of this line or the next.
            let own = lines[index].dropFirst(25)
            let isExplained =
                own.first == " " && own.dropFirst().first != " "
                || lines[index + 1].hasPrefix(String(repeating: " ", count: 26))
            #expect(isExplained, "\(lines[index])")
        }
    }

    @Test(arguments: [
        ("find", ["--output", "--model", "--top", "--contamination", "--reasons"]),
        ("fit", ["--output", "--folds", "--hidden", "--false-alarm-rate", "--ignore", "--label"]),
        (
            "tune",
            ["--output", "--trials", "--validation", "--label", "--objective", "--search-latent"]
        ),
        ("score", ["--output", "--format", "--reasons", "--threshold", "--error-threshold"]),
        ("evaluate", ["--label", "--positive", "--report", "--cost-false-alarm", "--cost-miss"]),
    ])
    func namesItsOptions(_ command: String, _ options: [String]) throws {
        let help = try oddity("help", command).output
        for option in options { #expect(help.contains("\(option) <"), "\(option)") }
    }
}
