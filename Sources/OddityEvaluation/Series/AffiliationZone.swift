/// The part of the time axis that belongs to one event, for affiliation figures.
///
/// Time is continuous: row *i* is the interval [*i*, *i* + 1). The zone of an event reaches halfway
/// to its neighbours and to the ends of its segment.
struct AffiliationZone {
    /// An interval of time.
    typealias Interval = ClosedRange<Double>

    /// The event, |J| > 0.
    let event: Interval
    /// Its zone, which holds the event.
    let zone: Interval

    /// How close the alarms are to the event, against points thrown at random into the zone.
    ///
    /// The mean over the alarms' points of the probability that a random point of the zone is
    /// farther from the event; `nil` without an alarm in the zone.
    func precision(of pieces: [Interval]) -> Double? {
        guard !pieces.isEmpty else { return nil }
        let left = event.lowerBound - zone.lowerBound
        let right = zone.upperBound - event.upperBound
        let narrow = min(left, right)
        // ∫₀ᵈ t + min(t, narrow) dt: the zone within distance t of the event, less the event.
        func nearer(_ d: Double) -> Double {
            d <= narrow ? d * d : d * d / 2 + narrow * d - narrow * narrow / 2
        }
        var total = 0.0
        var lost = 0.0
        for piece in pieces {
            total += piece.length
            if piece.lowerBound < event.lowerBound {
                let end = min(piece.upperBound, event.lowerBound)
                let far = event.lowerBound - piece.lowerBound
                let near = event.lowerBound - end
                lost += event.length * (far - near) + nearer(far) - nearer(near)
            }
            if piece.upperBound > event.upperBound {
                let start = max(piece.lowerBound, event.upperBound)
                let far = piece.upperBound - event.upperBound
                let near = start - event.upperBound
                lost += event.length * (far - near) + nearer(far) - nearer(near)
            }
        }
        return 1 - lost / (zone.length * total)
    }

    /// How close the event is to the alarms, against an alarm thrown at random into the zone.
    ///
    /// The mean over the event's points of the probability that a random point of the zone is
    /// farther from the point than the nearest alarm; 0 without an alarm in the zone.
    func recall(of pieces: [Interval]) -> Double {
        guard !pieces.isEmpty else { return 0 }
        var lost = 0.0
        for (index, piece) in pieces.enumerated() {
            // The points that are nearer to this piece than to its neighbours.
            let start =
                index == 0
                ? zone.lowerBound : (pieces[index - 1].upperBound + piece.lowerBound) / 2
            let end =
                index == pieces.count - 1
                ? zone.upperBound : (piece.upperBound + pieces[index + 1].lowerBound) / 2
            let from = max(event.lowerBound, start)
            let to = min(event.upperBound, end)
            if from < min(to, piece.lowerBound) {
                let reach = piece.lowerBound - zone.lowerBound
                lost += Self.nearer(piece.lowerBound - from, reach: reach)
                lost -= Self.nearer(max(0, piece.lowerBound - to), reach: reach)
            }
            if to > max(from, piece.upperBound) {
                let reach = zone.upperBound - piece.upperBound
                lost += Self.nearer(to - piece.upperBound, reach: reach)
                lost -= Self.nearer(max(0, from - piece.upperBound), reach: reach)
            }
        }
        return 1 - lost / (zone.length * event.length)
    }

    /// ∫₀ᵈ t + min(t, reach − t) dt: the zone within distance t of a point t away from the alarm.
    private static func nearer(_ d: Double, reach: Double) -> Double {
        d <= reach / 2 ? d * d : reach * d - reach * reach / 4
    }
}

extension ClosedRange<Double> {
    fileprivate var length: Double { upperBound - lowerBound }
}
