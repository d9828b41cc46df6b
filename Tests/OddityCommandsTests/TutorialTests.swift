import TestSupport
import Testing

/// The tutorial's autoencoder, as `oddity help fit` shows it.
@Suite struct TutorialTests {
    /// The arguments of the example in the help text, without files.
    func example(_ command: String) throws -> [String] {
        let help = try oddity("help", "fit").output.replacing("\\\n", with: " ")
        let line = try #require(
            help.split(separator: "\n").first {
                $0.contains("oddity \(command) ") && $0.contains("--")
            }
        )
        return line.split(separator: " ").dropFirst(2).map(String.init)
    }

    @Test func isExpressedExactly() throws {
        let folder = try TemporaryFolder()
        let train = folder.write(
            SampleTable.hundredColumns(rowCount: 2000, seed: 1).csv,
            as: "t.csv"
        )
        var new = SampleTable.hundredColumns(rowCount: 4, seed: 2)
        for column in 0..<100 { new.rows[2][column] = "\(column.isMultiple(of: 3) ? 0.9 : 0.0)" }
        let data = folder.write(new.csv, as: "new.csv")
        let model = folder.path + "/model.safetensors"
        func fixed(_ arguments: [String]) -> [String] {
            arguments.map {
                switch $0 {
                case "train.csv": train
                case "new.csv": data
                case "model.safetensors": model
                default: $0
                }
            }
        }

        let fit = try ChildProcess(try Oddity.binary(), ["fit"] + fixed(try example("fit")))
        #expect(fit.exitCode == 0, "\(fit.errors)")
        let epochs = fit.errors.split(separator: "\n").filter { $0.contains(": loss ") }
        #expect(epochs.map { $0.prefix { $0 != ":" } } == (1...10).map { "epoch \($0) of 10" })
        #expect(fit.errors.contains("100–50–100, 1 member"))
        let losses = epochs.compactMap { Double($0.split(separator: " ")[5].dropLast()) }
        #expect(losses.count == 10)
        #expect(try #require(losses.last) < losses[0])

        let card = try oddity("inspect", model).output
        for fact in ["sigmoid", "mse", "adam", "0.001", "32", "min-max", "relu"] {
            #expect(card.contains(fact), "\(fact)")
        }

        let score = try ChildProcess(try Oddity.binary(), ["score"] + fixed(try example("score")))
        #expect(score.exitCode == 0, "\(score.errors)")
        let verdicts = score.lines.dropFirst().map { $0.contains("  anomaly") }
        #expect(verdicts == [false, false, true, false])
        #expect(score.lines[1].contains("  normal "))
        #expect(score.errors.contains("reconstruction error ≥ 0.02"))
    }
}
