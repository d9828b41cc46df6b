package import OddityDetectors

/// What a detector makes of data.
package struct ScoredData {
    /// The name of their file.
    package let source: String
    /// What each row, image or step got.
    package let scores: [RowScore]
    /// Which of them are anomalies; nil where nothing tells.
    package let labels: [Bool]?
    /// How many rows a day has, where their times were asked.
    package let rowsPerDay: Double?

    package init(
        source: String,
        scores: [RowScore],
        labels: [Bool]?,
        rowsPerDay: Double? = nil
    ) {
        self.rowsPerDay = rowsPerDay
        self.source = source
        self.scores = scores
        self.labels = labels
    }

    /// What those got that are not called anomalies by their labels.
    package var normalScores: [RowScore] {
        guard let labels else { return scores }
        return scores.indices.filter { !labels[$0] }.map { scores[$0] }
    }
}
