/// How each row is placed among the rows of the other class.
///
/// An anomaly's placement is the share of normal rows with lower scores, a normal row's the share of anomalies with higher
/// ones; ties count one half. The mean of either is the AUROC (DeLong, DeLong and Clarke-Pearson 1988, “Comparing the Areas
/// under Two or More Correlated Receiver Operating Characteristic Curves”, Biometrics 44, equations 1 to 4).
struct Placements {
    /// Of the anomalies.
    private(set) var anomalies: [Double] = []
    /// Of the normal rows.
    private(set) var normals: [Double] = []
    /// The area under the ROC curve.
    let area: Double

    /// Of rows in the order of their scores, highest first.
    init(_ scores: LabeledScores) throws {
        try scores.requireBothClasses(for: "a ROC curve")
        area = ROCCurve.area(scores)
        var last = (anomalies: 0, normals: 0)
        for (cut, placement) in zip(scores.cuts, Self.placements(scores)) {
            anomalies += repeatElement(
                placement.anomaly,
                count: cut.truePositives - last.anomalies
            )
            normals += repeatElement(placement.normal, count: cut.falsePositives - last.normals)
            last = (cut.truePositives, cut.falsePositives)
        }
    }

    /// Of rows in their own order.
    ///
    /// - Complexity: O(*n* log *n*).
    init(scores: [Double], labels: [Bool]) throws {
        let sorted = try LabeledScores(scores: scores, labels: labels)
        try sorted.requireBothClasses(for: "a ROC curve")
        area = ROCCurve.area(sorted)
        let placements = Self.placements(sorted)
        for (score, isAnomaly) in zip(scores, labels) {
            let index = sorted.cuts.partitionIndex { $0.threshold <= score }
            if isAnomaly {
                anomalies.append(placements[index].anomaly)
            } else {
                normals.append(placements[index].normal)
            }
        }
    }

    /// Of an anomaly and of a normal row with each of the different scores, highest first.
    private static func placements(_ scores: LabeledScores) -> [(anomaly: Double, normal: Double)] {
        let (anomalyCount, normalCount) = (Double(scores.anomalyCount), Double(scores.normalCount))
        var last = (anomalies: 0, normals: 0)
        return scores.cuts.map { cut in
            defer { last = (cut.truePositives, cut.falsePositives) }
            let below = Double(2 * scores.normalCount - last.normals - cut.falsePositives) / 2
            let above = Double(last.anomalies + cut.truePositives) / 2
            return (below / normalCount, above / anomalyCount)
        }
    }

    /// The variance of the area; nil where a class has fewer than two rows.
    var variance: Double? { Self.covariance(self, self) }

    /// The covariance of the areas of two scores of the same rows; nil where a class has fewer than two rows.
    static func covariance(_ first: Placements, _ second: Placements) -> Double? {
        guard first.anomalies.count > 1, first.normals.count > 1 else { return nil }
        return term(first.anomalies, first.area, second.anomalies, second.area)
            + term(first.normals, first.area, second.normals, second.area)
    }

    private static func term(
        _ first: [Double],
        _ firstMean: Double,
        _ second: [Double],
        _ secondMean: Double
    ) -> Double {
        var sum = 0.0
        for (a, b) in zip(first, second) { sum += (a - firstMean) * (b - secondMean) }
        return sum / Double(first.count - 1) / Double(first.count)
    }
}
