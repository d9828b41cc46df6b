internal import OddityEvaluation
internal import OddityFailures
internal import OddityModelFiles
internal import OddityNeuralNetworks

// What a model file says is checked against itself before it is used.

/// Refuses a model for a flaw, if it has one.
func refuse(_ flaw: String?) throws {
    if let flaw { throw DetectorError.inconsistentModel(flaw) }
}

/// Refuses a model for settings that no training takes.
func refuseSettings(_ validate: () throws -> Void) throws {
    do {
        try validate()
    } catch DetectorError.invalidSetting(let name, let value, _) {
        throw DetectorError.inconsistentModel(
            value.isEmpty ? "there are no \(name)" : "\(name) is \(printable(value))"
        )
    } catch let error as any Failure {
        // What to give in its place is no business of a model's.
        let flaw = error.description.prefix { $0 != ";" }
        throw DetectorError.inconsistentModel(printable(String(flaw), limit: 160))
    }
}

/// What no release calls itself; nil for one that can.
func producerFlaw(_ producer: String) -> String? {
    !producer.isEmpty && printable(producer, limit: 100) == producer
        ? nil : "it does not say which release wrote it"
}

/// The most rows, images or steps that a model can have learned from.
let trainingCountLimit = 1 << 48

/// What no number of training rows, images or steps can be; nil for one that can.
func trainingCountFlaw(_ count: Int, atLeast least: Int, _ noun: String) -> String? {
    least...trainingCountLimit ~= count ? nil : "it was trained on \(count) \(noun)"
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
        switch self {
        case .standard, .given: return nil
        case .alarmsPerDay(let count):
            return count > 0 && count.isFinite
                ? nil : "its threshold keeps \(count) alarms a day"
        case .heldOut(let rule):
            return rule.isPossible ? nil : "its threshold follows from \(rule)"
        case .labeled(let criterion, _, let count, let anomalyCount):
            guard 0...max(0, count) ~= anomalyCount, count > 0 else {
                return "its threshold was chosen on \(anomalyCount) anomalies of \(count)"
            }
            return criterion.isPossible ? nil : "its threshold was chosen by \(criterion)"
        }
    }
}

extension [[EpochRecord]] {
    /// What no training can have recorded.
    ///
    /// - Parameters:
    ///   - epochLimit: the most epochs of a training; nil where nothing says how many.
    ///   - isSigned: whether a loss may be below 0, as that of a learned variance.
    func flaw(epochLimit: Int? = nil, isSigned: Bool = false) -> String? {
        for history in self {
            if let epochLimit, history.count > epochLimit {
                return "a history has \(history.count) epochs of at most \(epochLimit)"
            }
            for (index, record) in history.enumerated() where record.epoch != index + 1 {
                return "epoch \(record.epoch) follows epoch \(index) in a history"
            }
            for record in history {
                guard record.trainingLoss.isFinite, record.validationLoss?.isFinite ?? true,
                    record.penalties.total.isFinite
                else { return "a loss of its history is no number" }
                // Less than 0 by rounding alone.
                let least = Swift.min(record.trainingLoss, record.validationLoss ?? 0)
                guard isSigned || least > -1e-3 else { return "a history has the loss \(least)" }
                guard record.learningRate >= 0, record.learningRate.isUsable else {
                    return "epoch \(record.epoch) has the learning rate \(record.learningRate)"
                }
            }
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
