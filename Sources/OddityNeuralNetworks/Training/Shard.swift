internal import OddityLinearAlgebra

/// A fixed part of each batch, with workspaces and gradients of its own.
///
/// Shards of a step run on different threads; each writes only its own memory.
final class Shard: @unchecked Sendable {
    private let index: Int
    private let inputSize: Int
    private let targetSize: Int
    private let loss: PlannedLoss
    private let stack: LayerStack
    private let inputs: AlignedBuffer
    private let targets: AlignedBuffer?
    /// The gradient by all parameters after ``run(_:rows:pass:scale:)``.
    let gradients: AlignedBuffer
    /// The sum of the loss over the elements of the shard's rows.
    private(set) var lossSum = 0.0
    /// What the shard's rows add to the penalties of the batch.
    private(set) var penalties = LossPenalties()

    init(
        index: Int,
        loss: LossFunction,
        layout: NetworkLayout,
        rowCapacity: Int,
        hasTargets: Bool
    ) {
        self.index = index
        self.loss = PlannedLoss(loss)
        inputSize = loss.network.inputSize
        targetSize = loss.targetSize
        stack = LayerStack(layout, rowCapacity: rowCapacity, forTraining: true)
        inputs = AlignedBuffer(count: rowCapacity * inputSize)
        targets = hasTargets ? AlignedBuffer(count: rowCapacity * targetSize) : nil
        gradients = AlignedBuffer(count: layout.parameterCount)
    }

    /// The network's output for the rows of the last ``run``; with the cross-entropy, what goes
    /// into its last sigmoid.
    var output: UnsafePointer<Float> { UnsafePointer(stack.output) }

    /// Computes loss and gradients for some rows.
    ///
    /// - Parameters:
    ///   - rows: the positions of the rows in the data.
    ///   - batchRowCount: the rows of the whole batch.
    ///   - scale: what the gradient of the summed loss is multiplied by.
    func run(
        _ data: TrainingData,
        rows: UnsafeBufferPointer<Int>,
        parameters: UnsafePointer<Float>,
        state: UnsafeMutablePointer<Float>,
        seed: UInt64,
        step: Int,
        batchRowCount: Int,
        scale: Float,
        inputGradient: UnsafeMutablePointer<Float>? = nil
    ) {
        let x = inputs.baseAddress
        data.writeInputs(rows, width: inputSize, into: x)
        var t = x
        if let targets, let source = data.targets {
            t = targets.baseAddress
            TrainingData.gather(source, rows, stride: targetSize, width: targetSize, into: t)
        }
        let pass = Pass(
            parameters: parameters,
            state: state,
            training: TrainingPass(
                seed: seed,
                step: step,
                shard: index,
                batchRowCount: batchRowCount
            )
        )
        stack.forward(x, rowCount: rows.count, pass: pass)
        lossSum = loss.sum(
            predicted: stack.output,
            expected: t,
            gradient: stack.outputGradient,
            scale: scale,
            rowCount: rows.count
        )
        penalties = LossPenalties()
        stack.addPenalties(to: &penalties)
        stack.backward(
            x,
            inputGradient: inputGradient,
            gradients: gradients.baseAddress,
            rowCount: rows.count,
            pass: pass
        )
    }
}
