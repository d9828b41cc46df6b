package import OddityDatasets
package import OddityFailures
internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing

/// The memory that a training may take, and the rows of a table that it has room for.
///
/// Where all rows do not fit, a sample of them is learned from, drawn at random, so that a table may be larger than memory.
package struct MemoryBudget {
    private let byteCount: Int
    /// Whether somebody asked for it.
    private let isAsked: Bool

    /// A network learns nothing from fewer rows.
    private static let leastRowCount = 20
    /// What a program takes besides the rows.
    private static let overhead = 64 << 20

    /// - Parameter asked: The bytes that may be used; nil for half of what is free.
    package init(_ asked: Int?) {
        byteCount = asked ?? (AvailableMemory.byteCount ?? .max) / 2
        isAsked = asked != nil
    }

    /// The bytes that a row takes while networks are trained on it, at most: as it was read, as features, and as what is
    /// held out, measured on tables of 30 columns (`scripts/research/evaluate_memory.py`).
    private static func byteCount(ofRowIn summary: TableSummary) -> Int {
        zip(summary.schema.columns, summary.statistics).reduce(128) { sum, pair in
            let (column, seen) = pair
            switch column.kind {
            case .numeric: return sum + 28
            case .categorical:
                return sum + 4 + 16 * min(seen.distinctCount, CategoricalEncoding.featureLimit)
            case .time: return sum + 112
            case .ignored: return sum
            }
        }
    }

    /// How many rows there is room for, and what all of them would take.
    private func room(for summary: TableSummary) -> (rowCount: Int, byteCount: Int) {
        let each = Self.byteCount(ofRowIn: summary)
        let own = byteCount - min(Self.overhead, byteCount / 4)
        return (own / each, summary.rowCount.multipliedReportingOverflow(by: each).partialValue)
    }

    /// Reads the rows to learn from.
    ///
    /// - Parameters:
    ///   - source: The rows.
    ///   - summary: What was found in them.
    ///   - keeping: columns to keep as text besides.
    ///   - copying: columns to keep for the rows that are judged; where there is no room for all rows, those are read
    ///     again, and get them then.
    ///   - seed: What the draw depends on.
    ///   - judgesAll: whether all rows are judged in the end.
    /// - Returns: the rows, and a line for a person where they are not all.
    /// - Throws: ``MemoryError`` where there is no room for any worth learning from; what reading throws.
    package func rows(
        of source: any TableSource,
        _ summary: TableSummary,
        keeping: Set<String> = [],
        copying: Set<String> = [],
        seed: UInt64,
        judgesAll: Bool = false
    ) throws -> (sample: TableSample, note: String?) {
        let room = room(for: summary)
        let holdsAll = room.rowCount >= summary.rowCount
        try source.select(summary.schema, keeping: keeping.union(copying))
        if !holdsAll { try source.select(summary.schema, keeping: keeping) }
        guard !holdsAll else {
            return (TableSample(try source.readAll()), nil)
        }
        guard room.rowCount >= Self.leastRowCount else {
            throw MemoryError(
                description:
                    "\(AvailableMemory.text(byteCount)) of memory hold \(counted(room.rowCount, "row")) of these"
                    + " columns while networks are trained; give more (--memory), or leave columns out (--ignore)"
            )
        }
        var stream = RandomStream(seed: seed, use: .sampling)
        let sample = try source.readSample(
            of: room.rowCount,
            from: summary.rowCount,
            using: &stream
        )
        let note = FitReport.line(
            "memory",
            "\(counted(summary.rowCount, "row")) would take about \(AvailableMemory.text(room.byteCount)), and "
                + "\(AvailableMemory.text(byteCount)) may be used: \(grouped(sample.rows.rowCount)) of them, drawn at random, are learned from"
                + (judgesAll ? ", and all are judged" : "")
                + (isAsked ? "" : " (--memory)")
        )
        return (sample, note)
    }

    /// The numbers that a step of a series becomes.
    ///
    /// - Parameter summary: What was found in its rows, without the columns of times and entities.
    package static func stepFeatureCount(_ summary: TableSummary) -> Int {
        zip(summary.schema.columns, summary.statistics).reduce(0) { sum, pair in
            switch pair.0.kind {
            case .numeric: sum + 1
            case .categorical: sum + min(pair.1.distinctCount, CategoricalEncoding.featureLimit)
            case .time, .ignored: sum
            }
        }
    }

    /// The bytes that steps of a series take while it is learned from: as they were read, as features, scaled, and as
    /// what is held out, measured on arrays of 1 and 8 channels.
    private static func byteCount(ofSteps count: Int, featureCount: Int) -> Int {
        let (product, isBeyond) = count.multipliedReportingOverflow(by: 128 + 80 * featureCount)
        return isBeyond ? Int.max : product
    }

    /// How many steps of a series are learned from: all, or the latest that there is room for.
    ///
    /// - Parameters:
    ///   - count: The number of steps.
    ///   - featureCount: The numbers of each.
    ///   - endsWithLatest: whether the last rows are the latest; where nobody knows, all are learned from.
    /// - Returns: the number, and a line for a person where it is not all of them.
    /// - Throws: ``MemoryError`` with the figures where there is no room for any worth learning from, or not for all
    ///   that were to be learned from.
    package func latestSteps(
        of count: Int,
        featureCount: Int,
        endsWithLatest: Bool = true
    ) throws -> (count: Int, note: String?) {
        guard endsWithLatest else {
            try Self.checkSteps(count, featureCount: featureCount)
            return (count, nil)
        }
        let needed = Self.byteCount(ofSteps: count, featureCount: featureCount)
        let own = byteCount - min(Self.overhead, byteCount / 4)
        guard needed > own else { return (count, nil) }
        let room = own / Self.byteCount(ofSteps: 1, featureCount: featureCount)
        guard room >= Self.leastRowCount else {
            throw MemoryError(
                description:
                    "\(AvailableMemory.text(byteCount)) of memory hold \(counted(room, "row")) of this series while"
                    + " networks are trained; give more (--memory), or leave columns out (--ignore)"
            )
        }
        let note = FitReport.line(
            "memory",
            "a series of \(counted(count, "row")) would take about \(AvailableMemory.text(needed)), and "
                + "\(AvailableMemory.text(byteCount)) may be used: the latest \(grouped(room)) are learned from"
                + (isAsked ? "" : " (--memory)")
        )
        return (room, note)
    }

    /// Refuses so many steps of so many numbers.
    ///
    /// - Throws: ``MemoryError`` with the figures.
    private static func checkSteps(_ count: Int, featureCount: Int) throws {
        let needed = byteCount(ofSteps: count, featureCount: featureCount)
        guard let available = AvailableMemory.byteCount, needed > available else { return }
        throw MemoryError(
            description:
                "a series of \(counted(count, "row")) takes about \(AvailableMemory.text(needed)) of memory while it is"
                + " learned from, and \(AvailableMemory.text(available)) are free; give fewer rows, or the rows of one series"
                + " by time, of which the latest are learned from"
        )
    }
}

/// That rows take more memory than there is.
package struct MemoryError: Failure {
    package let description: String
    package var blame: Blame { .data }
}
