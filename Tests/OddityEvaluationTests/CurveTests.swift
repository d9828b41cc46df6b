import OddityEvaluation
import Testing

struct CurveTests {
    /// A repeatable mix of ties and gaps.
    private func sample(count: Int) -> (scores: [Double], labels: [Bool]) {
        var state: UInt64 = 7
        func draw() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 9_007_199_254_740_992
        }
        var scores: [Double] = []
        var labels: [Bool] = []
        for _ in 0..<count {
            let isAnomaly = draw() < 0.1
            scores.append(((draw() + (isAnomaly ? 0.4 : 0)) * 200).rounded() / 200)
            labels.append(isAnomaly)
        }
        return (scores, labels)
    }

    @Test func areaIsTheShareOfPairsInTheRightOrder() throws {
        let (scores, labels) = sample(count: 300)
        var twice = 0
        for (score, label) in zip(scores, labels) where label {
            for (other, otherLabel) in zip(scores, labels) where !otherLabel {
                twice += score > other ? 2 : score == other ? 1 : 0
            }
        }
        let anomalies = labels.count { $0 }
        let pairs = anomalies * (labels.count - anomalies)
        #expect(
            try ROCCurve(scores: scores, labels: labels).area == Double(twice) / Double(2 * pairs)
        )
    }

    @Test func droppedPointsLeaveTheCurveAsItWas() throws {
        let (scores, labels) = sample(count: 2_000)
        let labeled = try LabeledScores(scores: scores, labels: labels)
        let thin = try ROCCurve(labeled)
        let full = try ROCCurve(labeled, dropsCollinear: false)
        #expect(thin.points.count < full.points.count)
        #expect(thin.points.first == full.points.first)
        #expect(thin.points.last == full.points.last)
        #expect(thin.points.last?.falseAlarmRate == 1)
        var trapezoids = 0.0
        for (a, b) in zip(thin.points, thin.points.dropFirst()) {
            trapezoids +=
                (b.falseAlarmRate - a.falseAlarmRate) * (a.detectionRate + b.detectionRate) / 2
        }
        #expect(abs(trapezoids - thin.area) < 1e-12)
        #expect(thin.area == full.area)
    }

    @Test func collinearPointsCollapseToTheCorners() throws {
        let scores = (0..<1_000).map(Double.init)
        let labels = scores.map { $0 >= 900 }
        let curve = try ROCCurve(scores: scores, labels: labels)
        #expect(curve.area == 1)
        #expect(curve.points.map(\.falseAlarmRate) == [0, 0, 1])
        #expect(curve.points.map(\.detectionRate) == [0, 1, 1])
        #expect(curve.points.map(\.threshold) == [.infinity, 900, 0])
    }

    @Test func negatedScoresMirrorTheArea() throws {
        let (scores, labels) = sample(count: 500)
        let area = try ROCCurve(scores: scores, labels: labels).area
        let mirrored = try ROCCurve(scores: scores.map { -$0 }, labels: labels).area
        #expect(abs(area + mirrored - 1) < 1e-15)
    }

    @Test func precisionRecallKeepsItsAreaAndEndsAtThePrevalence() throws {
        let (scores, labels) = sample(count: 2_000)
        let labeled = try LabeledScores(scores: scores, labels: labels)
        let thin = try PrecisionRecallCurve(labeled)
        let full = try PrecisionRecallCurve(labeled, dropsVertical: false)
        #expect(thin.points.count <= full.points.count)
        #expect(thin.averagePrecision == full.averagePrecision)
        #expect(thin.points.last?.recall == 1)
        #expect(thin.points.last?.precision == labeled.prevalence)
    }

    @Test func manyRowsHaveTheAreaOfTheirRanks() throws {
        let (scores, labels) = sample(count: 200_000)
        let spread = scores.enumerated().map { $1 + Double($0) * 1e-9 }
        let labeled = try LabeledScores(scores: spread, labels: labels)
        // The share of pairs in the right order, from the ranks of the anomalies (Mann and Whitney 1947).
        let order = spread.indices.sorted { spread[$0] < spread[$1] }
        let ranks = order.enumerated().reduce(0) { $0 + (labels[$1.element] ? $1.offset + 1 : 0) }
        let (anomalies, normals) = (labeled.anomalyCount, labeled.normalCount)
        let pairs = ranks - anomalies * (anomalies + 1) / 2
        let expected = Double(pairs) / Double(anomalies * normals)
        #expect(abs(try ROCCurve(labeled).area - expected) < 1e-9)
        #expect(try ScoreHistogram(labeled).normalCounts.reduce(0, +) == labeled.normalCount)
    }
}
