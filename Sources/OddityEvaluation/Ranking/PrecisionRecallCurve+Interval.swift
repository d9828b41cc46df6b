extension PrecisionRecallCurve {
    /// The interval of the average precision over samples of rows like these, by a bootstrap within each class (Efron and
    /// Tibshirani 1993, chapter 13: percentiles).
    ///
    /// - Parameters:
    ///   - scores: The scores and labels, with rows of both classes.
    ///   - confidence: The share of such intervals that hold the true average precision.
    ///   - seed: What the samples depend on; equal seeds give equal intervals.
    /// - Returns: The interval; nil where the rows tell none: fewer than two anomalies, or the same value in all samples.
    /// - Throws: ``EvaluationError`` with code `oneClassOnly` or `invalidRate`.
    /// - Complexity: O(*n*) a sample, of which there are 1,000, and 200 of many rows.
    public static func averagePrecisionInterval(
        _ scores: LabeledScores,
        confidence: Double = 0.95,
        seed: UInt64 = 0
    ) throws -> ConfidenceInterval? {
        _ = try ConfidenceInterval.errorCount(confidence)
        try scores.requireBothClasses(for: "an average precision")
        guard scores.anomalyCount > 1 else { return nil }
        let sampleCount = min(max(20_000_000 / scores.count, 200), 1_000)
        var resampling = Resampling(scores, seed: seed)
        let areas = (0..<sampleCount).map { _ in resampling.averagePrecision() }.sorted()
        guard areas[0] < areas[sampleCount - 1] else { return nil }
        let cut = Int((Double(sampleCount) * (1 - confidence) / 2).rounded(.down))
        return ConfidenceInterval(
            lower: areas[cut],
            upper: areas[sampleCount - 1 - cut],
            confidence: confidence
        )
    }
}

/// Samples of labelled scores, drawn with replacement within each class.
private struct Resampling {
    /// Of each anomaly and of each normal row, at which threshold with anomalies it is first called one; normal rows below
    /// all of these are past the last.
    private var anomalyPlaces: [Int32] = []
    private var normalPlaces: [Int32] = []
    private var placeCount = 0
    private var random: SplitMix

    init(_ scores: LabeledScores, seed: UInt64) {
        random = SplitMix(seed: seed)
        var last = (anomalies: 0, normals: 0)
        var waiting = 0
        for cut in scores.cuts {
            let gained = cut.truePositives - last.anomalies
            waiting += cut.falsePositives - last.normals
            last = (cut.truePositives, cut.falsePositives)
            guard gained > 0 else { continue }
            let place = Int32(placeCount)
            anomalyPlaces += repeatElement(place, count: gained)
            normalPlaces += repeatElement(place, count: waiting)
            (waiting, placeCount) = (0, placeCount + 1)
        }
        normalPlaces += repeatElement(Int32(placeCount), count: waiting)
    }

    /// The average precision of the next sample.
    mutating func averagePrecision() -> Double {
        let anomalies = counts(of: anomalyPlaces)
        let normals = counts(of: normalPlaces)
        var (caught, alarms) = (0, 0)
        var sum = 0.0
        for place in 0..<placeCount {
            alarms += normals[place]
            guard anomalies[place] > 0 else { continue }
            caught += anomalies[place]
            sum += Double(anomalies[place]) * Double(caught) / Double(caught + alarms)
        }
        return sum / Double(anomalyPlaces.count)
    }

    private mutating func counts(of places: [Int32]) -> [Int] {
        var counts = [Int](repeating: 0, count: placeCount + 1)
        for _ in places.indices {
            // The upper half of a product maps random bits to an index.
            let index = Int(random.next().multipliedFullWidth(by: UInt64(places.count)).high)
            counts[Int(places[index])] += 1
        }
        return counts
    }
}
