import Foundation
import TestSupport
import Testing

/// `oddity export`.
@Suite struct ExportTests {
    @Test func writesAFile() throws {
        let workshop = try Workshop()
        let file = workshop.path("model.onnx")
        let run = try oddity("export", workshop.model, "--onnx", file)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("model.onnx"))
        let bytes = workshop.folder.read(file)
        // The number of the format's version comes first.
        #expect(bytes.starts(with: [8, 8]))
        let piped = try oddity("export", workshop.model, "--onnx", "-")
        #expect(piped.exitCode == 0)
        let again = try oddity("export", workshop.model, "--onnx", file)
        #expect(again.exitCode == 0)
        let isEqual = workshop.folder.read(file) == bytes
        #expect(isEqual)
    }

    @Test func asksForAFile() throws {
        let workshop = try Workshop()
        expectUsageError(try oddity("export", workshop.model), "--onnx")
        expectUsageError(
            try oddity("export", workshop.model, "--onnx", workshop.model),
            "is read, so it cannot be the output"
        )
    }

    @Test func timesAreRefusedByName() throws {
        let workshop = try Workshop("--time-features", "time")
        let file = workshop.folder.write([1, 2, 3], as: "model.onnx")
        expectFailure(
            try oddity("export", workshop.model, "--onnx", file),
            65,
            "model.safetensors: column \"time\" holds times, which ONNX cannot read; fit without it (--ignore time)"
        )
        #expect(workshop.folder.read(file) == [1, 2, 3])
    }

    @Test func seriesAreRefusedByName() throws {
        let folder = try TemporaryFolder()
        folder.write(SampleSeries(rowCount: 200, seed: 4).csv, as: "series.csv")
        let run = try shell(
            #"""
            cd "$1"
            "$ODDITY" fit series.csv --time time --hidden 4,2 --epochs 1 -o model && "$ODDITY" export model --onnx out
            """#,
            in: folder
        )
        expectFailure(
            run,
            65,
            "model: a model of series cannot be written as ONNX, since a step is judged by what came before it"
        )
        #expect(!folder.names.contains("out"))
    }
}
