public import OddityDatasets
internal import OddityPreprocessing
internal import OdditySeries

/// Compares data, as they are scored, with those of the training.
///
///     var monitor = ShiftMonitor(detector)
///     for chunk in chunks {
///         let verdicts = try detector.verdicts(of: chunk)
///         monitor.add(chunk, verdicts.map(\.isAnomaly))
///     }
///     if monitor.shift.isNoteworthy { … }
///
/// On data like those of the training, a shift is noteworthy in less than 1 of 100 cases.
public struct ShiftMonitor: Sendable {
    private var columns: [ColumnCounts]
    private let trainingCount: Int
    private let heldOutCount: Int
    private let expectedShare: Double
    /// The share of rows that count: those of series follow one another.
    private let independence: Double
    private var count = 0
    private var flaggedCount = 0

    /// Compares rows of tables.
    public init(_ detector: FittedTableDetector) {
        self.init(detector, columns: detector.preparer.columns, independence: 1)
    }

    /// Compares steps of series; those of a window count as one.
    public init(_ detector: FittedSeriesDetector) {
        self.init(
            detector,
            columns: detector.preparer.columns,
            independence: 1 / Double(detector.window.steps)
        )
    }

    /// Compares images, by their scores alone.
    public init(_ detector: FittedImageDetector) {
        self.init(detector, columns: [], independence: 1)
    }

    private init(
        _ detector: some FittedDetector,
        columns: [PreparedColumn],
        independence: Double
    ) {
        let rule = detector.decisionRule
        let expectedShare =
            if case .falseAlarmRate(let rate) = rule { rate } else {
                detector.heldOutShare(flaggedBy: rule) ?? 1
            }
        self.init(
            // Columns tell nothing new where scores are measured against data that came later.
            columns: detector.recalibration == nil ? columns : [],
            trainingCount: detector.provenance.trainingCount,
            heldOutCount: detector.heldOut.count,
            expectedShare: expectedShare,
            independence: independence
        )
    }

    init(
        columns: [PreparedColumn],
        trainingCount: Int,
        heldOutCount: Int,
        expectedShare: Double,
        independence: Double
    ) {
        self.columns = columns.compactMap(ColumnCounts.init)
        self.trainingCount = trainingCount
        self.heldOutCount = heldOutCount
        self.expectedShare = expectedShare
        self.independence = independence
    }

    /// Takes rows or steps of a table.
    ///
    /// - Parameters:
    ///   - table: the rows, with the columns of the training.
    ///   - isAnomaly: the verdict of each; nil for one without a score.
    ///   - isLeftOut: whether a row does not count, as one that is known to be an anomaly.
    public mutating func add(
        _ table: Table,
        _ isAnomaly: [Bool?],
        isLeftOut: (Int) -> Bool = { _ in false }
    ) {
        let rows = isAnomaly.indices.filter { isAnomaly[$0] != nil && !isLeftOut($0) }
        add(rows.map { isAnomaly[$0] ?? false })
        for place in columns.indices {
            guard let column = table[columns[place].name] else { continue }
            columns[place].add(column, rows: rows)
        }
    }

    /// Takes the verdicts of rows, images or steps.
    public mutating func add(_ isAnomaly: [Bool]) {
        count += isAnomaly.count
        flaggedCount += isAnomaly.count { $0 }
    }

    /// What was found so far.
    public var shift: Shift {
        let share = count > 0 ? Double(flaggedCount) / Double(count) : 0
        // What rows share with their neighbors counts once.
        func thinned(_ count: Int) -> Int { Int((Double(count) * independence).rounded()) }
        let heldOut = max(thinned(heldOutCount), 1)
        let chance = ShiftStatistics.exceedance(
            flaggedCount: thinned(flaggedCount),
            of: thinned(count),
            heldOutAbove: Int((expectedShare * Double(heldOut + 1)).rounded(.down)),
            of: heldOut
        )
        let level = Shift.chance / Double(max(columns.count, 1))
        return Shift(
            count: count,
            flaggedShare: share,
            expectedShare: expectedShare,
            flagsTooMany: share > 1.5 * expectedShare && chance < Shift.chance,
            columns: columns.compactMap {
                $0.shift(trainingCount: trainingCount, independence: independence, level: level)
            }.sorted { $0.distance > $1.distance }
        )
    }
}
