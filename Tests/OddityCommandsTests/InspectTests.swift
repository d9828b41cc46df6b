import Foundation
import TestSupport
import Testing

/// `oddity inspect` and `oddity verify`.
@Suite struct InspectTests {
    @Test func showsWhatAFileIsTakenFor() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 50).csv)
        let run = try oddity("inspect", data)
        #expect(run.exitCode == 0)
        #expect(run.lines.contains { $0.hasPrefix("column ") && $0.hasSuffix("why") })
        #expect(run.lines.contains { $0.hasPrefix("time ") && $0.hasSuffix("dates or times") })
        let c = try #require(run.lines.first { $0.hasPrefix("c ") }).split(separator: " ")
        #expect(c.prefix(4) == ["c", "numeric", "5", "45"])
        let piped = try oddity("inspect", "-", input: SampleTable(rowCount: 50).csv)
        #expect(piped.lines.dropFirst() == run.lines.dropFirst())
    }

    @Test func saysWhereTheNamesStand() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<9).map { "\($0).5,\($0 * $0)\n" }.joined()
        for (opening, words) in [
            ("a,b\n", "named in the first line"), ("", "without names"),
            (
                "@relation r\n@attribute a real\n@attribute b real\n@data\n",
                "named above the rows"
            ),
        ] {
            let run = try oddity("inspect", folder.write(opening + rows, as: "data.txt"))
            #expect(run.lines[0].hasSuffix("2 columns, fields between commas, \(words)"))
        }
    }

    @Test func jsonOfAFileHoldsItsSchema() throws {
        struct Summary: Decodable {
            struct Schema: Decodable { let columns: [Column] }
            struct Column: Decodable { let name, kind, reason: String }
            let row_count: Int
            let schema: Schema
        }
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 50).csv)
        let run = try oddity("inspect", data, "--json", "--ignore", "a")
        let summary = try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
        #expect(summary.row_count == 50)
        #expect(
            summary.schema.columns.map(\.kind) == [
                "ignored", "ignored", "ignored", "numeric", "numeric", "categorical", "numeric",
            ]
        )
    }

    @Test func showsAModelsCard() throws {
        let workshop = try Workshop("--seed", "11")
        let run = try oddity("inspect", workshop.model)
        for heading in ["Data", "Network", "Training", "Calibration", "Provenance"] {
            #expect(run.lines.contains(heading))
        }
        func value(_ name: String) -> Substring? {
            run.lines.last { $0.hasPrefix("  \(name) ") }?
                .dropFirst(name.count + 2).drop { $0 == " " }
        }
        #expect(value("seed") == "11")
        #expect(value("held-out rows") == "200")
        #expect(value("anomaly when") == "p-value ≤ 0.01")
        #expect(value("trained on") == "train.csv")
        #expect(value("only watched for change") == "1: fixed")
    }

    @Test func onlyTablesHaveColumns() throws {
        let workshop = try Workshop()
        let image = workshop.folder.write(Array("P2 1 1 255 7\n".utf8), as: "a.pgm")
        for options in [
            ["--ignore", "a"], ["--label", "a"], ["--categorical", "a"], ["--numeric", "a"],
            ["--delimiter", ";"], ["--header"], ["--missing", "none"],
        ] {
            for (file, reason) in [(image, "holds images"), (workshop.model, "is a model")] {
                let run = try ChildProcess(try Oddity.binary(), ["inspect", file] + options)
                #expect(run.exitCode == 64)
                #expect(run.errors.contains("\(options[0]) is for tables"), "\(run.errors)")
                #expect(run.errors.contains(reason), "\(run.errors)")
            }
        }
    }

    @Test func verifyAcceptsAWholeModel() throws {
        let workshop = try Workshop()
        let run = try oddity("verify", workshop.model)
        #expect(run.exitCode == 0)
        #expect(run.output.contains("whole, and reproduces its reference scores (4 members"))
    }

    @Test(arguments: ["verify", "score", "inspect"])
    func damagedModelsAreRefused(_ command: String) throws {
        let workshop = try Workshop()
        let bytes = workshop.folder.read(workshop.model)
        let data = command == "score" ? [workshop.path("train.csv")] : []
        var flipped = bytes
        flipped[bytes.count * 3 / 4] ^= 1
        for damaged in [flipped, Array(bytes.dropLast(9)), bytes + [0]] {
            let path = workshop.folder.write(damaged, as: "damaged.safetensors")
            let run = try ChildProcess(try Oddity.binary(), [command, path] + data)
            expectFailure(run, 65, path)
            #expect(run.output.isEmpty)
        }
    }

    @Test func dataIsNoModel() throws {
        let workshop = try Workshop()
        let data = workshop.path("train.csv")
        expectFailure(try oddity("verify", data), 65, data, "not a model")
        expectFailure(try oddity("score", data, workshop.model), 65, data, "before the data")
    }

    /// Any reader of safetensors opens a model.
    @Test(.enabled(if: Python.hasSafetensors, "needs python3 or ODDITY_PYTHON with safetensors"))
    func pythonReadsTheModel() throws {
        let workshop = try Workshop()
        let script = """
            import sys
            from safetensors.numpy import load_file
            tensors = load_file(sys.argv[1])
            print(len(tensors), all(t.size > 0 for t in tensors.values()), len(tensors["calibration.score"]))
            """
        let run = try ChildProcess("/usr/bin/env", [Python.name, "-c", script, workshop.model])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.hasSuffix(" True 200\n"))
    }
}

/// The Python that tests may use.
enum Python {
    static let name = ProcessInfo.processInfo.environment["ODDITY_PYTHON"] ?? "python3"

    static let hasSafetensors: Bool = {
        let run = try? ChildProcess("/usr/bin/env", [name, "-c", "import safetensors.numpy"])
        return run?.exitCode == 0
    }()
}
