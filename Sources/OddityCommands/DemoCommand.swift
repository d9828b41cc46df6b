internal import ArgumentParser
internal import COddityDemoData
internal import OddityFiles

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `oddity demo`.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Train on benign biopsies, catch malignant ones, and write a report.",
        discussion: """
            Uses the Breast Cancer Wisconsin (Diagnostic) data (Wolberg et al. 1993, CC BY \
            4.0), which is part of the program: 238 benign rows to train on, 119 benign and \
            212 malignant ones to score. Each step is shown as the command that does it.
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to put the files.", valueName: "folder"))
    var output = "oddity-demo"

    func run() throws {
        try CommandFailure.reporting(file: output) {
            try FileManager.default.createDirectory(
                atPath: output,
                withIntermediateDirectories: true
            )
            for (name, text) in [
                ("benign-train.csv", String(cString: oddity_demo_training())),
                ("patients.csv", String(cString: oddity_demo_patients())),
            ] {
                let file = try OutputFile(path: path(name))
                try file.write(text)
                try file.close()
            }
        }
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
