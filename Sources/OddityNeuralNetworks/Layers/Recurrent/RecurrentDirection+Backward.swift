internal import COddityKernels
internal import OddityLinearAlgebra

extension RecurrentDirection {
    /// Computes the gradients by the parameters, and adds those by the input.
    func backward(
        gradient: UnsafePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        parameters: UnsafePointer<Float>
    ) {
        goBack(gradient, rowCount: rowCount, recurrentWeights: parameters + offsets[1])
        let (units, gateSize) = (layer.units, layer.gateSize)
        // The state before the first step is zero.
        let recurrent = cell.recurrentGradients(gates: gates.baseAddress)
        Products.multiply(
            state(before: 1, rowCount: rowCount),
            recurrent + rowCount * gateSize,
            into: gradients + offsets[1],
            m: units,
            n: gateSize,
            k: (layer.length - 1) * rowCount,
            transposeLeft: true
        )
        if offsets.count > 3 {
            cell.sumRecurrentBias(into: gradients + offsets[3], rowCount: rowCount)
        }
        var byGates = gates.baseAddress
        var count = layer.length * rowCount
        if layer.readsRepetition {
            byGates = sums.baseAddress
            count = rowCount
            byGates.update(repeating: 0, count: count * gateSize)
            oddity_add_column_sums(gates.baseAddress, byGates, layer.length, count * gateSize)
        }
        Products.multiply(
            inputs.baseAddress,
            byGates,
            into: gradients + offsets[0],
            m: layer.channels,
            n: gateSize,
            k: count,
            transposeLeft: true
        )
        let biasGradient = gradients + offsets[2]
        biasGradient.update(repeating: 0, count: gateSize)
        oddity_add_column_sums(byGates, biasGradient, count, gateSize)
        guard let inputGradient else { return }
        Products.multiply(
            byGates,
            parameters + offsets[0],
            into: inputGradients.baseAddress,
            m: count,
            n: layer.channels,
            k: gateSize,
            transposeRight: true
        )
        scatter(to: inputGradient, stepCount: count / rowCount, rowCount: rowCount)
    }

    /// Turns the gates of all steps into the gradients by their sums, the last step first.
    private func goBack(
        _ gradient: UnsafePointer<Float>,
        rowCount: Int,
        recurrentWeights: UnsafePointer<Float>
    ) {
        let stepSize = rowCount * layer.gateSize
        guard let transposedWeights else { return }
        transposedWeights.update(group: 0, from: recurrentWeights, stride: layer.gateSize)
        stateGradient.baseAddress.update(repeating: 0, count: rowCount * layer.units)
        cell.beginGradient(rowCount: rowCount)
        let recurrent = cell.recurrentGradients(gates: gates.baseAddress)
        for step in (0..<layer.length).reversed() {
            cell.backward(
                oddity_recurrent_gradient(
                    rows: rowCount,
                    units: layer.units,
                    state_gradient: stateGradient.baseAddress,
                    output_gradient: outputOffset(step).map { gradient + $0 },
                    output_stride: layer.outputSize
                ),
                number: step,
                gates: gates.baseAddress + step * stepSize,
                stateBefore: state(before: step, rowCount: rowCount)
            )
            guard step > 0 else { continue }
            Products.multiply(
                recurrent + step * stepSize,
                transposedWeights.group(0),
                into: stateGradient.baseAddress,
                m: rowCount,
                n: layer.units,
                k: layer.gateSize,
                keep: cell.passesStateGradient ? 1 : 0
            )
        }
    }

    private func scatter(
        to inputGradient: UnsafeMutablePointer<Float>,
        stepCount: Int,
        rowCount: Int
    ) {
        let channels = layer.channels
        var source = UnsafePointer(inputGradients.baseAddress)
        for step in 0..<stepCount {
            for row in 0..<rowCount {
                let target = inputGradient + row * layer.inputSize + point(step) * channels
                for i in 0..<channels { target[i] += source[i] }
                source += channels
            }
        }
    }
}
