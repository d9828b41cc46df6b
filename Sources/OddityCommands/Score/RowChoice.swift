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

    @Flag(help: "Write the oddest rows first; all scores are held in memory until the end.")
    var sort = false

    /// The columns to copy.
    var kept: [String] { ColumnArguments.names(keep) }

    /// The first option that was given, for data without rows.
    var firstGiven: String? {
        let options = [
            ("--keep", !keep.isEmpty), ("--only-anomalies", onlyAnomalies), ("--top", top != nil),
            ("--sort", sort),
        ]
        return options.first { $0.1 }?.0
    }

    func validate() throws {
        guard (1...100_000).contains(top ?? 1) else {
            throw ValidationError("--top takes a count from 1 to 100,000")
        }
        guard top == nil || !sort else {
            throw ValidationError("--top sorts its rows; leave out --sort")
        }
        guard Set(kept).count == kept.count else {
            throw ValidationError("--keep names a column twice")
        }
    }

    /// What to write.
    var choice: RowChoice { RowChoice(onlyAnomalies: onlyAnomalies, limit: top, isSorting: sort) }
}

/// Which scored rows are written.
struct RowChoice {
    var onlyAnomalies = false
    /// So many of the oddest are written, at the end; nil for all, as they come.
    var limit: Int?
    /// Whether all are written at the end, the oddest first.
    var isSorting = false
    private var oddest: [ScoredLine] = []

    init(onlyAnomalies: Bool = false, limit: Int? = nil, isSorting: Bool = false) {
        self.onlyAnomalies = onlyAnomalies
        self.limit = limit
        self.isSorting = isSorting
    }

    /// The row, if it is to be written now.
    mutating func taken(_ line: ScoredLine) -> ScoredLine? {
        if onlyAnomalies, !line.isAnomaly { return nil }
        if isSorting {
            oddest.append(line)
            return nil
        }
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
    var rest: [ScoredLine] {
        guard isSorting else { return oddest }
        // Rows of one score keep their order, and those without one come last.
        func score(_ line: ScoredLine) -> Double { line.score?.score ?? -.infinity }
        return oddest.enumerated().sorted { left, right in
            let (one, other) = (score(left.element), score(right.element))
            return one == other ? left.offset < right.offset : one > other
        }.map(\.element)
    }
}

/// The columns of the data that are copied beside the scores.
struct KeptColumns {
    let names: [String]

    /// Those that the model does not use, which are read as text.
    func texts(beside schema: Schema) -> Set<String> {
        Set(names.filter { schema[$0] == nil })
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
