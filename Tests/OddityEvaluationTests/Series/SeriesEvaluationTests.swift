import OddityEvaluation
import Testing

@Suite struct SeriesEvaluationTests {
    private func evaluation(
        _ scores: [Double?],
        _ labels: String,
        instants: [Double]? = nil
    ) throws -> SeriesEvaluation {
        try SeriesEvaluation(
            LabeledSeries(scores: scores, labels: flags(labels)),
            instants: instants,
            options: .init(rule: AlarmRule(openThreshold: 5), bufferLength: 2)
        )
    }

    @Test func gathersEveryFigureOnce() throws {
        let evaluation = try evaluation(
            [nil, 0, 0, 6, 0, 0, 7, 0],
            "00110000",
            instants: (0..<8).map { 60 * Double($0) }
        )
        let values = Dictionary(
            uniqueKeysWithValues: evaluation.figures.map { ($0.name, $0.value) }
        )
        #expect(values.count == evaluation.figures.count)
        #expect(values["rows without a score"] == 1)
        #expect(values["events found"] == 1)
        #expect(values["false alarms"] == 1)
        #expect(values["median delay in seconds"] == 60)
        #expect(values["range-based recall"] == 0.5)
        #expect(values["point-adjusted F1"] == 0.8)
        #expect(evaluation.figures.allSatisfy { $0.value?.isFinite ?? false })
    }

    @Test func aSilentDetectorHasUndefinedPrecision() throws {
        let silent = try evaluation([0, 1, 2, 3], "0110")
        #expect(silent.detection.precision == nil)
        #expect(silent.ranges.precision == nil)
        #expect(silent.affiliation.precision == nil)
        #expect(silent.affiliation.recall == 0)
        #expect(silent.pointAdjusted.atThreshold.value == 0)
        #expect(silent.figures.allSatisfy { $0.value?.isFinite ?? true })
    }

    @Test func anEventWithoutScoresIsMissed() throws {
        let evaluation = try evaluation([nil, nil, 0, 9, 0], "11010")
        #expect(evaluation.detection.recall == 0.5)
        #expect(evaluation.pointAdjusted.best.value < 1)
    }

    @Test func whatCannotBeEvaluatedIsRefused() throws {
        #expect(code { _ = try evaluation([], "") } == .empty)
        #expect(code { _ = try evaluation([nil, .nan], "01") } == .empty)
        #expect(code { _ = try evaluation([1, 2], "011") } == .lengthMismatch)
        #expect(code { _ = try evaluation([1, 2], "01", instants: [1]) } == .lengthMismatch)
        #expect(code { _ = try evaluation([1, .infinity], "01") } == .nonFiniteScore)
        #expect(code { _ = try evaluation([1, 2], "00") } == .oneClassOnly)
        #expect(code { _ = try evaluation([1, 2], "11") } == .oneClassOnly)
        #expect(
            code {
                _ = try LabeledSeries(
                    scores: [1, 2],
                    labels: flags("01"),
                    segments: SeriesSegments(rowCount: 3)
                )
            } == .lengthMismatch
        )
        let series = try LabeledSeries(scores: [1, 2], labels: flags("01"))
        for length in [-1, 3, .max] {
            #expect(
                code { _ = try VolumeUnderSurface(series, bufferLength: length) } == .invalidSetting
            )
        }
        #expect(code { _ = try PointAdjustedF1(series, threshold: .nan) } == .invalidThreshold)
        #expect(
            code { _ = try PointAdjustedF1(series, threshold: 1, drawCount: 0) } == .invalidSetting
        )
    }
}
