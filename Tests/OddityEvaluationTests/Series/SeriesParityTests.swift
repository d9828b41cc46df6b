import OddityEvaluation
import Testing

/// The authors' packages and we agree to 1e-9.
@Suite struct SeriesParityTests {
    @Test func volumesAgree() throws {
        for reference in try SeriesReference.load().cases {
            let volume = try VolumeUnderSurface(
                reference.series(),
                bufferLength: reference.bufferLength
            )
            #expect(agree(volume.roc, reference.vusROC, tolerance: 1e-9), "\(reference.name)")
            #expect(
                agree(volume.precisionRecall, reference.vusPR, tolerance: 1e-9),
                "\(reference.name)"
            )
        }
    }

    @Test func rangeBasedFiguresAgree() throws {
        for reference in try SeriesReference.load().cases {
            let series = try reference.series()
            for verdict in reference.verdicts {
                let alarms = try EventSpan.spans(
                    of: reference.scores,
                    atLeast: verdict.threshold,
                    in: series.segments
                )
                #expect(verdict.rangeRecall.count == 6)
                for bias in RangeBasedFigures.Bias.allCases {
                    for alpha in [0.0, 0.3, 1.0] {
                        let figures = try RangeBasedFigures(
                            events: series.events,
                            alarms: alarms,
                            alpha: alpha,
                            bias: bias
                        )
                        let expected = try #require(verdict.rangeRecall["\(bias) \(alpha)"])
                        #expect(agree(figures.precision, verdict.rangePrecision))
                        #expect(agree(figures.recall, expected), "\(reference.name)")
                    }
                }
            }
        }
    }

    @Test func affiliationAgrees() throws {
        for reference in try SeriesReference.load().cases {
            let series = try reference.series()
            for verdict in reference.verdicts {
                let figures = AffiliationFigures(
                    events: series.events,
                    alarms: try EventSpan.spans(
                        of: reference.scores,
                        atLeast: verdict.threshold,
                        in: series.segments
                    ),
                    segments: series.segments
                )
                let name = "\(reference.name) at \(verdict.threshold)"
                #expect(agree(figures.precision, verdict.affiliationPrecision, tolerance: 1e-9))
                #expect(agree(figures.recall, verdict.affiliationRecall, tolerance: 1e-9))
                #expect(figures.events.count == verdict.eventPrecisions.count, "\(name)")
                for (event, expected) in zip(figures.events, verdict.eventPrecisions) {
                    #expect(agree(event.precision, expected, tolerance: 1e-9), "\(name)")
                }
                #expect(
                    agree(figures.events.map(\.recall), verdict.eventRecalls, tolerance: 1e-9),
                    "\(name)"
                )
            }
        }
    }
}
