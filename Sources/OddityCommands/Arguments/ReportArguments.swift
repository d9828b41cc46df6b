internal import ArgumentParser
internal import OddityFiles
internal import OddityRecords
internal import OddityReports

/// What is written of an evaluation beside its figures, on the command line.
struct ReportArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Write a self-contained HTML page here.", valueName: "file"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "Write each chart of that page into this folder, as SVG, and as PNG where rsvg-convert is installed.",
            valueName: "folder"
        )
    )
    var charts: String?

    @Option(
        help: ArgumentHelp(
            "Write the numbers of its curves here, as CSV: curve, x, y and threshold.",
            valueName: "file"
        )
    )
    var curves: String?

    /// Whether any of it is wanted.
    var isGiven: Bool { report != nil || charts != nil || curves != nil }

    /// Refuses outputs that are inputs, or one another.
    func check(isNoneOf inputs: [String]) throws {
        for file in [report, charts, curves] { try checkOutput(file, isNoneOf: inputs) }
        for input in inputs { try checkOutputFolder(charts, isOutside: input) }
        guard !haveOneTarget([report, charts, curves]) else {
            throw ValidationError("--report, --charts and --curves take files of their own")
        }
    }

    /// Checks that the files can be written, before the work.
    func checkCanWrite() throws {
        for file in [report, curves].compactMap({ $0 }) { try OutputFile.checkCanWrite(to: file) }
    }

    /// Writes what is wanted.
    ///
    /// - Returns: what to tell of it.
    func write(_ page: EvaluationReport) throws -> [String] {
        var lines: [String] = []
        if let report {
            try page.write(page: report)
            lines.append(FitReport.line("report", report))
        }
        if let charts {
            lines.append(FitReport.line("charts", try page.write(chartsTo: charts)))
        }
        if let curves {
            try page.write(curvesTo: curves)
            lines.append(FitReport.line("curves", curves))
        }
        return lines
    }
}
