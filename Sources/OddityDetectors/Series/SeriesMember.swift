internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform

/// One network of a detector of series.
struct SeriesMember: Sendable {
    let network: Network
    /// The least and the largest number that it was trained on, for each feature that it sees of a step.
    let low: [Float]
    let high: [Float]
    /// What codes are measured by; nil where they do not count.
    let codes: NearestCode?
    /// Loss by epoch.
    let history: [EpochRecord]
}

/// A member made ready to rebuild what it sees of steps.
///
/// It has workspaces, so it serves one thread.
final class SeriesMemberPlan {
    private let member: SeriesMember
    private let layout: SeriesLayout
    private let plan: InferencePlan
    private let clipped: AlignedBuffer
    private let workspace: AlignedBuffer
    private var distances: [Double]

    init(_ member: SeriesMember, _ layout: SeriesLayout) {
        self.member = member
        self.layout = layout
        plan = InferencePlan(member.network)
        clipped = AlignedBuffer(count: plan.tileRowCount * layout.inputSize)
        workspace = AlignedBuffer(
            count: member.codes?.workspaceSize(tileSize: plan.tileRowCount) ?? 0
        )
        distances = [Double](repeating: 0, count: plan.tileRowCount)
    }

    /// Adds what the network makes of steps: the residual and the expectation of each.
    ///
    /// A number beyond those of training enters the network as the nearest of those, and what lies beyond
    /// stays in the residual: a network may be trusted where it was trained.
    ///
    /// - Parameters:
    ///   - inputs: `count` rows of what the network sees.
    ///   - steps: the scaled features of the same steps.
    ///   - residuals: rows of ``SeriesLayout/residualSize`` numbers that the residuals are added to.
    ///   - expected: rows of ``SeriesLayout/featureCount`` numbers that the expectations are added to.
    ///   - logDistances: a number for each step that the logarithm of its code's distance is added to, where
    ///     codes count.
    func add(
        _ inputs: UnsafePointer<Float>,
        steps: UnsafePointer<Float>,
        count: Int,
        residuals: UnsafeMutablePointer<Float>,
        expected: UnsafeMutablePointer<Float>,
        logDistances: UnsafeMutablePointer<Double>
    ) {
        for start in stride(from: 0, to: count, by: plan.tileRowCount) {
            let rowCount = min(plan.tileRowCount, count - start)
            clip(inputs + start * layout.inputSize, rowCount: rowCount)
            plan.forward(clipped.baseAddress, count: rowCount)
            addDistances(to: logDistances + start, rowCount: rowCount)
            for row in 0..<rowCount {
                let place = start + row
                addRow(
                    row,
                    input: inputs + place * layout.inputSize,
                    step: steps + place * layout.featureCount,
                    residual: residuals + place * layout.residualSize,
                    expected: expected + place * layout.featureCount
                )
            }
        }
    }

    private func addDistances(to sums: UnsafeMutablePointer<Double>, rowCount: Int) {
        guard let codes = member.codes else { return }
        codes.distances(
            ofTile: plan.output(ofLayer: layout.codeLayer),
            rowCount: rowCount,
            workspace: workspace.baseAddress,
            into: &distances
        )
        for row in 0..<rowCount { sums[row] += log(max(distances[row], 1e-12)) }
    }

    private func clip(_ inputs: UnsafePointer<Float>, rowCount: Int) {
        let width = member.low.count
        let target = clipped.baseAddress
        member.low.withUnsafeBufferPointer { low in
            member.high.withUnsafeBufferPointer { high in
                for row in 0..<rowCount * layout.inputSize / width {
                    let x = inputs + row * width
                    let y = target + row * width
                    for j in 0..<width { y[j] = min(max(x[j], low[j]), high[j]) }
                }
            }
        }
    }

    private func addRow(
        _ row: Int,
        input: UnsafePointer<Float>,
        step: UnsafePointer<Float>,
        residual: UnsafeMutablePointer<Float>,
        expected: UnsafeMutablePointer<Float>
    ) {
        let width = layout.featureCount
        // Of a window, the last step is what counts.
        let output = plan.output + row * plan.outputSize
        let own = layout.averagesResiduals ? output + plan.outputSize - width : output
        if layout.averagesResiduals {
            for j in 0..<width { residual[j] += step[j] - own[j] }
        } else {
            for j in 0..<layout.residualSize { residual[j] += input[j] - own[j] }
        }
        for j in 0..<width { expected[j] += own[j] }
    }
}
