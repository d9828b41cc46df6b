internal import OddityLinearAlgebra

/// The mean loss on some rows, with the parameters as they are.
final class ValidationPlan: @unchecked Sendable {
    private let losses: [PlannedLoss]
    private let targetSize: Int
    private let plans: [InferencePlan]
    private let targetTiles: [AlignedBuffer]
    private let rows: [Int]
    private let tileLosses: UnsafeMutableBufferPointer<Double>

    init(
        loss: LossFunction,
        parameters: AlignedBuffer,
        state: AlignedBuffer,
        rows: [Int],
        threadCount: Int
    ) {
        self.rows = rows
        let layout = NetworkLayout(loss.network)
        let tile = InferencePlan.tileRowCount(layout)
        let tileCount = (rows.count + tile - 1) / tile
        let workers = max(1, min(threadCount, tileCount))
        plans = (0..<workers).map { _ in
            InferencePlan(loss.network, layout: layout, parameters: parameters, state: state)
        }
        losses = (0..<workers).map { _ in PlannedLoss(loss) }
        targetSize = loss.targetSize
        let width = loss.targetSize
        targetTiles = (0..<workers).map { _ in AlignedBuffer(count: tile * width) }
        tileLosses = .allocate(capacity: tileCount)
        tileLosses.initialize(repeating: 0)
    }

    deinit {
        tileLosses.deallocate()
    }

    /// The mean over all elements; tiles are summed in order, whatever the number of threads.
    func meanLoss(_ data: TrainingData) -> Double {
        let width = targetSize
        let workers = plans.count
        let tile = plans[0].tileRowCount
        Parallel.forEach(count: workers, threadCount: workers) { worker in
            let plan = plans[worker]
            let expected = targetTiles[worker].baseAddress
            for index in stride(from: worker, to: tileLosses.count, by: workers) {
                let positions = rows[(index * tile)..<min(rows.count, (index + 1) * tile)]
                positions.withUnsafeBufferPointer { rows in
                    if let targets = data.targets,
                        case .memory(let inputs, let stride) = data.inputs
                    {
                        plan.forward(inputs, at: positions, stride: stride)
                        TrainingData.gather(
                            targets,
                            rows,
                            stride: width,
                            width: width,
                            into: expected
                        )
                    } else {
                        data.writeInputs(rows, width: width, into: expected)
                        plan.forward(expected, count: rows.count)
                    }
                }
                tileLosses[index] = losses[worker].sum(
                    predicted: plan.output,
                    expected: expected,
                    gradient: nil,
                    scale: 1,
                    rowCount: positions.count
                )
            }
        }
        return tileLosses.reduce(0, +) / Double(rows.count * width)
    }
}
