/// What the rows with the highest scores hold.
public struct TopRows: Equatable, Sendable {
    /// The number of rows.
    public let count: Int
    /// The anomalies among them; a fraction where rows with equal scores are in part among them, of which each is with the
    /// same chance.
    public let caught: Double
    /// The share of them that are anomalies: precision at *k*.
    public let precision: Double
    /// The share of all anomalies that are among them: recall at *k*; nil without an anomaly.
    public let recall: Double?
    /// How many times as many anomalies they hold as rows drawn at random would; nil without an anomaly.
    public let lift: Double?
}

extension LabeledScores {
    /// What the rows with the highest scores hold.
    ///
    /// - Parameter count: The number of rows, *k*, from 1 to that of all rows.
    /// - Throws: ``EvaluationError`` with code `invalidSetting`.
    public func top(_ count: Int) throws(EvaluationError) -> TopRows {
        guard 1...self.count ~= count else {
            throw EvaluationError(
                code: .invalidSetting,
                message:
                    "there are no \(count) oddest rows of \(self.count); give a number from 1 to \(self.count)"
            )
        }
        var caught = 0.0
        var last = (anomalies: 0, all: 0)
        for cut in cuts {
            let all = cut.truePositives + cut.falsePositives
            let anomalies = cut.truePositives - last.anomalies
            guard all <= count else {
                caught += Double(anomalies) * Double(count - last.all) / Double(all - last.all)
                break
            }
            caught += Double(anomalies)
            last = (cut.truePositives, all)
        }
        let precision = caught / Double(count)
        return TopRows(
            count: count,
            caught: caught,
            precision: precision,
            recall: anomalyCount > 0 ? caught / Double(anomalyCount) : nil,
            lift: anomalyCount > 0 ? precision / prevalence : nil
        )
    }
}
