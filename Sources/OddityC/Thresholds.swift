public import COddityInterface
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityRecords

/// `oddity_model_with_threshold` of `oddity.h`.
@_cdecl("oddity_model_with_threshold")
public func modelWithThreshold(
    _ model: OpaquePointer?,
    _ rule: UnsafePointer<CChar>?,
    _ labeled: UnsafePointer<oddity_scores>?,
    _ labels: UnsafePointer<UInt8>?,
    _ labelCount: Int,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    reporting(error, orReturn: nil) {
        let text = try text(rule, "the rule")
        let cost = ThresholdCriterion.leastCost(costFalseAlarm: 1, costMiss: 1)
        guard let chosen = ChosenThreshold(text, cost: cost) else {
            throw InvalidArgument("\"\(text)\" is no rule; there are \(ChosenThreshold.names)")
        }
        let data = try labeled.flatMap { labeled in
            try labels.map {
                try labeledScores(labeled.pointee.score, $0, count: labelCount)
            }
        }
        var model = try ModelHandle.model(model)
        switch model {
        case .table(var detector):
            detector.decision = try decision(of: detector, by: chosen, on: data)
            model = .table(detector)
        case .images(var detector):
            detector.decision = try decision(of: detector, by: chosen, on: data)
            model = .images(detector)
        case .series(var detector):
            detector.decision = try decision(of: detector, by: chosen, on: data)
            model = .series(detector)
        }
        return ModelHandle(model).exported()
    }
}

private func labeledScores(
    _ scores: UnsafeMutablePointer<Double>?,
    _ labels: UnsafePointer<UInt8>,
    count: Int
) throws -> LabeledScores {
    guard let scores, count >= 0 else {
        throw InvalidArgument("the scores of the labelled rows are NULL; give one for each label")
    }
    return try LabeledScores(
        scores: Array(UnsafeBufferPointer(start: scores, count: count)),
        labels: UnsafeBufferPointer(start: labels, count: count).map { $0 != 0 }
    )
}

private func decision(
    of detector: some FittedDetector,
    by chosen: ChosenThreshold,
    on data: LabeledScores?
) throws -> Decision {
    guard case .labeled(let criterion) = chosen else {
        return try detector.decision(by: chosen, of: .score, on: nil)
    }
    guard let data else {
        throw InvalidArgument("\(criterion) needs labelled rows; give their scores and labels")
    }
    return try detector.decision(by: criterion, on: data)
}
