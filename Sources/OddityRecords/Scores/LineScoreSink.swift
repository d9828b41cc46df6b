package import OddityFiles

/// Writes each row as a line of text.
package struct LineScoreSink: ScoreSink {
    package let file: OutputFile
    package let line: (ScoredLine) -> String

    package init(path: String, header: String?, line: @escaping (ScoredLine) -> String) throws {
        file = try OutputFile(path: path)
        self.line = line
        if let header { try file.writeLine(header) }
    }

    /// Writes to a file that is open already.
    package init(file: OutputFile, line: @escaping (ScoredLine) -> String) {
        self.file = file
        self.line = line
    }

    package func write(_ scored: ScoredLine) throws { try file.writeLine(line(scored)) }
    package func flush() throws { try file.flush() }
    package func close() throws { try file.close() }
}
