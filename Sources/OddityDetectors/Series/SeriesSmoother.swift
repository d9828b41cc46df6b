/// Ranks the rows of series by what follows them too: fixed-lag smoothing of their scores.
///
/// A detector looks back, and so hears of a change from the row on at which it begins. Where a row may wait for
/// rows that follow, both sides of it tell. The score of a row becomes one of its own and of those of
/// the next ``delay`` rows of its series: their mean, median or last (``SeriesSmoothing``), by default their mean weighted by
///
///     wᵢ = (1 − 4 / (delay + 4))ⁱ,  i = 0 … delay,
///
/// an exponential average of half the delay, as in fixed-lag smoothing (Anderson and Moore 1979, “Optimal Filtering”,
/// chapter 7). Rows behind a break of the series do not count, nor do rows without a score. What depends on nothing but the
/// order of the rows comes out the same however they are cut into chunks.
///
/// P-values, verdicts and alarms are about a row as it came, and stay as they are.
public struct SeriesSmoother<Item> {
    /// How many rows of its series a row waits for.
    public let delay: Int
    /// How their scores become one.
    public let smoothing: SeriesSmoothing
    /// So many rows wait at most, those of other series among them; of one more the first has waited for long enough.
    public let limit: Int
    private let weights: [Double]

    private struct Waiting {
        let item: Item
        let series: String?
        /// Its own score and those that followed.
        var scores: [Double]
        /// Whether rows may come that count.
        var isOpen: Bool
    }

    private var waiting: [Waiting] = []
    /// Where the first row that waits is, and how many were handed on before those that are kept.
    private var first = 0
    private var handedOn = 0
    /// Of each series the rows that are open, by their numbers among all.
    private var open: [String?: [Int]] = [:]

    /// Nothing waits.
    ///
    /// - Parameters:
    ///   - delay: how many rows of its series a row waits for; 0 leaves all scores as they are.
    ///   - smoothing: how their scores become one.
    ///   - limit: how many rows may wait at a time, at least 1.
    public init(delay: Int, by smoothing: SeriesSmoothing = .weighted, limit: Int = 100_000) {
        precondition(delay >= 0 && limit > 0)
        self.delay = delay
        self.smoothing = smoothing
        self.limit = limit
        let factor = 1 - 4 / Double(delay + 4)
        var weight = 1.0
        weights = (0...delay).map { _ in
            defer { weight *= factor }
            return weight
        }
    }

    /// Takes the next row.
    ///
    /// - Parameters:
    ///   - item: what is handed on with it.
    ///   - row: what a ``SeriesScorer`` says of it; nil for one that could not be read.
    /// - Returns: the rows that need not wait any longer, in the order in which they came, with their scores; nil for
    ///   rows without one.
    public mutating func take(
        _ item: Item,
        _ row: SeriesScore?
    ) -> [(item: Item, score: Double?)] {
        if let forgotten = row?.forgottenEntity { close(forgotten) }
        if let row, row.startsSegment { close(row.entity) }
        let score = row?.score?.score
        if let score { add(score, toThoseBeforeIn: row?.entity) }
        waiting.append(
            Waiting(
                item: item,
                series: row?.entity,
                scores: score.map { [$0] } ?? [],
                isOpen: score != nil && delay > 0
            )
        )
        if score != nil, delay > 0 {
            open[row?.entity, default: []].append(handedOn + waiting.count - 1)
        }
        if waiting.count - first > limit, waiting[first].isOpen {
            waiting[first].isOpen = false
            open[waiting[first].series]?.removeFirst()
        }
        return ready()
    }

    /// No row follows.
    ///
    /// - Returns: the rows that waited, as ``take(_:_:)`` returns them.
    public mutating func finish() -> [(item: Item, score: Double?)] {
        for series in Array(open.keys) { close(series) }
        return ready()
    }

    /// Adds a score to the rows before it that wait for it.
    private mutating func add(_ score: Double, toThoseBeforeIn series: String?) {
        guard var numbers = open[series] else { return }
        for number in numbers { waiting[number - handedOn].scores.append(score) }
        if numbers.count == delay { waiting[numbers.removeFirst() - handedOn].isOpen = false }
        open[series] = numbers
    }

    /// Lets no row of a series wait any longer.
    private mutating func close(_ series: String?) {
        for number in open.removeValue(forKey: series) ?? [] {
            waiting[number - handedOn].isOpen = false
        }
    }

    private mutating func ready() -> [(item: Item, score: Double?)] {
        let start = first
        while first < waiting.count, !waiting[first].isOpen { first += 1 }
        let done = waiting[start..<first].map { row in
            (item: row.item, score: smoothing.joined(row.scores, weights: weights))
        }
        // Rows that were handed on are kept until they are half of all, so that a row costs the same wherever it stands.
        if first > waiting.count / 2 {
            waiting.removeFirst(first)
            handedOn += first
            first = 0
        }
        return done
    }
}

extension Sequence<SeriesScore> {
    /// The scores of rows that follow one another, each with what follows it; see ``SeriesSmoother``.
    ///
    /// - Parameters:
    ///   - delay: how many rows of its series a row is ranked by beside its own; 0 leaves all as they are.
    ///   - smoothing: how their scores become one.
    /// - Returns: a score for each row; nil for rows that have none.
    public func smoothedScores(
        delay: Int,
        by smoothing: SeriesSmoothing = .weighted
    ) -> [Double?] {
        var smoother = SeriesSmoother<Void>(delay: delay, by: smoothing)
        var scores: [Double?] = []
        for row in self { scores += smoother.take((), row).map(\.score) }
        return scores + smoother.finish().map(\.score)
    }
}

extension SeriesScore {
    /// The same row with another number to rank it by; p-value, verdict and ``judgedScore`` stay.
    ///
    /// - Parameter number: the number; nil leaves the row as it is.
    public func ranked(by number: Double?) -> SeriesScore {
        guard let number, let verdict, number != verdict.score.score else { return self }
        let score = verdict.score
        return SeriesScore(
            state: state,
            entity: entity,
            instant: instant,
            verdict: Verdict(
                score: RowScore(
                    score: number,
                    pValue: score.pValue,
                    error: score.error,
                    tailPValue: score.tailPValue
                ),
                isAnomaly: verdict.isAnomaly,
                reasons: verdict.reasons
            ),
            expected: expected,
            startsSegment: startsSegment,
            missingColumns: missingColumns,
            forgottenEntity: forgottenEntity,
            adapted: judgedScore,
            unadapted: unadapted,
            startsLevel: startsLevel
        )
    }
}

extension FittedSeriesDetector {
    /// The delay of a ``SeriesSmoother`` where none is asked for: twice what the detector looks back at, so that what follows is
    /// averaged as what came before, but 64 rows at most.
    public var smoothingDelay: Int { min(2 * layout.warmUpCount, 64) }
}
