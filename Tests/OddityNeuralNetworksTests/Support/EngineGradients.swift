import OddityLinearAlgebra

@testable import OddityNeuralNetworks

/// The gradients that the engine computes for one batch, of seed 5.
struct EngineGradients {
    let loss: Double
    let penalties: LossPenalties
    let output: [Float]
    /// By parameter, in the order of the network's parameter tensors.
    let parameters: [StoredTensor]
    let input: [Float]
    let stateAfter: [StoredTensor]

    init(
        _ network: Network,
        loss: Loss,
        inputs: [Float],
        targets: [Float],
        rowCount: Int,
        step: Int = 0
    ) {
        let function = LossFunction(loss, after: network.description)
        let shard = Shard(
            index: 0,
            loss: function,
            layout: NetworkLayout(function.network),
            rowCapacity: rowCount,
            hasTargets: true
        )
        let state = network.state.copy()
        let inputGradient = AlignedBuffer(count: inputs.count)
        inputs.withUnsafeBufferPointer { x in
            targets.withUnsafeBufferPointer { t in
                guard let x = x.baseAddress else { return }
                Array(0..<rowCount).withUnsafeBufferPointer { rows in
                    shard.run(
                        TrainingData(
                            inputs: x,
                            stride: inputs.count / rowCount,
                            targets: t.baseAddress
                        ),
                        rows: rows,
                        parameters: network.parameters.baseAddress,
                        state: state.baseAddress,
                        seed: 5,
                        step: step,
                        batchRowCount: rowCount,
                        scale: 1 / Float(targets.count),
                        inputGradient: inputGradient.baseAddress
                    )
                }
            }
        }
        self.loss = shard.lossSum / Double(targets.count)
        penalties = shard.penalties
        output = Array(
            UnsafeBufferPointer(start: shard.output, count: rowCount * network.outputSize)
        )
        let found = Network(
            network.description,
            layout: network.layout,
            parameters: shard.gradients,
            state: state
        )
        parameters = found.parameterTensors
        input = Array(inputGradient.elements)
        stateAfter = found.stateTensors
    }
}

/// Inputs from the normal distribution and targets from 0 to 1.
func exampleBatch(
    _ network: Network,
    rowCount: Int,
    targetSize: Int,
    seed: UInt64
) -> (inputs: [Float], targets: [Float]) {
    var stream = RandomStream(seed: seed, use: .sampling)
    var inputs = [Float](repeating: 0, count: rowCount * network.inputSize)
    var targets = [Float](repeating: 0, count: rowCount * targetSize)
    inputs.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
    targets.withUnsafeMutableBufferPointer { stream.fillUniform($0) }
    return (inputs, targets)
}
