internal import COddityKernels
internal import OddityLinearAlgebra

/// One direction of a recurrent layer with its workspaces.
///
/// What belongs to a step stands together, a row for each row of the batch, and steps follow one another
/// in the order of reading. So one product takes the inputs of many steps, and each weight's gradient
/// is one product over all of them.
final class RecurrentDirection {
    let layer: RecurrentLayer
    let isReverse: Bool
    let offsets: [Int]
    let cell: any PlannedCell
    /// The steps whose products with the input are made at a time; training keeps all.
    private let chunkLength: Int
    private let keepsSteps: Bool
    /// The inputs of a chunk's steps; of one step where all are the same.
    let inputs: AlignedBuffer
    /// The gates of a chunk's steps, then the gradients by their sums.
    let gates: AlignedBuffer
    /// The zeros before the first step, then the states: all of them, or the last.
    let states: AlignedBuffer
    /// The products with the one input of a repetition; in a backward pass the sum of the gates' gradients.
    let sums: AlignedBuffer
    let stateGradient: AlignedBuffer
    let inputGradients: AlignedBuffer
    /// Nil in scoring.
    let transposedWeights: TransposedWeights?

    /// In scoring, the gates of a chunk shall fit a quarter of a megabyte.
    private static let chunkSize = 1 << 16

    init(
        _ layer: RecurrentLayer,
        isReverse: Bool,
        offsets: [Int],
        rowCapacity: Int,
        forTraining: Bool
    ) {
        self.layer = layer
        self.isReverse = isReverse
        self.offsets = offsets
        keepsSteps = forTraining
        let stepSize = rowCapacity * layer.gateSize
        chunkLength =
            forTraining
            ? layer.length
            : max(1, min(layer.length, RecurrentDirection.chunkSize / max(1, stepSize)))
        cell =
            switch layer.cell {
            case .lstm: LSTMCell(layer, rowCapacity: rowCapacity, forTraining: forTraining)
            case .gru: GRUCell(layer, rowCapacity: rowCapacity, forTraining: forTraining)
            }
        let inputCount = layer.readsRepetition ? 1 : chunkLength
        inputs = AlignedBuffer(count: inputCount * rowCapacity * layer.channels)
        gates = AlignedBuffer(count: chunkLength * stepSize)
        let stateCount = forTraining ? layer.length + 1 : 1
        states = AlignedBuffer(count: stateCount * rowCapacity * layer.units)
        sums = AlignedBuffer(count: layer.readsRepetition ? stepSize : 0)
        stateGradient = AlignedBuffer(count: forTraining ? rowCapacity * layer.units : 0)
        inputGradients = AlignedBuffer(count: forTraining ? inputs.count : 0)
        transposedWeights =
            forTraining
            ? TransposedWeights(groups: 1, rowCount: layer.units, columnCount: layer.gateSize)
            : nil
    }

    /// The point that a step reads.
    func point(_ step: Int) -> Int { isReverse ? layer.length - 1 - step : step }

    /// The state before a step.
    func state(before step: Int, rowCount: Int) -> UnsafeMutablePointer<Float> {
        states.baseAddress + (keepsSteps ? step : 0) * rowCount * layer.units
    }

    /// The place of a step's output in that of a row; nil if there is none.
    func outputOffset(_ step: Int) -> Int? {
        if layer.returnsSequence { return point(step) * layer.outputChannels }
        return step == layer.length - 1 ? 0 : nil
    }

    func forward(
        _ input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>,
        rowCount: Int,
        parameters: UnsafePointer<Float>
    ) {
        let place = CellPlace(
            rowCount: rowCount,
            weights: parameters + offsets[1],
            recurrentBias: offsets.count > 3 ? parameters + offsets[3] : nil
        )
        states.baseAddress.update(repeating: 0, count: rowCount * layer.units)
        cell.begin(rowCount: rowCount)
        if layer.readsRepetition {
            gather(input, points: 0..<1, rowCount: rowCount)
            multiply(parameters, stepCount: 1, rowCount: rowCount, into: sums.baseAddress)
        }
        var start = 0
        while start < layer.length {
            let chunk = start..<min(start + chunkLength, layer.length)
            start = chunk.upperBound
            if !layer.readsRepetition {
                gather(input, points: chunk, rowCount: rowCount)
                multiply(
                    parameters,
                    stepCount: chunk.count,
                    rowCount: rowCount,
                    into: gates.baseAddress
                )
            }
            for step in chunk {
                let stepSize = rowCount * layer.gateSize
                let z = gates.baseAddress + (step - chunk.lowerBound) * stepSize
                if layer.readsRepetition { z.update(from: sums.baseAddress, count: stepSize) }
                cell.forward(
                    oddity_recurrent_step(
                        rows: rowCount,
                        units: layer.units,
                        bias: parameters + offsets[2],
                        state: state(before: step + 1, rowCount: rowCount),
                        output: outputOffset(step).map { output + $0 },
                        output_stride: layer.outputSize
                    ),
                    number: step,
                    gates: z,
                    stateBefore: state(before: step, rowCount: rowCount),
                    place
                )
            }
        }
    }

    /// Puts the inputs of some steps one after the other.
    private func gather(_ input: UnsafePointer<Float>, points steps: Range<Int>, rowCount: Int) {
        var target = inputs.baseAddress
        for step in steps {
            let source = input + point(step) * layer.channels
            for row in 0..<rowCount {
                target.update(from: source + row * layer.inputSize, count: layer.channels)
                target += layer.channels
            }
        }
    }

    /// The products of gathered inputs and weights.
    private func multiply(
        _ parameters: UnsafePointer<Float>,
        stepCount: Int,
        rowCount: Int,
        into products: UnsafeMutablePointer<Float>
    ) {
        Products.multiplyRows(
            inputs.baseAddress,
            parameters + offsets[0],
            into: products,
            m: stepCount * rowCount,
            n: layer.gateSize,
            k: layer.channels
        )
    }
}
