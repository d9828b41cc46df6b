/// What a good threshold is.
public enum ThresholdCriterion: Equatable, Hashable, Codable, Sendable {
    /// The highest Youden's J, recall − false-alarm rate: both classes weigh the same, whatever
    /// their sizes.
    case youden

    /// The highest F1, the harmonic mean of precision and recall.
    case bestF1

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
}
