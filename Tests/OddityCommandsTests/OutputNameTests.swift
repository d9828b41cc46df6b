import OddityPlatform
import TestSupport
import Testing

/// Outputs that are one file, or an input, by other names: noticed before anything is written.
@Suite struct OutputNameTests {
    private func expectRefused(_ run: ChildProcess, _ folder: TemporaryFolder, _ before: [String]) {
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(folder.names == before)
    }

    @Test(arguments: ["./out", "link", "sub/../out"])
    func ofScoring(_ other: String) throws {
        let workshop = try SeriesWorkshop(seed: 3)
        let folder = workshop.folder
        symlink("out", folder.path + "/link")
        mkdir(folder.path + "/sub", 0o700)
        defer { rmdir(folder.path + "/sub") }
        let before = folder.names
        let run = try shell(
            #"cd "$1"; "$ODDITY" score model train.csv -o out --events \#(other)"#,
            in: folder
        )
        expectRefused(run, folder, before)
        let watch = try shell(
            #"cd "$1"; "$ODDITY" watch model train.csv -o out --state \#(other)"#,
            in: folder
        )
        expectRefused(watch, folder, before)
    }

    @Test(arguments: [
        "--journal ./m", "--table link", "--report sub/../m", "--table t --report ./t",
    ])
    func ofTuning(_ options: String) throws {
        let folder = try TemporaryFolder()
        folder.write(SampleTable(rowCount: 30).csv, as: "train.csv")
        symlink("m", folder.path + "/link")
        mkdir(folder.path + "/sub", 0o700)
        defer { rmdir(folder.path + "/sub") }
        let before = folder.names
        let run = try shell(
            #"cd "$1"; "$ODDITY" tune train.csv -o m \#(options) --trials 2 --threads 1"#,
            in: folder
        )
        expectRefused(run, folder, before)
    }

    @Test func ofInputs() throws {
        let workshop = try Workshop()
        let folder = workshop.folder
        link(workshop.path("train.csv"), workshop.path("hard"))
        let before = folder.readText(workshop.path("train.csv"))
        for output in ["./train.csv", "hard"] {
            for command in ["score model.safetensors train.csv", "fit train.csv", "find train.csv"]
            {
                let run = try shell(
                    #"cd "$1"; "$ODDITY" \#(command) -o \#(output)"#,
                    in: folder
                )
                #expect(run.exitCode == 64, "\(command) \(output): \(run.errors)")
            }
        }
        #expect(folder.readText(workshop.path("train.csv")) == before)
    }

    @Test(arguments: [
        "score model.safetensors - -o train.csv", "fit - -o ./train.csv",
        "find - --report train.csv",
        "evaluate model.safetensors - --label x --report train.csv",
        "recalibrate model.safetensors - -o train.csv",
    ])
    func ofStandardInput(_ command: String) throws {
        let workshop = try Workshop()
        let before = workshop.folder.readText(workshop.path("train.csv"))
        let run = try shell(
            #"cd "$1"; "$ODDITY" \#(command) < train.csv"#,
            in: workshop.folder
        )
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(
            run.errors.contains("train.csv is read as standard input, so it cannot be the output")
        )
        #expect(workshop.folder.readText(workshop.path("train.csv")) == before)
    }

    @Test(arguments: [
        "fit train.csv --schema s -o ./s", "find train.csv --schema s -o s",
        "find train.csv --schema link --model s", "tune train.csv --schema s --report s -o m",
    ])
    func ofSchemas(_ command: String) throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 30).csv, as: "train.csv")
        let schema = try oddity("inspect", data, "--json").output
        folder.write(schema, as: "s")
        symlink("s", folder.path + "/link")
        let run = try shell(#"cd "$1"; "$ODDITY" \#(command)"#, in: folder)
        #expect(run.exitCode == 64, "\(run.errors)")
        #expect(folder.readText(folder.path + "/s") == schema)
    }

    @Test func ofImagesInAFolder() throws {
        let folder = try TemporaryFolder()
        let images = folder.path + "/images"
        mkdir(images, 0o700)
        defer {
            for index in 0..<12 { unlink("\(images)/\(index).pgm") }
            rmdir(images)
        }
        for index in 0..<12 {
            folder.write(
                "P2 4 4 9 " + String(repeating: "\(index % 9) ", count: 16),
                as: "images/\(index).pgm"
            )
        }
        let before = folder.readText(images + "/3.pgm")
        symlink("images/3.pgm", folder.path + "/link")
        for output in ["images/3.pgm", "link", "images/./3.pgm"] {
            let run = try shell(
                #"cd "$1"; "$ODDITY" fit images -o \#(output) --threads 1"#,
                in: folder
            )
            #expect(run.exitCode == 64, "\(run.errors)")
            #expect(run.errors.contains("is read, so it cannot be the output"), "\(run.errors)")
        }
        #expect(folder.readText(images + "/3.pgm") == before)
    }

    @Test func demosReplaceNoFilesOfOthers() throws {
        let folder = try TemporaryFolder()
        folder.write("mine", as: "scores.csv")
        let run = try oddity("demo", "-o", folder.path)
        expectFailure(run, 74, folder.path + "/scores.csv", "name another folder")
        #expect(folder.readText(folder.path + "/scores.csv") == "mine")
        let file = folder.write("x", as: "file")
        expectFailure(try oddity("demo", "-o", file), 74, file)
        expectUsageError(try oddity("demo", "-o", "-"), "--output takes a folder")
    }
}
