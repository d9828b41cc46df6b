internal import OddityPlatform

/// How often normal rows hold a value that training could not have produced.
struct TrainingEvidence: Sendable {
    /// For each training row the number of its cells that would have been evidence, had it been new.
    let counts: [Int]
    /// What evidence adds to a member's score: −ln of the conformal p-value of a row that holds any.
    ///
    /// The p-value is (1 + training rows with evidence had they been new) / (training rows + 1).
    let surprise: Double

    init(counts: [Int]) {
        self.counts = counts
        surprise = -log(Double(1 + counts.count { $0 > 0 }) / Double(counts.count + 1))
    }
}
