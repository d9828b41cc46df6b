package import OddityDetectors

/// What following series made of their rows: new levels, and rows that are odd by the training alone.
package struct FollowedLevels {
    private let detector: FittedSeriesDetector
    private var levelCount = 0
    private var firstRow: Int?
    private var sparedCount = 0

    package init(_ detector: FittedSeriesDetector) { self.detector = detector }

    /// Adds rows.
    ///
    /// - Parameter firstRow: the number of the first, from 0.
    package mutating func add(_ rows: [SeriesScore], firstRow: Int) {
        for (offset, row) in rows.enumerated() {
            if row.startsLevel {
                levelCount += 1
                self.firstRow = self.firstRow ?? firstRow + offset + 1
            }
            guard let score = row.unadapted, !row.isAnomaly else { continue }
            if detector.decisionRule.measure(of: score) >= detector.threshold { sparedCount += 1 }
        }
    }

    /// What to tell of it; nil where it changed nothing.
    package var note: String? {
        guard sparedCount > 0 else { return nil }
        let levels = firstRow.map {
            ", " + counted(levelCount, "new level") + " since row " + grouped($0)
        }
        return
            "note: \(counted(sparedCount, "row")) that the training alone would call "
            + (sparedCount == 1 ? "an anomaly is none" : "anomalies are none")
            + ", as the series moves\(levels ?? ""); --adapt off judges by the training alone"
    }
}
