import OddityEvaluation
import Testing

/// Affiliation, volumes and point adjustment, worked by hand.
@Suite struct NearnessTests {
    @Test func perfectAlarmsAreFullyAffiliated() throws {
        let truth = try spans("0011000110")
        let figures = AffiliationFigures(
            events: truth,
            alarms: truth,
            segments: SeriesSegments(rowCount: 10)
        )
        #expect(figures.precision == 1)
        #expect(figures.recall == 1)
    }

    /// An event [4, 6) in [0, 10) and an alarm [8, 10): from 2 to 4 away.
    @Test func distanceBecomesAProbability() throws {
        let figures = AffiliationFigures(
            events: try spans("0000110000"),
            alarms: try spans("0000000011"),
            segments: SeriesSegments(rowCount: 10)
        )
        // Mean over d in 2...4 of 1 − (2 + 2d) / 10.
        #expect(agree(figures.precision, 0.2))
        // The event is also 2 to 4 away from the alarm, mean 3: of the zone 2d is as near.
        #expect(agree(figures.recall, 1 - 2 * 3.0 / 10))
    }

    @Test func alarmsInSegmentsWithoutAnEventHaveNoZone() throws {
        let segments = try SeriesSegments(rowCount: 10, starts: [5])
        let figures = AffiliationFigures(
            events: try spans("0110000000"),
            alarms: try spans("0110000110"),
            segments: segments
        )
        #expect(figures.alarmsWithoutZone == 1)
        #expect(figures.precision == 1)
        #expect(figures.recall == 1)
    }

    @Test func volumesOfPerfectAndUselessScores() throws {
        let labels = flags("00000111100000000000")
        let perfect = try LabeledSeries(scores: labels.map { $0 ? 1 : 0 }, labels: labels)
        let flat = try VolumeUnderSurface(perfect, bufferLength: 0)
        #expect(agree(flat.roc, 1))
        #expect(agree(flat.precisionRecall, 1))
        // Without a buffer and with one score for all the curve is the diagonal.
        let constant = try LabeledSeries(scores: labels.map { _ in 1 }, labels: labels)
        let useless = try VolumeUnderSurface(constant, bufferLength: 0)
        #expect(agree(useless.roc, 0.5))
        #expect(agree(useless.precisionRecall, 0.2))
    }

    @Test func buffersStopAtBreaks() throws {
        // The peak stands right after the event, but in another segment.
        let labels = flags("0000110000")
        let scores: [Double?] = [0, 0, 0, 0, 1, 1, 2, 2, 0, 0]
        let joined = try LabeledSeries(scores: scores, labels: labels)
        let broken = try LabeledSeries(
            scores: scores,
            labels: labels,
            segments: SeriesSegments(rowCount: 10, starts: [6])
        )
        let inBuffer = try VolumeUnderSurface(joined, bufferLength: 4)
        let outside = try VolumeUnderSurface(broken, bufferLength: 4)
        #expect(outside.roc < inBuffer.roc - 0.05)
        // Without a buffer a break inside normal rows changes nothing.
        #expect(
            try VolumeUnderSurface(joined, bufferLength: 0)
                == VolumeUnderSurface(broken, bufferLength: 0)
        )
    }

    @Test func unscoredRowsStandBelowEveryScore() throws {
        let labels = flags("0011001100")
        let missing: [Double?] = [nil, 1, 5, .nan, 2, 1, 6, 5, 3, nil]
        let lowest: [Double?] = missing.map { $0.flatMap { $0.isNaN ? nil : $0 } ?? -9 }
        let series = try LabeledSeries(scores: missing, labels: labels)
        #expect(series.unscoredRowCount == 3)
        #expect(
            try VolumeUnderSurface(series, bufferLength: 4)
                == VolumeUnderSurface(
                    LabeledSeries(scores: lowest, labels: labels),
                    bufferLength: 4
                )
        )
    }

    @Test func onePointFindsTheWholeEventOncePointsAreAdjusted() throws {
        let labels = flags("0000111111110000")
        let scores: [Double?] = [0, 0, 3, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 2, 0]
        let series = try LabeledSeries(scores: scores, labels: labels)
        let figure = try PointAdjustedF1(series, threshold: 2)
        #expect(figure.best.value == 1)
        #expect(figure.best.threshold == 9)
        // 8 found rows, 2 false alarms.
        #expect(agree(figure.atThreshold.value, 16.0 / 18))
    }

    /// The reason for the warning: a long event is found by chance.
    @Test func randomScoresLookGoodPointAdjusted() throws {
        let labels = (0..<2000).map { (1000..<1200).contains($0) }
        let blind: [Double?] = labels.map { $0 ? 0 : 1 }
        let figure = try PointAdjustedF1(
            LabeledSeries(scores: blind, labels: labels),
            threshold: 2
        )
        #expect(figure.best.value < 0.2)
        #expect(figure.best.ofRandomScores > 0.8)
        #expect(figure.atThreshold.value == 0)
        #expect(figure.atThreshold.ofRandomScores == 0)
        let again = try PointAdjustedF1(
            LabeledSeries(scores: blind, labels: labels),
            threshold: 2
        )
        #expect(figure == again)
    }
}
