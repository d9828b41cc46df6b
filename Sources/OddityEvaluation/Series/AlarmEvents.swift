/// Turns scores into alarms with hysteresis, one row at a time.
///
/// An alarm opens at a score of at least the open threshold and closes once `quietRowCount` rows in
/// a row have stayed below the close threshold. A row without a score (`nil` or NaN) counts as quiet:
/// it opens nothing, and a stream that falls silent does not keep an alarm open. An alarm with fewer
/// rows than `minimumRowCount` is dropped.
///
/// The state is a few numbers and `Codable`, so a stream can be put away and taken up again; adding
/// a row allocates nothing. A stream and a batch give the same alarms, as there is only this code.
public struct AlarmEvents: Equatable, Sendable {
    /// When an alarm opens and closes.
    public let rule: AlarmRule
    /// The number of rows added so far; the next row has this number.
    public private(set) var rowCount = 0
    private var open: AlarmEvent?
    private var quietCount = 0

    /// Starts a stream at row 0.
    public init(rule: AlarmRule) { self.rule = rule }

    /// The open alarm up to the last row, once it has the least number of rows.
    ///
    /// This is what tells people at once: the finished alarm comes only when it has closed.
    public var current: AlarmEvent? {
        open.flatMap { $0.rowCount >= rule.minimumRowCount ? $0 : nil }
    }

    /// The open alarm up to the last row, however short it is.
    public var unfinished: AlarmEvent? { open }

    /// Adds the next row.
    ///
    /// An infinite score counts as the largest or smallest finite number.
    ///
    /// - Parameter score: The score of the row; `nil` or NaN if it has none.
    /// - Returns: The alarm that this row closes, if it does.
    public mutating func add(_ score: Double?) -> AlarmEvent? {
        let row = rowCount
        rowCount += 1
        let largest = Double.greatestFiniteMagnitude
        let score = score.flatMap { $0.isNaN ? nil : min(max($0, -largest), largest) }
        if open == nil {
            guard let score, score >= rule.openThreshold else { return nil }
            open = AlarmEvent(
                firstRow: row,
                lastRow: row,
                peakRow: row,
                peakScore: score,
                severity: 0
            )
            quietCount = 0
        }
        guard let score, score >= rule.closeThreshold else {
            quietCount += 1
            return quietCount >= rule.quietRowCount ? finish() : nil
        }
        quietCount = 0
        open?.take(score, at: row, above: rule.closeThreshold)
        return nil
    }

    /// Closes the open alarm, at the end of the stream or at a break of the series.
    ///
    /// Rows can be added afterwards, and are counted on.
    ///
    /// - Returns: The alarm, if one was open and long enough.
    public mutating func finish() -> AlarmEvent? {
        let finished = current
        open = nil
        quietCount = 0
        return finished
    }

    /// All alarms of a series.
    ///
    /// - Parameters:
    ///   - scores: One score per row; `nil` or NaN where a row has none.
    ///   - rule: When an alarm opens and closes.
    ///   - segments: Where the series breaks; an alarm closes there. By default nowhere.
    /// - Throws: `EvaluationError` with code `lengthMismatch`.
    /// - Complexity: O(*n*).
    public static func all(
        in scores: [Double?],
        rule: AlarmRule,
        segments: SeriesSegments? = nil
    ) throws -> [AlarmEvent] {
        let segments = segments ?? SeriesSegments(rowCount: scores.count)
        try segments.check(scores.count, name: "scores")
        var stream = AlarmEvents(rule: rule)
        var events: [AlarmEvent] = []
        for segment in segments.ranges {
            for row in segment {
                if let event = stream.add(scores[row]) { events.append(event) }
            }
            if let event = stream.finish() { events.append(event) }
        }
        return events
    }
}

extension AlarmEvent {
    /// Takes a row that keeps the alarm open.
    fileprivate mutating func take(_ score: Double, at row: Int, above closeThreshold: Double) {
        lastRow = row
        if score > peakScore { (peakScore, peakRow) = (score, row) }
        severity = min(severity + (score - closeThreshold), .greatestFiniteMagnitude)
    }
}

extension AlarmEvents: Codable {
    private enum CodingKeys: String, CodingKey { case rule, rowCount, open, quietCount }

    /// Reads the state of a stream and checks it.
    ///
    /// - Throws: `DecodingError` for a state that no stream can have, or `EvaluationError` for a
    ///   rule that is none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        rule = try values.decode(AlarmRule.self, forKey: .rule)
        rowCount = try values.decode(Int.self, forKey: .rowCount)
        open = try values.decodeIfPresent(AlarmEvent.self, forKey: .open)
        quietCount = try values.decode(Int.self, forKey: .quietCount)
        guard (0..<(.max / 2)).contains(rowCount),
            (0..<rule.quietRowCount).contains(quietCount),
            // The rows since the last one of the open alarm are the quiet ones.
            (open?.lastRow ?? rowCount - 1) == rowCount - 1 - quietCount,
            (open?.peakScore ?? rule.openThreshold) >= rule.openThreshold
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .open,
                in: values,
                debugDescription: "the saved state of the alarms contradicts itself; start anew"
            )
        }
    }
}
