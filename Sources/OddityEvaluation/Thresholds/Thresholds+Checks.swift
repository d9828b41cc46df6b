// What a model says that its threshold was chosen by is checked before it is used.

extension ThresholdRule {
    /// Whether the number of the rule is one that ``NormalValues/threshold(by:)`` takes.
    package var isPossible: Bool {
        switch self {
        case .conformal(let share), .quantile(let share), .peaksOverThreshold(let share):
            share > 0 && share < 1
        case .alertsPerDay(let alerts, let rows): alerts > 0 && alerts < rows && rows.isFinite
        case .meanDeviations(let factor), .medianDeviations(let factor): abs(factor) <= 1e6
        case .largest, .mixture: true
        }
    }
}

extension ThresholdCriterion {
    /// Whether the numbers of the criterion are such that ``LabeledScores/threshold(by:)`` takes.
    package var isPossible: Bool {
        switch self {
        case .youden, .closestToCorner: true
        case .bestF(let beta): beta > 0 && beta.isFinite
        case .leastCost(let costFalseAlarm, let costMiss, let prevalence):
            costFalseAlarm >= 0 && costMiss >= 0 && (costFalseAlarm + costMiss).isFinite
                && costFalseAlarm + costMiss > 0 && 0...1 ~= prevalence ?? 0
        case .falseAlarmRate(let rate), .detectionRate(let rate): 0...1 ~= rate
        }
    }
}
