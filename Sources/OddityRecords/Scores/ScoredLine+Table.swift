package import OddityDetectors
internal import OddityFailures
internal import OddityPlatform
internal import OddityPreprocessing

extension ScoredLine {
    package static func header(keys: [SeriesKey]?) -> String {
        let names = (keys ?? []).map { "  " + padded($0.name, $0.width) }.joined()
        return "     row\(names)    score    p-value      error  verdict  reasons"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// The row as a line of a table for a person.
    package var table: String {
        let columns = [
            (decimals(score?.score, 3), 7), (score?.pValueText ?? "–", 9),
            (decimals(score?.error, 5), 9),
        ]
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let keys = (series?.keys ?? []).map { key, text in
            ScoredLine.padded(text.map { printable($0) } ?? "–", key.width)
        }
        let numbers = [right(String(number), 8)] + keys + columns.map(right)
        let verdict = score == nil ? series?.state ?? "" : isAnomaly ? "anomaly" : "normal"
        var line = numbers.joined(separator: "  ") + "  " + verdict
        if !kept.isEmpty {
            line += isAnomaly ? "  " : "   "
            line +=
                kept.map { "\(printable($0)) \($1.map { printable($0) } ?? "–")" }.joined(
                    separator: ", "
                ) + ";"
        }
        if let problem {
            return line + (series == nil ? "unread   " : "  ")
                + (problem.column.map { "\($0): " } ?? "") + problem.text
        }
        guard !reasons.isEmpty else { return line }
        var texts = reasons.map {
            "\(printable($0.column)) \(printable($0.actual.description)) "
                + "(expected \(printable($0.expected.description)), \(percent($0.share, 0)))"
        }
        if !normalIf.isEmpty {
            let changes = normalIf.map {
                "\(printable($0.column)) were \(printable($0.expected.description)) "
                    + "instead of \(printable($0.actual.description))"
            }
            texts.append("normal if " + changes.joined(separator: " and "))
        }
        return line + (isAnomaly ? "  " : "   ") + texts.joined(separator: "; ")
    }
}

extension RowScore {
    /// The p-value for a person; one that the tail of the held-out data suggests begins with `~`.
    package var pValueText: String {
        guard let tail = tailPValue else { return decimals(pValue, 5) }
        guard tail < 1e-5 else { return "~" + decimals(tail, 5) }
        // Two digits, which fit the column; 9.95 and more are 10.
        let exponent = (log10(tail) + 0.0022).rounded(.down)
        return "~\(decimals(max(tail / pow(10, exponent), 1), 1))e\(Int(exponent))"
    }
}

extension SeriesKey {
    /// The width of its column.
    fileprivate var width: Int { self == .entity ? 12 : 20 }
}
