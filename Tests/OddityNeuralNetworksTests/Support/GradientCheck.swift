import Testing

@testable import OddityNeuralNetworks

/// Compares the engine's loss, penalties and gradients with central differences of ``ReferenceNetwork``.
///
/// Differences in double precision with step h are wrong by about h² and 1e-16 / h, 1e-9 together
/// for h = 1e-5; what is left is the engine's rounding. Where sums cancel, it is as large as that of
/// what is summed, so numbers are compared to 1e-5 of the largest gradient of the network.
func checkGradients(
    of network: Network,
    loss: Loss,
    rowCount: Int,
    step: Int = 0,
    seed: UInt64 = 3,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let targetSize = loss.targetSize(outputSize: network.outputSize)
    let (inputs, targets) = exampleBatch(
        network,
        rowCount: rowCount,
        targetSize: targetSize,
        seed: seed
    )
    let engine = EngineGradients(
        network,
        loss: loss,
        inputs: inputs,
        targets: targets,
        rowCount: rowCount,
        step: step
    )

    var model = ReferenceNetwork(network, step: step)
    let expected = targets.map(Double.init)
    var x = inputs.map(Double.init)
    func value() -> Double {
        let found = model.run(x, rowCount: rowCount)
        let plain = reference(
            loss,
            predicted: found.output,
            expected: expected,
            targetSize: targetSize,
            shape: network.description.outputShape
        )
        return plain + found.penalty
    }
    expectClose(
        [Float(engine.loss + engine.penalties.total)],
        [value()],
        "the loss",
        sourceLocation
    )
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
