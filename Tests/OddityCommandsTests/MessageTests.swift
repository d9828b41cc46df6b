import OddityPlatform
import TestSupport
import Testing

/// Names and cells of a file in what a person reads: on one line, without control characters.
@Suite struct MessageTests {
    static let name = "\u{1B}]0;title\u{7}\u{1B}[31ma\nb\u{202E}c"

    private var table: String {
        let header = "\"\(Self.name)\",x\n"
        return header + (0..<40).map { "\($0 % 7).5,\($0 % 5)\n" }.joined()
    }

    private func expectPlain(_ run: ChildProcess, _ lineCount: Int? = nil) {
        for scalar in (run.output + run.errors).unicodeScalars where scalar != "\n" {
            let category = scalar.properties.generalCategory
            #expect(category != .control && category != .format, "\(scalar.value)")
        }
        if let lineCount { #expect(run.lines.count == lineCount, "\(run.output)") }
    }

    @Test func ofFittingInspectingAndScoring() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(table, as: "data.csv")
        let model = folder.path + "/m"
        let fit = try oddity("fit", data, "-o", model, "--hidden", "3,2", "--epochs", "1")
        #expect(fit.exitCode == 0, "\(fit.errors)")
        expectPlain(fit)
        expectPlain(try oddity("inspect", data))
        expectPlain(try oddity("inspect", model))
        expectPlain(try oddity("score", model, data, "--format", "table", "--reasons", "2"), 41)
        let other = folder.write("x,\"\u{1B}[2Jy\"\n1,2\n", as: "other.csv")
        expectPlain(try oddity("score", model, other))
    }

    @Test(arguments: [
        ["score", "m", "x.csv", "--threads=\(name)"], ["\(name)"],
        ["fit", "x.csv", "-o", "m", "--\(name)"],
        ["threshold", "m", "--set", name], ["fit", "x.csv", "-o", "m", "--hidden", name],
    ])
    func ofUsage(_ arguments: [String]) throws {
        let run = try oddity(arguments)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains("Error: "))
        expectPlain(run)
        #expect(run.errors.contains(#"a\nb"#), "\(run.errors)")
    }

    @Test func ofKeptColumns() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<40).map { "\($0 % 7).5,\($0 % 5),\"new\u{1B}[2J\nlevel\"\n" }.joined()
        let data = folder.write("y,x,\"\(Self.name)\"\n" + rows, as: "data.csv")
        let run = try oddity(
            "find",
            data,
            "--keep",
            Self.name,
            "--top",
            "3",
            "--epochs",
            "1",
            "--hidden",
            "3,2"
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        expectPlain(run, 4)
    }

    @Test func ofFileNames() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a\u{1B}[31m\nb.csv"
        let run = try oddity("inspect", path)
        #expect(run.exitCode == 74)
        expectPlain(run)
        #expect(run.errors.split(separator: "\n").count == 1)
        mkdir(path, 0o700)
        defer { rmdir(path) }
        expectPlain(try oddity("inspect", path))
    }

    @Test func inspectAndFitTakeTheSameText() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<30).map { "\($0),\(["caf\u{1}", "tea", "milk"][$0 % 3])\n" }.joined()
        // The letter é as Latin-1 has it.
        let bytes = Array("n,drink\n\(rows)".utf8).map { $0 == 1 ? 0xE9 : $0 }
        let data = folder.write(bytes, as: "latin.csv")
        let fit = ["fit", data, "-o", folder.path + "/m", "--hidden", "3,2", "--epochs", "1"]
        let codes = try [["inspect", data], fit].map { try oddity($0).exitCode }
        #expect(codes[0] == codes[1])
    }

    @Test func inspectKnowsArraysOfSeries() throws {
        let folder = try TemporaryFolder()
        let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }"
        let header = text + String(repeating: " ", count: 117 - text.count) + "\n"
        let file = folder.write(
            [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
                + [UInt8](repeating: 0, count: 48),
            as: "series.npy"
        )
        let run = try oddity("inspect", file)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("3 steps of 2 channels"), "\(run.output)")
    }

    @Test func faultsOfAModelAreNotBlamedOnTheRows() throws {
        let workshop = try Workshop()
        let bytes = workshop.folder.read(workshop.model)
        workshop.folder.write(Array(bytes.dropLast(9)), as: "model.safetensors")
        for command in ["score", "evaluate"] {
            let labels = command == "evaluate" ? ["--label", "color"] : []
            let run = try oddity([command, workshop.model, workshop.path("train.csv")] + labels)
            #expect(run.exitCode == 65, "\(run.errors)")
            #expect(run.errors.hasPrefix("oddity: \(workshop.model): "), "\(run.errors)")
        }
    }
}
