import LinearAlgebra
import Testing

@testable import NeuralNetworks

/// The gradients that the engine computes for one batch.
struct EngineGradients {
    let loss: Double
    let output: [Float]
    /// By parameter, in the order of the network's parameter tensors.
    let parameters: [StoredTensor]
    let input: [Float]
    let stateAfter: [StoredTensor]

    init(_ network: Network, loss: Loss, inputs: [Float], targets: [Float], rowCount: Int) {
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
        let elementCount = rowCount * network.outputSize
        inputs.withUnsafeBufferPointer { x in
            targets.withUnsafeBufferPointer { t in
                guard let x = x.baseAddress else { return }
                Array(0..<rowCount).withUnsafeBufferPointer { rows in
                    shard.run(
                        TrainingData(inputs: x, targets: t.baseAddress),
                        rows: rows,
                        parameters: network.parameters.baseAddress,
                        state: state.baseAddress,
                        seed: 5,
                        step: 0,
                        scale: 1 / Float(elementCount),
                        inputGradient: inputGradient.baseAddress
                    )
                }
            }
        }
        self.loss = shard.lossSum / Double(elementCount)
        output = Array(
            UnsafeBufferPointer(start: shard.output, count: rowCount * network.outputSize)
        )
        parameters =
            Network(
                network.description,
                layout: network.layout,
                parameters: shard.gradients,
                state: state
            ).parameterTensors
        input = Array(inputGradient.elements)
        stateAfter =
            Network(
                network.description,
                layout: network.layout,
                parameters: shard.gradients,
                state: state
            ).stateTensors
    }
}

/// Compares the engine's loss and gradients with central differences of ``ReferenceNetwork``.
///
/// Differences in double precision with step h are wrong by about h² and 1e-16 / h, 1e-9 together
/// for h = 1e-5; what is left is the engine's rounding. Where sums cancel, it is as large as that of
/// what is summed, so numbers are compared to 1e-5 of the largest gradient of the network.
func checkGradients(
    of network: Network,
    loss: Loss,
    rowCount: Int,
    seed: UInt64 = 3,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var stream = RandomStream(seed: seed, use: .sampling)
    var inputs = [Float](repeating: 0, count: rowCount * network.inputSize)
    var targets = [Float](repeating: 0, count: rowCount * network.outputSize)
    inputs.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
    targets.withUnsafeMutableBufferPointer { stream.fillUniform($0) }
    let engine = EngineGradients(
        network,
        loss: loss,
        inputs: inputs,
        targets: targets,
        rowCount: rowCount
    )

    var model = ReferenceNetwork(network)
    model.dropoutFactors = dropoutFactors(network.description, rowCount: rowCount)
    let expected = targets.map(Double.init)
    var x = inputs.map(Double.init)
    func value() -> Double {
        reference(loss, predicted: model.output(x, rowCount: rowCount), expected: expected)
    }
    expectClose([Float(engine.loss)], [value()], "the loss", sourceLocation)
    let h = 1e-5
    let scale = (engine.parameters.flatMap(\.values) + engine.input).reduce(0) {
        max($0, Double(abs($1)))
    }
    for tensor in engine.parameters {
        let slopes = tensor.values.indices.map { i in
            let original = model.parameters[tensor.name]?[i] ?? 0
            model.parameters[tensor.name]?[i] = original + h
            let above = value()
            model.parameters[tensor.name]?[i] = original - h
            let below = value()
            model.parameters[tensor.name]?[i] = original
            return (above - below) / (2 * h)
        }
        expectClose(tensor.values, slopes, tensor.name, scale: scale, sourceLocation)
    }
    let slopes = x.indices.map { i in
        let original = x[i]
        x[i] = original + h
        let above = value()
        x[i] = original - h
        let below = value()
        x[i] = original
        return (above - below) / (2 * h)
    }
    expectClose(engine.input, slopes, "the input", scale: scale, sourceLocation)
}

/// Compares numbers to 1e-5 of the largest one, or of another scale.
func expectClose(
    _ found: [Float],
    _ expected: [Double],
    _ name: String,
    scale: Double? = nil,
    _ sourceLocation: SourceLocation = #_sourceLocation
) {
    guard found.count == expected.count else {
        Issue.record(
            "\(name): \(found.count) numbers for \(expected.count)",
            sourceLocation: sourceLocation
        )
        return
    }
    let largest = scale ?? expected.reduce(0) { max($0, abs($1)) }
    let error = zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    #expect(error <= 1e-5 * largest + 1e-8, "\(name)", sourceLocation: sourceLocation)
}

/// The factors that dropout layers use in step 0 of seed 5.
private func dropoutFactors(
    _ description: NetworkDescription,
    rowCount: Int
) -> [Int: [Double]] {
    var factors: [Int: [Double]] = [:]
    for (index, layer) in description.layers.enumerated() {
        guard case .dropout(let rate) = layer else { continue }
        let pass = TrainingPass(seed: 5, step: 0, shard: 0)
        var stream = RandomStream(
            seed: 5,
            use: .dropout,
            index: PlannedDropout.streamIndex(layer: index, pass: pass)
        )
        factors[index] = (0..<(rowCount * description.outputSize(ofLayer: index))).map { _ in
            Double(stream.nextWord()) < Double(rate) * 0x1p32 ? 0 : 1 / (1 - Double(rate))
        }
    }
    return factors
}
