internal import OddityDatasets
internal import OddityPreprocessing

/// The cells that the values of a column are counted in: those of its distribution in training.
struct ColumnCells: Sendable {
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
    /// The number of cells; the last is beyond all of training.
    let count: Int
    /// The cell of each level.
    private let places: [String: Int]

    /// Nil for a column of which too little is known: of an older model, or without any value.
    init?(_ column: PreparedColumn) {
        name = column.name
        switch column.encoder {
        case .numeric(let encoder):
            guard let distribution = encoder.distribution else { return nil }
            reference = .numbers(distribution)
            missingShare = encoder.missingShare
            places = [:]
            count = distribution.values.count + 1
        case .categorical(let encoder):
            guard !encoder.levels.isEmpty else { return nil }
            reference = .levels(encoder.levels, shares: encoder.shares)
            missingShare = encoder.missingIsLevel ? encoder.shares.last ?? 0 : 0
            places = Dictionary(
                uniqueKeysWithValues: encoder.levels.enumerated().map { ($1, $0) }
            )
            count = encoder.levels.count + 1
        case .calendar: return nil
        }
    }

    /// Whether neighboring cells hold values that are alike.
    var areOrdered: Bool {
        if case .numbers = reference { true } else { false }
    }

    /// The cells of some rows, nil for those without a value; nil for a column of another kind.
    func cells(of column: Column, rows: some Sequence<Int>) -> [Int?]? {
        switch (reference, column.values) {
        case (.numbers(let distribution), .numeric(let values)):
            let ends = distribution.values
            return rows.map { row in
                let value = values[row]
                guard !value.isNaN else { return nil }
                var cell = 0
                while cell < ends.count, value > ends[cell] { cell += 1 }
                return cell
            }
        case (.levels(let levels, _), .categorical(let codes, let names)):
            let cells = names.map { places[$0] ?? levels.count }
            return rows.map { codes[$0] < 0 ? nil : cells[Int(codes[$0])] }
        default: return nil
        }
    }
}
