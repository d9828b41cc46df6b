public import OddityDatasets
internal import OddityPreprocessing

/// What some columns of newer data hold, in which their mix has changed; what is normal given these has not.
///
///     var mix = try ColumnMix(of: ["plant", "product"], for: detector)
///     for chunk in chunks { mix.add(chunk) }
///     let weights = try detector.recalibrate(to: mix, source: "march.csv")
public struct ColumnMix: Sendable {
    /// The names of the columns.
    public let columns: [String]
    /// How many rows were taken.
    public private(set) var rowCount = 0
    private let cells: [ColumnCells]
    /// By column and byte of ``HeldOutRows``.
    private var counts: [[Int]]
    /// By column how many rows hold what training never had.
    private var unseen: [Int]

    /// Cells of fewer held-out rows are joined with others.
    private static let leastCount = 5.0
    /// A larger share of values that training never had cannot be weighed.
    private static let largestUnseenShare = 0.05

    /// - Parameters:
    ///   - columns: numbers or categories that the detector looks at.
    ///   - detector: whose held-out rows are to be weighed.
    /// - Throws: ``DetectorError`` for a name that is not one of its columns, or one of times.
    public init(of columns: [String], for detector: FittedTableDetector) throws {
        self.columns = columns
        cells = try columns.map { name in
            guard let column = detector.preparer.columns.first(where: { $0.name == name }) else {
                let names = detector.preparer.columns.map(\.name)
                throw DetectorError.cannotWeigh(
                    "the model has no column \(nameWithNearMatches(name, in: names)); its columns are "
                        + listedNames(names)
                )
            }
            guard let cells = ColumnCells(column) else {
                throw DetectorError.cannotWeigh(
                    "the model does not know how \(quoted(name)) is distributed; name a column of numbers or categories"
                )
            }
            return cells
        }
        counts = columns.map { _ in [Int](repeating: 0, count: 256) }
        unseen = columns.map { _ in 0 }
    }

    /// Takes the rows of a table.
    ///
    /// - Parameters:
    ///   - table: newer rows, with the columns of the mix.
    ///   - isLeftOut: whether a row does not count, as one that is known to be an anomaly.
    public mutating func add(_ table: Table, isLeftOut: (Int) -> Bool = { _ in false }) {
        let rows = (0..<table.rowCount).filter { !isLeftOut($0) }
        rowCount += rows.count
        for (place, column) in cells.enumerated() {
            guard let source = table[column.name],
                let found = column.cells(of: source, rows: rows)
            else { continue }
            for cell in found {
                if cell == column.count - 1 { unseen[place] += 1 }
                counts[place][Int(HeldOutRows.code(cell))] += 1
            }
        }
    }

    /// The weights of held-out rows.
    ///
    /// - Throws: ``DetectorError/cannotWeigh(_:)``.
    func weights(
        of rows: HeldOutRows,
        places: [Int],
        multiplicities: [Double]
    ) throws -> MixWeights {
        var groups: [[Int?]] = []
        var shares: [[Double]] = []
        for (index, column) in cells.enumerated() {
            try check(unseen[index], of: column.name)
            let held = rows.cells(ofColumn: places[index])
            let grouping = Self.grouping(
                of: held,
                multiplicities,
                areOrdered: column.areOrdered,
                beyond: Int(HeldOutRows.code(column.count - 1))
            )
            var found = [Double](repeating: 0, count: (grouping.compactMap { $0 }.max() ?? -1) + 1)
            var lost = 0
            for (code, count) in counts[index].enumerated() {
                if let group = grouping[code] {
                    found[group] += Double(count)
                } else {
                    lost += count
                }
            }
            try check(lost, of: column.name)
            let total = found.reduce(0, +)
            guard total > 0 else {
                throw DetectorError.cannotWeigh(
                    "no newer row has a value of \(quoted(column.name))"
                )
            }
            groups.append(held.map { grouping[Int($0)] })
            shares.append(found.map { $0 / total })
        }
        guard
            let weights = MixWeights(groups: groups, shares: shares, multiplicities: multiplicities)
        else {
            throw DetectorError.cannotWeigh(
                "no weights of the held-out rows give the mix of the newer rows in \(listedNames(columns)) "
                    + "together; name fewer columns, or recalibrate on newer normal rows"
            )
        }
        return weights
    }

    private func check(_ count: Int, of column: String) throws {
        let share = Double(count) / Double(max(rowCount, 1))
        guard share > Self.largestUnseenShare else { return }
        throw DetectorError.cannotWeigh(
            "\(Int((share * 100).rounded())) % of the newer rows hold what training never had in \(quoted(column)), which no "
                + "held-out row can stand for; recalibrate on newer normal rows, or fit again"
        )
    }

    /// The group of each byte; nil for what no held-out row holds.
    ///
    /// Cells of few rows join the next ones of numbers, and one
    /// another of categories; numbers beyond the training join the last.
    private static func grouping(
        of held: [UInt8],
        _ multiplicities: [Double],
        areOrdered: Bool,
        beyond: Int
    ) -> [Int?] {
        var sums = [Double](repeating: 0, count: 256)
        for (cell, count) in zip(held, multiplicities) { sums[Int(cell)] += count }
        var groups = [Int?](repeating: nil, count: 256)
        var next = 0
        if areOrdered {
            var sum = 0.0
            for code in 0...min(beyond, 254) {
                groups[code] = next
                sum += sums[code]
                if sum >= leastCount { (next, sum) = (next + 1, 0) }
            }
            // What is left is too little for a group of its own.
            for code in groups.indices where next > 0 && groups[code] == next {
                groups[code] = next - 1
            }
            next = max(next, 1)
        } else {
            let codes = sums.indices.dropLast().filter { sums[$0] > 0 }
            for code in codes where sums[code] >= leastCount {
                (groups[code], next) = (next, next + 1)
            }
            let rare = codes.filter { sums[$0] < leastCount }
            for code in rare { groups[code] = next }
            if !rare.isEmpty { next += 1 }
        }
        let missing = Int(HeldOutRows.missing)
        if sums[missing] > 0 { groups[missing] = next }
        return groups
    }
}
