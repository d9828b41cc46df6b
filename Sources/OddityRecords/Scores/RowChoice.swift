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
    /// A row must have a score above this to be among the oddest.
    private var floor = -Double.infinity

    package init(onlyAnomalies: Bool = false, limit: Int? = nil, isSorting: Bool = false) {
        self.onlyAnomalies = onlyAnomalies
        self.limit = limit
        self.isSorting = isSorting
    }

    /// Whether a row with this score may be among those that are written.
    package func mayTake(_ score: Double) -> Bool { limit == nil || score > floor }

    /// The row, if it is to be written now.
    ///
    /// - Complexity: O(log limit) on the mean where rows are limited: those that are too many are left out together.
    package mutating func taken(_ line: ScoredLine) -> ScoredLine? {
        if onlyAnomalies, !line.isAnomaly { return nil }
        guard isSorting || limit != nil else { return line }
        guard let limit else {
            oddest.append(line)
            return nil
        }
        guard let score = line.score?.score, mayTake(score) else { return nil }
        oddest.append(line)
        if oddest.count >= max(2 * limit, 64) {
            oddest = rest
            floor = limit == 0 ? .infinity : oddest.last?.score?.score ?? floor
        }
        return nil
    }

    /// The rows that are written at the end.
    package var rest: [ScoredLine] {
        // Rows of one score keep their order, and those without one come last.
        func score(_ line: ScoredLine) -> Double { line.score?.score ?? -.infinity }
        let sorted = oddest.enumerated().sorted { left, right in
            let (one, other) = (score(left.element), score(right.element))
            return one == other ? left.offset < right.offset : one > other
        }.map(\.element)
        return limit.map { Array(sorted.prefix($0)) } ?? sorted
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
