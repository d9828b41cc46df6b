internal import ArgumentParser
internal import COddityDemoData
internal import OddityFiles

/// `oddity demo`.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Find odd biopsies, train on benign ones, catch malignant ones, write a report.",
        discussion: """
            Uses the Breast Cancer Wisconsin (Diagnostic) data (Wolberg et al. 1993, CC BY \
            4.0), which is part of the program: 238 benign rows to train on, 119 benign and \
            212 malignant ones to score. Each step is shown as the command that does it.
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to put the files.", valueName: "folder"))
    var output = "oddity-demo"

    func validate() throws {
        guard output != "-" else {
            throw ValidationError("--output takes a folder: the demo writes several files")
        }
    }

    func run() throws {
        try CommandFailure.reporting(file: output) {
            try Folder(path: output).makeAll()
            try refuseFilesOfOthers()
            for (name, text) in tables {
                let file = try OutputFile(path: path(name))
                try file.write(text)
                try file.close()
            }
        }
        try step(["find", path("benign-train.csv"), "--top", "5"])
        try step(["fit", path("benign-train.csv"), "--output", path("model.safetensors")])
        try step([
            "score", path("model.safetensors"), path("patients.csv"), "--output",
            path("scores.csv"),
        ])
        try step([
            "evaluate", path("model.safetensors"), path("patients.csv"), "--label", "diagnosis",
            "--positive", "malignant", "--report", path("report.html"),
        ])
        try say("Open \(path("report.html")) in a browser.")
    }

    /// The files that the demo begins with.
    private var tables: [(name: String, text: String)] {
        [
            ("benign-train.csv", String(cString: oddity_demo_training())),
            ("patients.csv", String(cString: oddity_demo_patients())),
        ]
    }

    /// Refuses to replace files that no demo wrote: where it ran before, its tables are there.
    private func refuseFilesOfOthers() throws {
        let names = tables.map(\.name) + ["model.safetensors", "scores.csv", "report.html"]
        guard let found = names.first(where: { Folder.kind(of: path($0)) != nil }) else { return }
        let isOurs = try tables.allSatisfy { table in
            guard Folder.kind(of: path(table.name)) == .file else { return false }
            let file = try InputFile(path: path(table.name), requiresRegularFile: true)
            return try file.size == table.text.utf8.count
                && file.prefix(table.text.utf8.count) == Array(table.text.utf8)
        }
        guard !isOurs else { return }
        throw FileError(
            .writeFailed,
            "no demo wrote this file, which would be replaced; name another folder",
            path: path(found)
        )
    }

    private func path(_ name: String) -> String { "\(output)/\(name)" }

    private func step(_ arguments: [String]) throws {
        try say("$ oddity " + arguments.joined(separator: " "))
        var command = try OddityCommand.parseAsRoot(arguments)
        try command.run()
    }

    private func say(_ line: String) throws {
        try CommandFailure.reporting { try Console.print(["", line]) }
    }
}
