public import OddityDatasets
internal import OdditySeries

/// Compares the rows of a stream with those of the training, stretch by stretch, and tells of a shift once.
///
///     var watch = ShiftWatch(detector)
///     for try await chunk in chunks {
///         let verdicts = …
///         if let shift = watch.add(chunk, verdicts) { … }
///     }
///
/// A stretch is at first ``firstStretch`` rows or 20 windows, and twice as many each time, up to 64 times as many. Each look is allowed
/// a smaller chance of being wrong, 6 / (πk)² of ``Shift/chance`` for the k-th, so that over all looks at a stream like the
/// training there is a note in less than 1 of 100 cases. Columns are a reason by themselves only where they hold what the training
/// never had: a stretch is short, and what is normal may depend on the hour.
public struct ShiftWatch: Sendable {
    /// The least rows of the first stretch, 500.
    public static let firstStretch = 500
    private static let windowsInStretch = 20
    private static let mostStretches = 64

    private let fresh: ShiftMonitor
    private let shortest: Int
    private var monitor: ShiftMonitor
    private var length: Int
    private var lookCount = 0
    /// Whether a shift was told, after which there is silence.
    public private(set) var hasTold: Bool

    /// Watches the steps of series.
    ///
    /// - Parameters:
    ///   - detector: what judges the steps.
    ///   - hasTold: whether a shift was told before, by another run over the same stream.
    public init(_ detector: FittedSeriesDetector, hasTold: Bool = false) {
        self.init(
            ShiftMonitor(detector),
            stretch: max(
                ShiftWatch.firstStretch,
                ShiftWatch.windowsInStretch * detector.window.steps
            ),
            hasTold: hasTold
        )
    }

    init(_ monitor: ShiftMonitor, stretch: Int, hasTold: Bool = false) {
        fresh = monitor
        self.monitor = monitor
        shortest = stretch
        length = stretch
        self.hasTold = hasTold
    }

    /// Takes rows.
    ///
    /// - Parameters:
    ///   - table: the rows, with the columns of the training.
    ///   - verdicts: what is said of each; nil for one without a score.
    /// - Returns: what differs, where a stretch is full and a person should know; never twice.
    public mutating func add(_ table: Table, _ verdicts: [Verdict?]) -> Shift? {
        guard !hasTold else { return nil }
        monitor.add(table, verdicts)
        guard monitor.rowCount >= length else { return nil }
        return look()
    }

    /// What differs in the rows since the last look, at the end of a stream.
    public mutating func finish() -> Shift? { hasTold ? nil : look() }

    private mutating func look() -> Shift? {
        lookCount += 1
        let share = 6 / (.pi * Double(lookCount) * .pi * Double(lookCount))
        let found = monitor.shift(chance: Shift.chance * share).ofStretch
        monitor = fresh
        length = min(length * 2, shortest * ShiftWatch.mostStretches)
        hasTold = found.isNoteworthy
        return hasTold ? found : nil
    }
}

extension Shift {
    /// What counts of a stretch: columns by themselves only where they hold what the training never had.
    fileprivate var ofStretch: Shift {
        guard !flagsTooMany else { return self }
        return Shift(
            count: count,
            flaggedShare: flaggedShare,
            expectedShare: expectedShare,
            flagsTooMany: false,
            risen: risen,
            columns: columns.filter(\.isNew)
        )
    }
}

extension ColumnShift {
    /// Whether it is of values that the training never had.
    fileprivate var isNew: Bool {
        switch kind {
        case .aboveAll, .belowAll, .unseen: true
        case .missing: trainingShare == 0
        case .above, .level: false
        }
    }
}
