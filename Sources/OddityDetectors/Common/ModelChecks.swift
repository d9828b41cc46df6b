internal import OddityModelFiles
internal import OddityNeuralNetworks
internal import OddityPreprocessing

// What a model file says is checked against itself before it is used.

/// Refuses a model for a flaw, if it has one.
func refuse(_ flaw: String?) throws {
    if let flaw { throw DetectorError.inconsistentModel(flaw) }
}

extension DecisionRule {
    /// What no rule can be; nil for a rule that can.
    var flaw: String? {
        switch self {
        case .falseAlarmRate(let rate):
            rate > 0 && rate < 1 ? nil : "its false-alarm rate is \(rate), not between 0 and 1"
        case .score(let threshold), .error(let threshold):
            threshold.isFinite ? nil : "its threshold is \(threshold), not a number"
        }
    }
}

extension Decision.Origin {
    /// What no origin can be; nil for one that can.
    var flaw: String? {
        guard case .labeled(_, _, let count, let anomalyCount) = self else { return nil }
        return 0...max(0, count) ~= anomalyCount && count > 0
            ? nil : "its threshold was chosen on \(anomalyCount) anomalies of \(count)"
    }
}

extension [[EpochRecord]] {
    /// What no training can have recorded.
    var flaw: String? {
        for history in self {
            for (index, record) in history.enumerated() where record.epoch != index + 1 {
                return "epoch \(record.epoch) follows epoch \(index) in a history"
            }
            let isFinite = history.allSatisfy {
                $0.trainingLoss.isFinite && $0.validationLoss?.isFinite ?? true
                    && $0.learningRate.isFinite
            }
            if !isFinite { return "a loss of its history is no number" }
        }
        return nil
    }
}

extension ModelArchive {
    /// Refuses a model without the rows, images or steps that show whether it is whole.
    static func check(_ count: Int, ofReferences expected: Int) throws {
        guard count != expected else { return }
        throw DetectorError.inconsistentModel(
            "it has \(count) reference scores, not \(expected)"
        )
    }
}
