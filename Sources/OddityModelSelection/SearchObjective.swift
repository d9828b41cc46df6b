/// What makes one trial better than another.
public enum SearchObjective: Sendable, Equatable, Codable {
    /// How well held-out rows are told from the same rows with values planted from other rows.
    ///
    /// It needs no labels. The held-out loss would not do: the wider the code, the smaller it is.
    case separation
    /// The area under the ROC curve on labelled rows.
    case auroc
    /// The average precision on labelled rows.
    case averagePrecision
    /// The least expected cost per row on labelled rows, over all thresholds.
    case leastCost(costFalseAlarm: Double, costMiss: Double)

    /// Whether labelled rows are needed.
    public var needsLabels: Bool { self != .separation }

    /// Whether a smaller figure is better.
    public var isLowerBetter: Bool {
        if case .leastCost = self { true } else { false }
    }

    /// What a false alarm and a miss cost; 1 each where the objective does not say.
    var costs: (falseAlarm: Double, miss: Double) {
        guard case .leastCost(let falseAlarm, let miss) = self else { return (1, 1) }
        return (falseAlarm, miss)
    }

    /// What it is called: separation, AUROC, average precision, or least cost a row.
    public var name: String {
        switch self {
        case .separation: "separation"
        case .auroc: "AUROC"
        case .averagePrecision: "average precision"
        case .leastCost: "least cost a row"
        }
    }

    /// A result's figure of this name; nil where there were no labelled rows.
    public func figure(of result: TrialResult) -> Double? {
        switch self {
        case .separation: result.separation
        case .auroc: result.validation?.auroc
        case .averagePrecision: result.validation?.averagePrecision
        case .leastCost: result.validation?.leastCost
        }
    }

    /// The merit of a result; higher is better.
    func merit(of result: TrialResult) -> Double {
        guard let figure = figure(of: result) else { return -.infinity }
        return isLowerBetter ? -figure : figure
    }
}
