extension LabeledScores {
    /// Chooses a threshold.
    ///
    /// Every distinct score is tried, and calling nothing an anomaly. Of equally good thresholds
    /// the highest is taken, so fewer rows are called anomalies; for a given false-alarm rate the
    /// lowest, so more anomalies are caught. Rows that score exactly the threshold are called anomalies.
    ///
    /// - Parameter criterion: What a good threshold is.
    /// - Returns: The threshold with its confusion matrix and the criterion's value.
    /// - Throws: `EvaluationError` with code `oneClassOnly` when the criterion needs a class that
    ///   is not there, `invalidCost`, `invalidRate` or `invalidSetting`.
    /// - Complexity: O(*n*).
    public func threshold(by criterion: ThresholdCriterion) throws -> ThresholdChoice {
        switch criterion {
        case .youden:
            try requireBothClasses(for: "Youden's J")
            // Whole numbers, so that ties are ties: J · anomalies · normals.
            let best = bestCutCount { $0 * normalCount - $1 * anomalyCount }
            return choice(criterion, cutCount: best) { $0.youdenIndex }
        case .closestToCorner:
            try requireBothClasses(for: "the distance to the corner")
            let best = bestCutCount { -distanceToCorner($0, $1) }
            return choice(criterion, cutCount: best) {
                distanceToCorner($0.truePositives, $0.falsePositives)
            }
        case .bestF(let beta):
            guard beta > 0, beta.isFinite else {
                throw EvaluationError(
                    code: .invalidSetting,
                    message: "the weight β of recall is \(beta); give a finite number above 0"
                )
            }
            try requireBothClasses(for: "the best Fβ")
            let weight = beta * beta
            let best = bestCutCount {
                (1 + weight) * Double($0) / (Double($0 + $1) + weight * Double(anomalyCount))
            }
            return choice(criterion, cutCount: best) { $0.f(beta: beta) }
        case .leastCost(let costFalseAlarm, let costMiss, let prevalence):
            try Self.check(costFalseAlarm: costFalseAlarm, costMiss: costMiss)
            if let prevalence { try Self.check(prevalence, name: "prevalence") }
            try requireBothClasses(for: "the expected cost")
            let share = prevalence ?? self.prevalence
            let perAlarm = costFalseAlarm * (1 - share) / Double(normalCount)
            let perMiss = costMiss * share / Double(anomalyCount)
            let cost = { (caught: Int, alarms: Int) in
                perAlarm * Double(alarms) + perMiss * Double(anomalyCount - caught)
            }
            let best = bestCutCount { -cost($0, $1) }
            return choice(criterion, cutCount: best) {
                cost($0.truePositives, $0.falsePositives)
            }
        case .falseAlarmRate(let rate):
            try Self.check(rate, name: "false-alarm rate")
            guard normalCount > 0 else {
                throw EvaluationError(
                    code: .oneClassOnly,
                    message: "all \(count) rows are anomalies (label 1), and a false-alarm rate "
                        + "needs normal rows; add some or check the label column"
                )
            }
            // Comparing the rounded quotient makes 29 of 100 a rate of 0.29.
            let last = cuts.lastIndex { Double($0.falsePositives) / Double(normalCount) <= rate }
            return choice(criterion, cutCount: last.map { $0 + 1 } ?? 0) { $0.falseAlarmRate }
        case .detectionRate(let rate):
            try Self.check(rate, name: "detection rate")
            guard anomalyCount > 0 else {
                throw EvaluationError(
                    code: .oneClassOnly,
                    message: "all \(count) rows are normal (label 0), and a detection rate "
                        + "needs anomalies; add some or check the label column"
                )
            }
            let first = cuts.firstIndex { Double($0.truePositives) / Double(anomalyCount) >= rate }
            return choice(criterion, cutCount: rate > 0 ? (first ?? cuts.count - 1) + 1 : 0) {
                $0.recall
            }
        }
    }

    private func distanceToCorner(_ caught: Int, _ alarms: Int) -> Double {
        let alarmRate = Double(alarms) / Double(normalCount)
        let missRate = Double(anomalyCount - caught) / Double(anomalyCount)
        return (alarmRate * alarmRate + missRate * missRate).squareRoot()
    }

    /// How many of the first cuts are best called anomalies, for a merit of (caught, alarms).
    private func bestCutCount<Merit: Comparable>(by merit: (Int, Int) -> Merit) -> Int {
        var best = 0
        var bestMerit = merit(0, 0)
        for (index, cut) in cuts.enumerated() {
            let candidate = merit(cut.truePositives, cut.falsePositives)
            if candidate > bestMerit {
                best = index + 1
                bestMerit = candidate
            }
        }
        return best
    }

    private func choice(
        _ criterion: ThresholdCriterion,
        cutCount: Int,
        value: (ConfusionMatrix) -> Double?
    ) -> ThresholdChoice {
        let matrix = matrix(ofFirst: cutCount)
        return ThresholdChoice(
            criterion: criterion,
            threshold: cutCount == 0 ? highestScore.nextUp : cuts[cutCount - 1].threshold,
            confusionMatrix: matrix,
            value: value(matrix) ?? 0
        )
    }

    private static func check(
        costFalseAlarm: Double,
        costMiss: Double
    ) throws(EvaluationError) {
        for (name, cost) in [("false alarm", costFalseAlarm), ("miss", costMiss)]
        where !cost.isFinite || cost < 0 {
            throw EvaluationError(
                code: .invalidCost,
                message: "the cost of a \(name) is \(cost); give a finite number of at least 0"
            )
        }
        if costFalseAlarm == 0, costMiss == 0 {
            throw EvaluationError(
                code: .invalidCost,
                message: "a false alarm and a miss both cost 0, so every threshold costs the same; "
                    + "give at least one a positive cost"
            )
        }
    }

    private static func check(_ rate: Double, name: String) throws(EvaluationError) {
        guard rate >= 0, rate <= 1 else {
            throw EvaluationError(
                code: .invalidRate,
                message: "the \(name) is \(rate); give a number from 0 to 1, such as 0.01 for 1 %"
            )
        }
    }
}
