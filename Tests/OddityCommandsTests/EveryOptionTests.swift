import Foundation
import Synchronization
import TestSupport
import Testing

/// Every option of every command, as the parser itself lists them, over every kind of data: it acts, or it is refused
/// by its name.
@Suite struct EveryOptionTests {
    private static let ground = Result { try OptionGround() }
    private static let runs = Mutex<[[String]: Outcome]>([:])

    /// All that a run leaves behind.
    private struct Outcome: Equatable {
        var exitCode: Int32
        var texts: [String]
        var files: [String: Data]
    }

    @Test(
        arguments: [
            ("find", OptionGround.Kind.table), ("find", .series), ("find", .images),
            ("fit", .table), ("fit", .series), ("fit", .images),
            ("tune", .table), ("tune", .series), ("score", .table), ("score", .series),
            ("score", .images),
            ("evaluate", .table), ("evaluate", .series), ("evaluate", .images),
            ("threshold", .table), ("threshold", .series), ("threshold", .images),
            ("recalibrate", .table), ("recalibrate", .series), ("recalibrate", .images),
            ("watch", .series), ("inspect", .table), ("inspect", .images), ("inspect", .model),
            ("verify", .model), ("export", .model), ("import", .table),
            ("demo", .model),
        ]
    )
    func actsOrIsRefused(_ command: String, _ kind: OptionGround.Kind) throws {
        let ground = try Self.ground.get()
        let options = try Self.options(of: command)
        #expect(options.contains("--help"))
        for option in options where OptionUse.silence(of: option, command) == nil {
            let use = try #require(
                OptionUse.of(option, command, kind),
                "write down in OptionUse what \(option) of \(command) does"
            )
            var base = ground.arguments(command, kind, use.data)
            if let other = use.without { base = removing(other, from: base) }
            if ["fit", "tune"].contains(command) { base += ["--output", "OUT/model"] }
            // What does not go with this kind of data at all is tried by itself.
            let companions = setting(use.with, in: base)
            if try run(removing(option, from: companions)).exitCode != 64 { base = companions }
            let without = removing(option, from: base)
            let with = without + [option] + [use.value].compactMap { $0 }
            let (before, after) = (try run(without), try run(with))
            // A refusal is about the option, and not about one that it goes with.
            let refusal = after.texts[1].split(separator: "\n").first { $0.hasPrefix("Error: ") }
            if let refusal {
                #expect(refusal.contains(option), "\(with): \(refusal)")
            } else {
                #expect(after != before, "\(option) changes nothing: \(with)")
            }
        }
    }

    @Test func theTableKnowsNoOptionThatIsGone() throws {
        let commands = try Self.commands()
        for name in OptionUse.names {
            let words = name.split(separator: " ").map(String.init)
            let owners = words.count == 1 ? Array(commands.keys) : [words[0]]
            #expect(
                owners.contains { commands[$0]?.contains(words[words.count - 1]) == true }
                    || OptionGround.Kind(rawValue: words[0]) != nil,
                "\(name)"
            )
        }
    }

    // MARK: - Runs

    private func run(_ arguments: [String]) throws -> Outcome {
        if let known = Self.runs.withLock({ $0[arguments] }) { return known }
        let out = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-option-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        let ground = try Self.ground.get()
        let child = try oddity(
            arguments.map {
                $0.replacingOccurrences(of: "OUT", with: out.path)
                    .replacingOccurrences(of: "IN/", with: ground.path("") + "/")
            } + ["--threads", "1"].filter { _ in Self.hasThreads(arguments[0]) }
        )
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: out.path) {
            files[name] = try? Data(contentsOf: out.appendingPathComponent(name))
        }
        let outcome = Outcome(
            exitCode: child.exitCode,
            texts: [child.output, child.errors].map {
                $0.replacingOccurrences(of: out.path, with: "OUT")
            },
            files: files
        )
        Self.runs.withLock { $0[arguments] = outcome }
        return outcome
    }

    private static func hasThreads(_ command: String) -> Bool {
        !["inspect", "verify", "import", "export", "demo"].contains(command)
    }

    /// Arguments without an option and its value.
    private func removing(_ option: String, from arguments: [String]) -> [String] {
        guard let index = arguments.firstIndex(of: option) else { return arguments }
        let end =
            arguments.indices.contains(index + 1) && !arguments[index + 1].hasPrefix("--")
            ? index + 2 : index + 1
        return Array(arguments[..<index] + arguments[end...])
    }

    /// Arguments with some options and their values, in place of those that they have.
    private func setting(_ options: [String], in arguments: [String]) -> [String] {
        options.filter { $0.hasPrefix("--") }.reduce(arguments) { removing($1, from: $0) } + options
    }

    // MARK: - What the parser knows

    private struct Help: Decodable {
        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
            let arguments: [Argument]?
        }

        struct Argument: Decodable {
            struct Name: Decodable { let kind, name: String }
            let names: [Name]?
        }

        let command: Command
    }

    /// The options of each command.
    private static func commands() throws -> [String: [String]] {
        let dump = try oddity("--experimental-dump-help")
        let help = try JSONDecoder().decode(Help.self, from: Data(dump.output.utf8))
        let commands = try #require(help.command.subcommands).filter { $0.commandName != "help" }
        return Dictionary(
            uniqueKeysWithValues: commands.map { command in
                let names = (command.arguments ?? []).flatMap { $0.names ?? [] }
                return (
                    command.commandName, names.filter { $0.kind == "long" }.map { "--\($0.name)" }
                )
            }
        )
    }

    private static func options(of command: String) throws -> [String] {
        try #require(try commands()[command])
    }
}
