public import OddityDatasets
internal import OddityPreprocessing
internal import OdditySeries

/// Compares data, as they are scored, with those of the training.
///
///     var monitor = ShiftMonitor(detector)
///     for chunk in chunks {
///         let verdicts = try detector.verdicts(of: chunk)
///         monitor.add(chunk, verdicts)
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
    private let rule: DecisionRule
    private var count = 0
    private var flaggedCount = 0
    /// How many p-values are at most each of ``levels``.
    private var lowCounts = [Int](repeating: 0, count: ShiftMonitor.levels.count)

    /// By how much the odds of a low p-value must have grown to be worth a word: those of small tables are off by twice.
    private static let leastOdds = 3.0
    /// Where the p-values are compared with those of the held-out data.
    static let levels = [0.02, 0.05, 0.1, 0.2, 0.5]

    /// Compares rows of tables.
    public init(_ detector: FittedTableDetector) {
        self.init(detector, columns: detector.preparer.columns, independence: 1)
    }

    /// Compares steps of series; those of a window count as one, and columns whose level is expected to move are left out.
    public init(_ detector: FittedSeriesDetector) {
        let moving = Set(detector.trendColumns + (detector.season?.columns ?? []))
        self.init(
            detector,
            columns: detector.preparer.columns.filter { !moving.contains($0.name) },
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
        let columns = columns.filter { column in
            // Columns tell nothing new where scores are measured against data that came later; where held-out rows are
            // weighed, those by which they are.
            detector.recalibration.map {
                !$0.mixedColumns.isEmpty && !$0.mixedColumns.contains(column.name)
            } ?? true
        }
        self.init(
            columns: columns,
            trainingCount: detector.provenance.trainingCount,
            heldOutCount: detector.heldOut.count,
            expectedShare: expectedShare,
            independence: independence,
            rule: rule
        )
    }

    init(
        columns: [PreparedColumn],
        trainingCount: Int,
        heldOutCount: Int,
        expectedShare: Double,
        independence: Double,
        rule: DecisionRule = Decision.standard.rule
    ) {
        self.rule = rule
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
    ///   - verdicts: what is said of each; nil for one without a score.
    ///   - isLeftOut: whether a row does not count, as one that is known to be an anomaly.
    public mutating func add(
        _ table: Table,
        _ verdicts: [Verdict?],
        isLeftOut: (Int) -> Bool = { _ in false }
    ) {
        let rows = verdicts.indices.filter { verdicts[$0] != nil && !isLeftOut($0) }
        for row in rows {
            guard let verdict = verdicts[row] else { continue }
            count(verdict.score, isAnomaly: verdict.isAnomaly)
        }
        for place in columns.indices {
            guard let column = table[columns[place].name] else { continue }
            columns[place].add(column, rows: rows)
        }
    }

    /// Takes the scores of images.
    public mutating func add(_ scores: [RowScore]) {
        for score in scores { count(score, isAnomaly: rule.isAnomaly(score)) }
    }

    private mutating func count(_ score: RowScore, isAnomaly: Bool) {
        count += 1
        if isAnomaly { flaggedCount += 1 }
        for place in Self.levels.indices.reversed() {
            guard score.pValue <= Self.levels[place] else { return }
            lowCounts[place] += 1
        }
    }

    /// How many rows, images or steps with a score were taken.
    var rowCount: Int { count }

    /// What was found so far.
    public var shift: Shift { shift(chance: Shift.chance, tellsMuchMore: true) }

    /// What was found so far, where each of the two questions may be answered wrongly with a probability.
    ///
    /// - Parameter tellsMuchMore: whether steps of series that are flagged five times as often as asked, and for three windows or
    ///   more, are too many by themselves: few windows leave the probability little to go by.
    func shift(chance allowed: Double, tellsMuchMore: Bool = false) -> Shift {
        let share = count > 0 ? Double(flaggedCount) / Double(count) : 0
        // What rows share with their neighbors counts once.
        func thinned(_ count: Int) -> Int { Int((Double(count) * independence).rounded()) }
        let heldOut = max(thinned(heldOutCount), 1)
        /// How probable so many are by chance, where a share of the held-out data is expected.
        func chance(of found: Int, expecting share: Double) -> Double {
            ShiftStatistics.exceedance(
                flaggedCount: thinned(found),
                of: thinned(count),
                heldOutAbove: Int((share * Double(heldOut + 1)).rounded(.down)),
                of: heldOut
            )
        }
        let flaggedChance = chance(of: flaggedCount, expecting: expectedShare)
        let risen = Self.levels.indices.compactMap { place -> (Shift.Risen, chance: Double)? in
            let level = Self.levels[place]
            let share = Double(lowCounts[place]) / Double(max(count, 1))
            let chance = chance(of: lowCounts[place], expecting: level)
            guard share * (1 - level) > Self.leastOdds * level * (1 - share),
                chance < allowed / Double(Self.levels.count)
            else {
                return nil
            }
            return (Shift.Risen(share: share, heldOutShare: level), chance)
        }.min { $0.chance < $1.chance }
        let isMuchMore =
            tellsMuchMore && independence < 1 && share >= max(0.05, 5 * expectedShare)
            && Double(flaggedCount) * independence >= 3
        let level = allowed / Double(max(columns.count, 1))
        return Shift(
            count: count,
            flaggedShare: share,
            expectedShare: expectedShare,
            flagsTooMany: share > 1.5 * expectedShare && flaggedChance < allowed || isMuchMore,
            risen: risen?.0,
            columns: columns.compactMap {
                $0.shift(trainingCount: trainingCount, independence: independence, level: level)
            }.sorted { $0.distance > $1.distance }
        )
    }
}
