internal import OddityDatasets
internal import OddityLinearAlgebra

/// Series with changes planted in their rows, and the rows that a network is to tell apart.
///
/// Values of other rows are real ones of their columns, so that only how columns follow the past and each other is
/// broken. What was changed is compared with the rows just before it, so that what a change leaves behind in the memory
/// of a network does not count for it.
struct PlantedSeries: Sendable {
    /// What is changed.
    enum Change: Sendable, Equatable {
        /// In one row a column has the value of another row.
        case value
        /// In so many rows a column has the values of rows that follow one another elsewhere.
        case stretch(Int)
        /// In so many rows every number has normal noise of so many standard deviations of its column.
        case noise(Int, deviations: Double)

        /// The rows that are changed one after another.
        var length: Int {
            switch self {
            case .value: 1
            case .stretch(let length), .noise(let length, _): length
            }
        }
    }

    /// The rows, with changes.
    let table: Table
    /// Which rows were changed, ascending.
    let changed: [Int]
    /// As many rows as they are compared with.
    let unchanged: [Int]

    /// The changes.
    static let changes: [Change] = [.value, .stretch(8), .noise(8, deviations: 0.1)]
    /// From the beginning of a change to that of the next.
    private static let period = 32
    /// Short series are changed at several places in turn, until so many rows were looked at.
    private static let rowCount = 4_096

    /// Plants changes in the rows of series.
    ///
    /// - Parameters:
    ///   - change: what is changed.
    ///   - table: the rows by time.
    ///   - names: the columns that may be changed.
    ///   - stream: what is drawn from.
    /// - Returns: as many copies as it takes to look at enough rows.
    static func planted(
        _ change: Change,
        in table: Table,
        columns names: Set<String>,
        using stream: inout RandomStream
    ) -> [PlantedSeries] {
        let count = min(max(rowCount / max(table.rowCount, 1), 1), 8)
        return (0..<count).map { index in
            PlantedSeries(
                change,
                in: table,
                columns: names,
                offset: period * index / count,
                using: &stream
            )
        }
    }

    private init(
        _ change: Change,
        in table: Table,
        columns names: Set<String>,
        offset: Int,
        using stream: inout RandomStream
    ) {
        var columns = table.columns
        let places = columns.indices.filter { names.contains(columns[$0].name) }
        let numbers = places.filter { columns[$0].numbers != nil }
        let deviations = numbers.map { columns[$0].numbers?.standardDeviation ?? 0 }
        var (changed, unchanged): ([Int], [Int]) = ([], [])
        let length = change.length
        let starts = stride(
            from: offset + PlantedSeries.period - length,
            through: table.rowCount - length,
            by: PlantedSeries.period
        )
        for start in starts {
            switch change {
            case .value, .stretch:
                guard !places.isEmpty else { continue }
                let place = places[stream.integer(below: places.count)]
                let donor = stream.integer(below: table.rowCount - length + 1)
                for row in 0..<length {
                    columns[place].copyValue(
                        from: table.columns[place],
                        at: donor + row,
                        to: start + row
                    )
                }
            case .noise(_, let share):
                guard !numbers.isEmpty else { continue }
                var noise = [Float](repeating: 0, count: length * numbers.count)
                noise.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
                for (index, place) in numbers.enumerated() {
                    for row in 0..<length {
                        columns[place].add(
                            share * deviations[index] * Double(noise[index * length + row]),
                            at: start + row
                        )
                    }
                }
            }
            changed += start..<start + length
            unchanged += start - length..<start
        }
        self.table = Table(
            schema: table.schema,
            rowCount: table.rowCount,
            firstRow: table.firstRow,
            columns: columns
        )
        (self.changed, self.unchanged) = (changed, unchanged)
    }
}

extension Column {
    /// Takes over a value of a column of the same kind and levels.
    fileprivate mutating func copyValue(from source: Column, at donor: Int, to row: Int) {
        switch (values, source.values) {
        case (.numeric(var numbers), .numeric(let others)):
            values = .text([])
            numbers[row] = others[donor]
            values = .numeric(numbers)
        case (.categorical(var codes, let levels), .categorical(let others, _)):
            values = .text([])
            codes[row] = others[donor]
            values = .categorical(codes: codes, levels: levels)
        default: break
        }
    }

    fileprivate mutating func add(_ change: Double, at row: Int) {
        guard case .numeric(var numbers) = values else { return }
        values = .text([])
        numbers[row] += change
        values = .numeric(numbers)
    }
}

extension [Double] {
    /// Of those that are no missing values; 0 of none.
    fileprivate var standardDeviation: Double {
        var (count, mean, squares) = (0.0, 0.0, 0.0)
        for value in self where value.isFinite {
            count += 1
            let step = value - mean
            mean += step / count
            squares += step * (value - mean)
        }
        return count == 0 ? 0 : (squares / count).squareRoot()
    }
}
