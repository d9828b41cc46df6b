internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors

/// Which rows are written, and with which of their own columns.
struct RowChoiceArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Columns of the data to copy beside the scores: a,b,c.",
            valueName: "names"
        )
    )
    var keep: [String] = []

    @Flag(help: "Write only the rows that are anomalies.")
    var onlyAnomalies = false

    @Option(help: ArgumentHelp("Write only this many rows, the oddest first.", valueName: "count"))
    var top: Int?

    /// The columns to copy.
    var kept: [String] { ColumnArguments.names(keep) }

    /// The first option that was given, for data without rows.
    var firstGiven: String? {
        !keep.isEmpty ? "--keep" : onlyAnomalies ? "--only-anomalies" : top != nil ? "--top" : nil
    }

    func validate() throws {
        guard (1...100_000).contains(top ?? 1) else {
            throw ValidationError("--top takes a count from 1 to 100,000")
        }
        guard Set(kept).count == kept.count else {
            throw ValidationError("--keep names a column twice")
        }
    }

    /// What to write.
    var choice: RowChoice { RowChoice(onlyAnomalies: onlyAnomalies, limit: top) }
}

/// Which scored rows are written.
struct RowChoice {
    var onlyAnomalies = false
    /// So many of the oddest are written, at the end; nil for all, as they come.
    var limit: Int?
    private var oddest: [ScoredLine] = []

    init(onlyAnomalies: Bool = false, limit: Int? = nil) {
        self.onlyAnomalies = onlyAnomalies
        self.limit = limit
    }

    /// The row, if it is to be written now.
    mutating func taken(_ line: ScoredLine) -> ScoredLine? {
        if onlyAnomalies, !line.isAnomaly { return nil }
        guard let limit else { return line }
        guard let score = line.score?.score else { return nil }
        if oddest.count == limit, let last = oddest.last?.score?.score, score <= last { return nil }
        // Rows of one score keep their order.
        var (low, high) = (0, oddest.count)
        while low < high {
            let middle = (low + high) / 2
            if (oddest[middle].score?.score ?? 0) >= score {
                low = middle + 1
            } else {
                high = middle
            }
        }
        oddest.insert(line, at: low)
        if oddest.count > limit { oddest.removeLast() }
        return nil
    }

    /// The rows that are written at the end.
    var rest: [ScoredLine] { oddest }
}

/// The columns of the data that are copied beside the scores.
struct KeptColumns {
    let names: [String]

    /// Those that the model does not use, which are read as text.
    func texts(beside schema: Schema) -> Set<String> {
        Set(names.filter { schema[$0] == nil })
    }

    /// What a row is called in a page: its number, from 1, and its own columns.
    ///
    /// - Parameters:
    ///   - number: its number in the data, from 0.
    ///   - row: its number in the chunk, from 0.
    func rowName(_ number: Int, in chunk: Table, at row: Int) -> String {
        let own = zip(names, names.isEmpty ? [] : values(of: chunk, at: row))
            .map { "\($0) \($1 ?? "–")" }
        return (["row \(number + 1)"] + own).joined(separator: ", ")
    }

    /// The values of a row.
    func values(of chunk: Table, at row: Int) -> [String?] {
        names.map { name in
            switch chunk[name]?.values {
            case .numeric(let numbers):
                numbers[row].isNaN
                    ? nil : Int64(exactly: numbers[row]).map { "\($0)" } ?? "\(numbers[row])"
            case .categorical(let codes, let levels): codes[row] < 0 ? nil : levels[Int(codes[row])]
            case .text(let texts): texts[row]
            case nil: nil
            }
        }
    }
}
