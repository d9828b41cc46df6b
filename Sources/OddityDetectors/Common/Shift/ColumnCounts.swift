internal import OddityDatasets
internal import OddityPreprocessing

/// How the values of one column are distributed in new data, in the cells of the training's distribution.
struct ColumnCounts: Sendable {
    /// What the column is compared with.
    enum Reference: Sendable {
        /// Numbers: the cells end at the values of the distribution.
        case numbers(ValueDistribution)
        /// Categories: a cell for each level, with its share in training, and one for levels that training never saw.
        case levels([String], shares: [Double])
    }

    let name: String
    let reference: Reference
    /// The share of training rows without a value.
    let missingShare: Double
    /// The cell of each level.
    private let places: [String: Int]
    /// By cell; the last is beyond all of training.
    private(set) var counts: [Int]
    /// Numbers below the least of training; they are in the first cell too.
    private(set) var belowCount = 0
    private(set) var missingCount = 0
    private(set) var rowCount = 0

    /// Nil for a column of which too little is known: of an older model, or without any value.
    init?(_ column: PreparedColumn) {
        name = column.name
        switch column.encoder {
        case .numeric(let encoder):
            guard let distribution = encoder.distribution else { return nil }
            reference = .numbers(distribution)
            missingShare = encoder.missingShare
            places = [:]
            counts = [Int](repeating: 0, count: distribution.values.count + 1)
        case .categorical(let encoder):
            guard !encoder.levels.isEmpty else { return nil }
            reference = .levels(encoder.levels, shares: encoder.shares)
            missingShare = encoder.missingIsLevel ? encoder.shares.last ?? 0 : 0
            places = Dictionary(
                uniqueKeysWithValues: encoder.levels.enumerated().map { ($1, $0) }
            )
            counts = [Int](repeating: 0, count: encoder.levels.count + 1)
        case .calendar: return nil
        }
    }

    /// Counts the values of some rows.
    mutating func add(_ column: Column, rows: [Int]) {
        switch (reference, column.values) {
        case (.numbers(let distribution), .numeric(let values)):
            let ends = distribution.values
            for row in rows {
                let value = values[row]
                guard !value.isNaN else {
                    missingCount += 1
                    continue
                }
                var cell = 0
                while cell < ends.count, value > ends[cell] { cell += 1 }
                counts[cell] += 1
                if value < ends[0] { belowCount += 1 }
            }
        case (.levels(let levels, _), .categorical(let codes, let names)):
            let cells = names.map { places[$0] ?? levels.count }
            for row in rows {
                if codes[row] < 0 {
                    missingCount += 1
                } else {
                    counts[cells[Int(codes[row])]] += 1
                }
            }
        default: return
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
        switch reference {
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
