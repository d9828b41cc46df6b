package import OddityDatasets

/// Leaves the rows that labels call anomalies out of training.
package struct LabelFilter {
    package let column: String
    package let positive: String?
    package let normal: String?

    package init(column: String, positive: String?, normal: String?) {
        self.column = column
        self.positive = positive
        self.normal = normal
    }

    /// The rows to learn from, and what to say of them; all rows where the labels are not understood.
    ///
    /// - Throws: ``LabelProblem`` if no row is left, or none has the label that was named.
    package func applied(to table: Table, file: String) throws -> (table: Table, lines: [String]) {
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
