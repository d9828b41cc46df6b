/// How long after its start each event was found.
///
/// The delay runs from the first row of the event to the first of its rows that an alarm covers; an
/// alarm that was already on gives 0. Events that were not found have no delay and are left out of
/// mean and median: read them beside the recall.
public struct DetectionDelay: Equatable, Sendable {
    /// The delay of each event in rows; `nil` for an event that was not found.
    public let rows: [Int?]
    /// The delay of each event in seconds; `nil` without instants, an element `nil` where not found.
    public let seconds: [Double?]?

    /// The mean delay in rows over the found events; `nil` if none was found.
    public var meanRows: Double? { mean(rows.compactMap { $0.map(Double.init) }) }
    /// The median delay in rows over the found events; `nil` if none was found.
    public var medianRows: Double? { median(rows.compactMap { $0.map(Double.init) }) }
    /// The mean delay in seconds over the found events.
    public var meanSeconds: Double? { seconds.flatMap { mean($0.compactMap { $0 }) } }
    /// The median delay in seconds over the found events.
    public var medianSeconds: Double? { seconds.flatMap { median($0.compactMap { $0 }) } }

    /// Measures delays.
    ///
    /// - Throws: `EvaluationError` with code `invalidInstant` if instants end before an event does,
    ///   are not finite, or fall between the start of an event and its detection.
    init(events: [EventSpan], firstFound: [Int?], instants: [Double]?) throws(EvaluationError) {
        rows = zip(events, firstFound).map { event, found in found.map { $0 - event.first } }
        guard let instants else {
            seconds = nil
            return
        }
        var delays: [Double?] = []
        for (event, found) in zip(events, firstFound) {
            guard event.last < instants.count else {
                throw EvaluationError(
                    code: .invalidInstant,
                    message: "there are \(instants.count) instants, and an event ends at row "
                        + "\(event.last + 1); give one instant for each row"
                )
            }
            guard let found else {
                delays.append(nil)
                continue
            }
            let delay = instants[found] - instants[event.first]
            guard delay.isFinite, delay >= 0 else {
                throw EvaluationError(
                    code: .invalidInstant,
                    message: "the instants of rows \(event.first + 1) and \(found + 1) are "
                        + "\(instants[event.first]) and \(instants[found]); give finite seconds "
                        + "that do not fall"
                )
            }
            delays.append(delay)
        }
        seconds = delays
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard let upper = sorted.dropFirst(sorted.count / 2).first else { return nil }
        return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
    }
}
