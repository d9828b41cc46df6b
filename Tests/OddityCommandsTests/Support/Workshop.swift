import TestSupport
import Testing

/// A folder with a small model, `model.safetensors`, trained in a moment on `train.csv`.
struct Workshop {
    let folder: TemporaryFolder
    /// How the training went.
    let fit: ChildProcess

    init(_ options: String..., train: SampleTable = SampleTable(rowCount: 200)) throws {
        folder = try TemporaryFolder()
        let data = folder.write(train.csv, as: "train.csv")
        let arguments = [
            "fit", data, "--output", folder.path + "/model.safetensors", "--hidden", "16,4",
            "--epochs", "60", "--batch-size", "32", "--learning-rate", "0.005",
        ]
        fit = try ChildProcess(try Oddity.binary(), arguments + options)
        try #require(fit.exitCode == 0, "\(fit.errors)")
    }

    var model: String { path("model.safetensors") }

    func path(_ name: String) -> String { folder.path + "/" + name }

    /// Scores a table with the model.
    func score(_ table: SampleTable, _ options: String...) throws -> ChildProcess {
        let data = folder.write(table.csv, as: "new.csv")
        return try ChildProcess(try Oddity.binary(), ["score", model, data] + options)
    }
}

/// The fields of a CSV text without quotes, by line.
func fields(_ lines: [String]) -> [[String]] {
    lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
}

/// The numbers of a column of a CSV text without quotes.
func numbers(_ column: String, in lines: [String]) throws -> [Double] {
    let table = fields(lines)
    let index = try #require(table.first?.firstIndex(of: column), "there is no column \(column)")
    return try table.dropFirst().map { row in
        try #require(index < row.count ? Double(row[index]) : nil, "\(row)")
    }
}

/// Expects a run to have ended with a code and one line that has all the words.
func expectFailure(
    _ run: ChildProcess,
    _ code: Int32,
    _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(run.exitCode == code, "\(run.errors)", sourceLocation: sourceLocation)
    let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("oddity: ") }
    #expect(lines.count == 1, "\(run.errors)", sourceLocation: sourceLocation)
    for word in words {
        #expect(
            lines.first?.contains(word) == true,
            "\(run.errors) lacks \(word)",
            sourceLocation: sourceLocation
        )
    }
}

/// Expects a run to have been refused for its arguments, with all the words.
func expectUsageError(
    _ run: ChildProcess,
    _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(run.exitCode == 64, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    for word in words {
        #expect(
            run.errors.contains(word),
            "\(run.errors) lacks \(word)",
            sourceLocation: sourceLocation
        )
    }
}
