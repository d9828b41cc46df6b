package import OddityEvaluation

/// What a command tells of how many rows are odd.
package enum OddShareText {
    /// An estimate and its bound, as a sentence without its full stop.
    ///
    /// - Parameter total: how many rows were judged, of which those that the estimate looked at may be a sample.
    package static func sentence(_ share: OddShare, _ noun: String, of total: Int? = nil) -> String
    {
        share.count < total ?? 0
            ? "of the \(counted(share.count, noun)) that were drawn, \(sentence(share, noun))"
            : sentence(share, noun)
    }

    private static func sentence(_ share: OddShare, _ noun: String) -> String {
        let count = Int(share.oddCount.rounded())
        let confidence = "\(percent(share.confidence, 0)) confidence"
        guard share.leastOddCount > 0 else {
            return count == 0
                ? "no \(noun) stands out beyond what chance would give"
                : "about \(counted(count, noun)) \(count == 1 ? "stands" : "stand") out beyond what chance would give, "
                    + "and with \(confidence) it may be none"
        }
        return "about \(counted(count, noun)) (\(percent(share.share))) "
            + "\(count == 1 ? "stands" : "stand") out beyond what chance would give, "
            + "at least \(grouped(share.leastOddCount)) with \(confidence)"
    }
}
