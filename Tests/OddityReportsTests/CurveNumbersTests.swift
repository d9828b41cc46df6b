import OddityEvaluation
import Testing

@testable import OddityReports

struct CurveNumbersTests {
    @Test func thinnedCurvesKeepTheirEndsAndTheirCourse() throws {
        var report = try EvaluationReport(
            title: "Large",
            scores: sampleScores(normals: 60_000, anomalies: 6_000),
            threshold: 3
        )
        var stream = Stream(seed: 2)
        report.normalPValues = (0..<20_000).map { _ in 1 - stream.uniform() }
        for curve in report.curves {
            let thinned = curve.thinned
            #expect(thinned.points.count < min(curve.points.count, 400), "\(curve.name)")
            #expect(thinned.points.first == curve.points.first, "\(curve.name)")
            #expect(thinned.points.last == curve.points.last, "\(curve.name)")
            // Points that stay are points of the curve, in their order.
            var rest = curve.points[...]
            for point in thinned.points {
                let place = try #require(rest.firstIndex(of: point))
                rest = rest[(place + 1)...]
            }
        }
        let roc = try #require(report.curves.first { $0.name == "roc" })
        let thinned = roc.thinned.points
        // A dot from the line between those that stay, and a dot for those that share a column.
        for place in stride(from: 0, to: roc.points.count, by: 23) {
            #expect(Self.distance(of: roc.points[place], from: thinned) <= 0.002)
        }
    }

    @Test func smallAndFlatCurvesStayWhatTheyAre() throws {
        let scores = try LabeledScores(scores: [1, 2, 3, 4], labels: [false, true, false, true])
        let report = try EvaluationReport(title: "Small", scores: scores, threshold: 2)
        let roc = try #require(report.curves.first { $0.name == "roc" })
        #expect(roc.thinned.points == roc.points && roc.points[0].threshold == .infinity)
        var flat = EvaluationReport(title: "Flat")
        flat.trainingCurves = [TrainingCurve(training: [1, 1, 1, 1])]
        #expect(flat.curves[0].thinned.points.map(\.x) == [1, 4])
    }

    /// How far a point is from a curve.
    private static func distance(of p: CurveNumbers.Point, from curve: [CurveNumbers.Point])
        -> Double
    {
        zip(curve, curve.dropFirst()).map { a, b in
            let (dx, dy) = (b.x - a.x, b.y - a.y)
            let square = dx * dx + dy * dy
            let share = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0
            let nearest = min(max(share, 0), 1)
            let (ex, ey) = (p.x - a.x - nearest * dx, p.y - a.y - nearest * dy)
            return (ex * ex + ey * ey).squareRoot()
        }.min() ?? .infinity
    }
}
