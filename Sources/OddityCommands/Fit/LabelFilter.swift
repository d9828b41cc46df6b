internal import ArgumentParser
internal import OddityDatasets

/// What the labels of training rows mean, on the command line.
struct LabelArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The label that means an anomaly; rows with it are not learned from.",
            valueName: "value"
        )
    )
    var positive: String?

    @Option(
        help: ArgumentHelp(
            "The label that means a normal row; rows with another are not learned from.",
            valueName: "value"
        )
    )
    var normal: String?

    func validate() throws {
        guard positive == nil || normal == nil else {
            throw ValidationError("give one of --positive and --normal")
        }
    }
}

/// Leaves the rows that labels call anomalies out of training.
struct LabelFilter {
    let column: String
    let positive: String?
    let normal: String?

    /// The rows to learn from, and what to say of them; all rows where the labels are not understood.
    ///
    /// - Throws: ``LabelProblem`` if no row is left, or none has the label that was named.
    func applied(to table: Table, file: String) throws -> (table: Table, lines: [String]) {
        let texts = table[column]?.texts ?? []
        var counts: [String: Int] = [:]
        var left: [Int] = []
        var unknown: String?
        for (row, text) in texts.enumerated() {
            guard let text else {
                left.append(row)
                continue
            }
            guard let isAnomaly = meaning(of: text) else {
                if unknown == nil { unknown = text }
                left.append(row)
                continue
            }
            if isAnomaly { counts[text, default: 0] += 1 } else { left.append(row) }
        }
        let place = DataLocation(file: file, column: column)
        if let unknown {
            return (
                table,
                [
                    FitReport.line(
                        "warning",
                        "\(quoted(unknown)) in column \(quoted(column)) is no label that is known, so all rows are"
                            + " learned from; say with --positive or --normal which rows to leave out"
                    )
                ]
            )
        }
        if let named = positive ?? normal, !texts.contains(named) {
            throw LabelProblem(description: "\(place): no row has \(quoted(named))")
        }
        guard !left.isEmpty else {
            throw LabelProblem(
                description:
                    "\(place): all rows are labelled as anomalies; there is none to learn from"
            )
        }
        guard !counts.isEmpty else { return (table, []) }
        let listed = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
            .map { "\(grouped($0.value)) labelled \($0.key)" }.joined(separator: ", ")
        let text = "\(counted(left.count, "row")) learned from; \(listed) left out"
        return (table.selecting(rows: left), [FitReport.line("labels", text)])
    }

    private func meaning(of text: String) -> Bool? {
        if let positive { return text == positive }
        if let normal { return text != normal }
        return Labels.isAnomaly(text)
    }
}
