import Foundation
import OddityDetectors
import OddityEvaluation
import OddityModelFiles
import TestSupport
import Testing

/// A detector to be checked: how it is fitted to some normal data, and how it scores some other data.
struct DetectorProbe<Fitted: FittedDetector> {
    /// Fits it on a number of threads.
    let fit: (_ threadCount: Int) throws -> Fitted
    /// Scores all data at once, on a number of threads.
    let scores: (Fitted, _ threadCount: Int) throws -> [RowScore?]
    /// Scores the same data one by one, with one scorer.
    let scoresOneByOne: (Fitted) throws -> [RowScore?]
}

/// What every fitted detector must do, whatever it looks at.
///
/// - Returns: the detector and its scores, for checks of one kind.
@discardableResult
func checkContract<Fitted>(
    _ probe: DetectorProbe<Fitted>,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> (detector: Fitted, scores: [RowScore?]) {
    let detector = try probe.fit(1)
    let bytes = try detector.encoded()
    let scores = try probe.scores(detector, 1)
    let found = scores.compactMap { $0 }

    #expect(
        found.allSatisfy {
            $0.score.isFinite && $0.error.isFinite && $0.error >= 0 && $0.pValue <= 1
                && $0.pValue >= detector.heldOut.leastPValue
        },
        "scores and errors are finite, and p-values at least that of the held-out data",
        sourceLocation: sourceLocation
    )
    #expect(
        Set(found.map(\.score)).count > found.count / 2,
        "scores are not constant",
        sourceLocation: sourceLocation
    )
    let ordered = found.sorted { $0.score < $1.score }
    #expect(
        zip(ordered, ordered.dropFirst()).allSatisfy { $0.pValue >= $1.pValue },
        "a higher score never has a higher p-value",
        sourceLocation: sourceLocation
    )

    // The same bytes from other fits, and the same scores, whatever the number of threads.
    for threadCount in [2, 3] {
        #expect(
            try probe.fit(threadCount).encoded() == bytes,
            "a fit on \(threadCount) threads",
            sourceLocation: sourceLocation
        )
        #expect(
            try probe.scores(detector, threadCount) == scores,
            "scores on \(threadCount) threads",
            sourceLocation: sourceLocation
        )
    }
    #expect(
        try probe.scoresOneByOne(detector) == scores,
        "one by one",
        sourceLocation: sourceLocation
    )

    // Verdicts follow the rule, and the held-out scores are those of normal data.
    #expect(
        found.allSatisfy { detector.isAnomaly($0) == ($0.score >= detector.threshold) },
        "the verdict is that of the threshold",
        sourceLocation: sourceLocation
    )
    #expect(detector.heldOut.scores == detector.heldOut.scores.sorted())
    #expect(detector.heldOut.errors == detector.heldOut.errors.sorted())
    #expect(
        detector.heldOut.scores.count == min(detector.heldOut.count, HeldOutScores.limit)
            && detector.heldOut.errors.count == detector.heldOut.scores.count,
        "everything held out has a score and an error",
        sourceLocation: sourceLocation
    )

    try checkThresholds(of: detector, sourceLocation)
    try checkRecalibration(of: detector, probe, scores, sourceLocation)
    try checkFile(of: detector, probe, scores, sourceLocation)
    return (detector, scores)
}

/// Thresholds are chosen from the held-out data without a fit, call as many of them anomalies as they say, and survive a
/// file with how they were chosen.
private func checkThresholds<Fitted: FittedDetector>(
    of detector: Fitted,
    _ sourceLocation: SourceLocation
) throws {
    var chosen = detector
    let bytes = try detector.encoded()
    for measure in ThresholdMeasure.allCases {
        let held = measure == .score ? detector.heldOut.scores : detector.heldOut.errors
        for rule in [ThresholdRule.quantile(0.9), .largest, .conformal(0.2)] {
            chosen.decision = try detector.decision(by: rule, of: measure)
            #expect(chosen.decision.origin == .heldOut(rule), sourceLocation: sourceLocation)
            #expect(
                chosen.decision.rule.thresholdMeasure == measure,
                sourceLocation: sourceLocation
            )
            let flagged = held.count { $0 >= chosen.threshold }
            let share = try #require(detector.heldOutShare(flaggedBy: chosen.decision.rule))
            #expect(share == Double(flagged) / Double(held.count), sourceLocation: sourceLocation)
            if rule == .conformal(0.2), measure == .score {
                #expect(chosen.decisionRule == .falseAlarmRate(0.2), sourceLocation: sourceLocation)
            } else {
                let limit = rule == .largest ? 0 : rule == .quantile(0.9) ? 0.1 : 0.2
                #expect(
                    share <= limit + 1e-9,
                    "\(rule) of the \(measure)",
                    sourceLocation: sourceLocation
                )
            }
            let restored = try Fitted(decoding: chosen.encoded())
            #expect(restored.decision == chosen.decision, sourceLocation: sourceLocation)
        }
    }
    chosen.decision = detector.decision
    #expect(
        try chosen.encoded() == bytes,
        "a decision changes nothing else",
        sourceLocation: sourceLocation
    )

    let top = try #require(detector.heldOut.scores.last)
    let labeled = try LabeledScores(
        scores: detector.heldOut.scores,
        labels: detector.heldOut.scores.map { $0 == top }
    )
    let decision = try detector.decision(by: .youden, on: labeled, source: "here")
    #expect(decision.rule == .score(top), sourceLocation: sourceLocation)
    chosen.decision = decision
    let restored = try Fitted(decoding: chosen.encoded())
    #expect(restored.decision == decision, sourceLocation: sourceLocation)
    #expect(
        decision.origin
            == .labeled(
                .youden,
                source: "here",
                count: labeled.count,
                anomalyCount: labeled.anomalyCount
            ),
        sourceLocation: sourceLocation
    )
}

/// Newer data change how rare scores are, not their order, survive a file, and can be taken back.
private func checkRecalibration<Fitted>(
    of detector: Fitted,
    _ probe: DetectorProbe<Fitted>,
    _ scores: [RowScore?],
    _ sourceLocation: SourceLocation
) throws {
    let found = scores.compactMap { $0 }
    var moved = detector
    try moved.recalibrate(on: found, source: "newer")
    #expect(moved.heldOut.count == found.count, sourceLocation: sourceLocation)
    #expect(moved.trainingHeldOut == detector.heldOut, sourceLocation: sourceLocation)
    let again = try probe.scores(moved, 1).compactMap { $0 }
    // The i-th oddest of m newer data has the p-value i / (m + 1).
    let ranked = found.indices.sorted { found[$0].score > found[$1].score }
    for (rank, place) in ranked.enumerated() {
        let ties = found.count { $0.score >= found[place].score }
        #expect(ties >= rank + 1)
        let share = Double(ties) / Double(found.count + 1)
        // Newer steps say of none that it is rarer than it was.
        let isStep = detector.heldOut.unit == .step
        let expected = isStep ? max(share, pow(10, -found[place].score)) : share
        #expect(
            abs(again[place].pValue - expected) < 1e-9,
            "p-values are ranks among the newer data",
            sourceLocation: sourceLocation
        )
        #expect(again[place].error == found[place].error, sourceLocation: sourceLocation)
    }
    let restored = try Fitted(decoding: moved.encoded())
    #expect(restored.recalibration == moved.recalibration, sourceLocation: sourceLocation)
    #expect(restored.recalibration?.source == "newer", sourceLocation: sourceLocation)
    #expect(
        try probe.scores(restored, 1).compactMap { $0 } == again,
        sourceLocation: sourceLocation
    )
    #expect(
        try restored.withoutRecalibration.encoded() == detector.encoded(),
        "taken back, nothing is left",
        sourceLocation: sourceLocation
    )
    #expect(throws: DetectorError.tooFewToRecalibrate(3), sourceLocation: sourceLocation) {
        try moved.recalibrate(on: Array(found.prefix(3)))
    }
}

/// Rule, origin, source and scores survive a file; one of another kind is refused.
private func checkFile<Fitted>(
    of detector: Fitted,
    _ probe: DetectorProbe<Fitted>,
    _ scores: [RowScore?],
    _ sourceLocation: SourceLocation
) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/model.safetensors"
    var named = detector
    named.decisionRule = .score(3)
    named.provenance.source = "the sample"
    try named.write(to: path)
    let restored = try Fitted(reading: path)
    #expect(restored.decision == Decision(rule: .score(3), origin: .given))
    #expect(restored.provenance == named.provenance, sourceLocation: sourceLocation)
    #expect(restored.heldOut == detector.heldOut, sourceLocation: sourceLocation)
    #expect(restored.histories == detector.histories, sourceLocation: sourceLocation)
    #expect(try restored.encoded() == named.encoded(), sourceLocation: sourceLocation)
    #expect(try probe.scores(restored, 1) == scores, sourceLocation: sourceLocation)
    let any = try Model(decoding: named.encoded()).detector
    #expect(try any.encoded() == named.encoded(), sourceLocation: sourceLocation)
    #expect(type(of: any).kind == Fitted.kind, sourceLocation: sourceLocation)
    for kind in DetectorKind.allCases where kind != Fitted.kind {
        #expect(
            throws: DetectorError.wrongKind(found: Fitted.kind, expected: kind),
            sourceLocation: sourceLocation
        ) {
            switch kind {
            case .table: _ = try FittedTableDetector(reading: path)
            case .images: _ = try FittedImageDetector(reading: path)
            case .series: _ = try FittedSeriesDetector(reading: path)
            }
        }
    }
}
