internal import OddityEvaluation
internal import OddityNeuralNetworks
internal import OddityPlatform

/// A trained network, and what it measured of all training rows.
struct MeasuredMember: Sendable {
    let network: Network
    /// Loss by epoch.
    let history: [EpochRecord]
    /// What is known of the training codes; nil when codes don't count.
    let codeMeasure: CodeMeasure?
    /// The rows it has not seen.
    let heldOutRows: [Int]
    let heldOut: [RowMeasures]
    /// The rows it was trained on, each without its own code.
    let trainedRows: [Int]
    let trained: [RowMeasures]

    /// The member with its calibration.
    func calibrated(_ calibration: MemberCalibration) -> Member {
        Member(
            network: network,
            history: history,
            codeMeasure: codeMeasure,
            calibration: calibration
        )
    }

    /// For each of the rows it was trained on the normal quantile of its rank among them: higher is odder.
    func trainedQuantiles(_ calibration: MemberCalibration) -> [Double] {
        let scores = trained.map(calibration.score)
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var ranks = [Double](repeating: 0, count: scores.count)
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, scores[order[end]] == scores[order[first]] { end += 1 }
            let share = Double(first + end) / 2 / Double(scores.count)
            for place in first..<end { ranks[order[place]] = normalQuantile(share) }
            first = end
        }
        return ranks
    }
}
