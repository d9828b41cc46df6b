internal import OddityDatasets
internal import OddityPreprocessing

/// How the values of one column are distributed in new data, in the cells of the training's distribution.
struct ColumnCounts: Sendable {
    private let cells: ColumnCells
    /// By cell; the last is beyond all of training.
    private(set) var counts: [Int]
    /// Numbers below the least of training; they are in the first cell too.
    private(set) var belowCount = 0
    private(set) var missingCount = 0
    private(set) var rowCount = 0

    /// Nil for a column of which too little is known: of an older model, or without any value.
    init?(_ column: PreparedColumn) {
        guard let cells = ColumnCells(column) else { return nil }
        self.cells = cells
        counts = [Int](repeating: 0, count: cells.count)
    }

    var name: String { cells.name }
    private var missingShare: Double { cells.missingShare }

    /// Counts the values of some rows.
    mutating func add(_ column: Column, rows: [Int]) {
        guard let found = cells.cells(of: column, rows: rows) else { return }
        for cell in found {
            if let cell { counts[cell] += 1 } else { missingCount += 1 }
        }
        if case .numbers(let distribution) = cells.reference,
            case .numeric(let values) = column.values
        {
            belowCount += rows.count { values[$0] < distribution.values[0] }
        }
        rowCount += rows.count
    }

    /// How the column has moved the most; nil where it holds what it held in training.
    ///
    /// - Parameters:
    ///   - trainingCount: the rows of the training.
    ///   - independence: the share of rows that count, where rows follow one another.
    ///   - level: the probability of chance up to which a difference is one.
    func shift(trainingCount: Int, independence: Double, level: Double) -> ColumnShift? {
        let old = Double(trainingCount) * independence
        let new = Double(rowCount) * independence
        let present = Double(rowCount - missingCount) * independence
        guard old > 0, new > 0 else { return nil }
        var found: [ColumnShift] = []
        let missing = Double(missingCount) / Double(rowCount)
        if ShiftStatistics.shares(missing, of: new, missingShare, of: old) < level {
            found.append(ColumnShift(name, .missing, share: missing, trainingShare: missingShare))
        }
        if present > 0 { found += moved(old: old * (1 - missingShare), new: present, level: level) }
        return found.max { $0.distance < $1.distance }
    }

    private func moved(old: Double, new: Double, level: Double) -> [ColumnShift] {
        guard old > 0 else { return [] }
        let total = Double(rowCount - missingCount)
        switch cells.reference {
        case .numbers(let distribution):
            var below = 0
            var largest: ColumnShift?
            for (place, value) in distribution.values.enumerated() {
                below += counts[place]
                let share = 1 - Double(below) / total
                let before = 1 - distribution.shares[place]
                let shift = ColumnShift(
                    name,
                    place == distribution.values.count - 1 ? .aboveAll(value) : .above(value),
                    share: share,
                    trainingShare: before
                )
                if shift.distance > largest?.distance ?? 0 { largest = shift }
            }
            let lower = Double(belowCount) / total
            if lower > largest?.distance ?? 0 {
                largest = ColumnShift(
                    name,
                    .belowAll(distribution.values[0]),
                    share: lower,
                    trainingShare: 0
                )
            }
            guard let largest,
                ShiftStatistics.kolmogorov(
                    distance: largest.distance,
                    effectiveCount: old * new / (old + new)
                ) < level
            else { return [] }
            return [largest]
        case .levels(let levels, let shares):
            let present = shares.prefix(levels.count).reduce(0, +)
            return counts.enumerated().compactMap { place, count in
                let share = Double(count) / total
                let isUnseen = place == levels.count
                let before = isUnseen || present == 0 ? 0 : shares[place] / present
                let chance = ShiftStatistics.shares(share, of: new, before, of: old)
                guard chance * Double(counts.count) < level else { return nil }
                return ColumnShift(
                    name,
                    isUnseen ? .unseen : .level(levels[place]),
                    share: share,
                    trainingShare: before
                )
            }
        }
    }
}
