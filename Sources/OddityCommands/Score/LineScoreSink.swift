internal import OddityFiles

/// Writes each row as a line of text.
struct LineScoreSink: ScoreSink {
    let file: OutputFile
    let line: (ScoredLine) -> String

    init(path: String, header: String?, line: @escaping (ScoredLine) -> String) throws {
        file = try OutputFile(path: path)
        self.line = line
        if let header { try file.writeLine(header) }
    }

    /// Writes to a file that is open already.
    init(file: OutputFile, line: @escaping (ScoredLine) -> String) {
        self.file = file
        self.line = line
    }

    func write(_ scored: ScoredLine) throws { try file.writeLine(line(scored)) }
    func flush() throws { try file.flush() }
    func close() throws { try file.close() }
}
