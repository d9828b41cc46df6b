package import OddityDatasets
internal import OddityDetectors

/// Which scored rows are written.
package struct RowChoice {
    package var onlyAnomalies = false
    /// So many of the oddest are written, at the end; nil for all, as they come.
    package var limit: Int?
    /// Whether all are written at the end, the oddest first.
    package var isSorting = false
    private var oddest: [ScoredLine] = []

    package init(onlyAnomalies: Bool = false, limit: Int? = nil, isSorting: Bool = false) {
        self.onlyAnomalies = onlyAnomalies
        self.limit = limit
        self.isSorting = isSorting
    }

    /// The row, if it is to be written now.
    package mutating func taken(_ line: ScoredLine) -> ScoredLine? {
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
    package var rest: [ScoredLine] {
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
package struct KeptColumns {
    package let names: [String]

    package init(names: [String]) { self.names = names }

    /// Those that are not used, which are read as text.
    package func texts(beside schema: Schema) -> Set<String> {
        Set(names).subtracting(schema.usedColumns.map(\.name))
    }

    /// What a row is called in a page: its number, from 1, and its own columns.
    ///
    /// - Parameters:
    ///   - number: its number in the data, from 0.
    ///   - row: its number in the chunk, from 0.
    package func rowName(_ number: Int, in chunk: Table, at row: Int) -> String {
        let own = zip(names, names.isEmpty ? [] : values(of: chunk, at: row))
            .map { "\($0) \($1 ?? "–")" }
        return (["row \(number + 1)"] + own).joined(separator: ", ")
    }

    /// The values of a row.
    package func values(of chunk: Table, at row: Int) -> [String?] {
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
