/// What a good threshold is, where labels say which rows are anomalies.
public enum ThresholdCriterion: Equatable, Hashable, Codable, Sendable {
    /// The highest Youden's J, recall − false-alarm rate: both classes weigh the same, whatever
    /// their sizes.
    case youden

    /// The least distance of the ROC curve's point to (0, 1), where all anomalies and no normal rows are called
    /// anomalies: √(false-alarm rate² + (1 − recall)²).
    case closestToCorner

    /// The highest Fβ, (1 + β²) · tp / ((1 + β²) · tp + β² · fn + fp): recall weighs β times as much as precision.
    case bestF(beta: Double)

    /// The least expected cost per row.
    ///
    /// costFalseAlarm · (1 − π) · false-alarm rate + costMiss · π · (1 − recall), where π is the
    /// prevalence of anomalies. Costs are in any one unit, not negative and not both zero; only
    /// their ratio moves the threshold. Without a prevalence, that of the rows is taken; give the
    /// one expected in use when the rows hold more anomalies than life does.
    case leastCost(costFalseAlarm: Double, costMiss: Double, prevalence: Double? = nil)

    /// At most this share of the normal rows is called anomalies; within that, as many anomalies as
    /// possible are caught. It needs normal rows only.
    case falseAlarmRate(Double)

    /// At least this share of the anomalies is caught; within that, as few normal rows as possible are called
    /// anomalies. It needs anomalies only.
    case detectionRate(Double)

    /// The highest F1, the harmonic mean of precision and recall.
    public static let bestF1 = ThresholdCriterion.bestF(beta: 1)
}

extension ThresholdCriterion: CustomStringConvertible {
    /// A criterion by its name and number: `youden`, `closest`, `f-beta=2`, `cost`, `false-alarms=0.01` or `detection=0.9`;
    /// nil for any other text.
    ///
    /// - Parameters:
    ///   - text: the name and the number.
    ///   - cost: what `cost` is: a ``leastCost(costFalseAlarm:costMiss:prevalence:)``.
    public init?(_ text: String, cost: ThresholdCriterion) {
        let (name, number) = namedNumber(text)
        switch (name, number) {
        case ("f-beta", let beta?): self = .bestF(beta: beta)
        case ("false-alarms", let rate?): self = .falseAlarmRate(rate)
        case ("detection", let rate?): self = .detectionRate(rate)
        default:
            switch text {
            case "youden": self = .youden
            case "closest": self = .closestToCorner
            case "cost": self = cost
            default: return nil
            }
        }
    }

    /// The name and the number.
    public var description: String {
        switch self {
        case .youden: "youden"
        case .closestToCorner: "closest"
        case .bestF(let beta): "f-beta=\(plain(beta))"
        case .leastCost: "cost"
        case .falseAlarmRate(let rate): "false-alarms=\(plain(rate))"
        case .detectionRate(let rate): "detection=\(plain(rate))"
        }
    }
}
