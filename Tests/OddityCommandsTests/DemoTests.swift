import TestSupport
import Testing

/// `oddity demo`.
@Suite struct DemoTests {
    @Test func catchesMostMalignantBiopsies() throws {
        let folder = try TemporaryFolder()
        let run = try oddity("demo", "--output", folder.path)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(
            folder.names == [
                "benign-train.csv", "model.safetensors", "patients.csv", "report.html",
                "scores.csv",
            ]
        )
        #expect(run.lines.filter { $0.hasPrefix("$ oddity ") }.count == 4)
        #expect(run.lines.contains("331 rows, 212 anomalies"))
        let words = try #require(run.lines.first { $0.hasPrefix("AUROC ") }).split(separator: " ")
        #expect(try #require(Double(words[1])) > 0.9)
    }
}
