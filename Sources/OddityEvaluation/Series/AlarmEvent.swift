/// One alarm of a stream of scores.
public struct AlarmEvent: Equatable, Hashable, Sendable {
    /// The row that opened the alarm, counted from 0 over the whole stream.
    public internal(set) var firstRow: Int
    /// The last row at or above the close threshold; the quiet rows after it do not belong.
    public internal(set) var lastRow: Int
    /// The first row with the highest score.
    public internal(set) var peakRow: Int
    /// The highest score.
    public internal(set) var peakScore: Double
    /// How much and how long: the sum over its rows of what a score exceeds the close threshold by.
    ///
    /// Quiet rows and rows without a score add nothing. Its unit is that of a score times rows.
    public internal(set) var severity: Double

    /// The number of rows from the first to the last.
    public var rowCount: Int { lastRow - firstRow + 1 }
    /// The rows of the alarm.
    public var span: EventSpan { EventSpan(firstRow..<lastRow + 1) }
}

extension AlarmEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case firstRow, lastRow, peakRow, peakScore, severity
    }

    /// Reads an alarm and checks it.
    ///
    /// - Throws: `DecodingError`, also for rows that are negative or out of order.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        firstRow = try values.decode(Int.self, forKey: .firstRow)
        lastRow = try values.decode(Int.self, forKey: .lastRow)
        peakRow = try values.decode(Int.self, forKey: .peakRow)
        peakScore = try values.decode(Double.self, forKey: .peakScore)
        severity = try values.decode(Double.self, forKey: .severity)
        guard firstRow >= 0, firstRow <= peakRow, peakRow <= lastRow, lastRow < .max / 2,
            severity >= 0
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .firstRow,
                in: values,
                debugDescription: "the rows of the alarm are negative or out of order"
            )
        }
    }
}
