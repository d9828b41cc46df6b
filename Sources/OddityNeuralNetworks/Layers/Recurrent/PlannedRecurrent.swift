internal import OddityLinearAlgebra

/// The directions of a recurrent layer, side by side in the output.
final class PlannedRecurrent: PlannedLayer {
    private let layer: RecurrentLayer
    private let directions: [RecurrentDirection]
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: RecurrentLayer, _ place: LayerPosition) {
        self.layer = layer
        directions = (0..<layer.directionCount).map { index in
            let first = index * layer.tensorsPerDirection
            return RecurrentDirection(
                layer,
                isReverse: layer.direction == .reverse || index == 1,
                offsets: Array(
                    place.parameterOffsets[first..<(first + layer.tensorsPerDirection)]
                ),
                rowCapacity: place.rowCapacity,
                forTraining: !place.keepsAllOutputs
            )
        }
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        for (index, direction) in directions.enumerated() {
            direction.forward(
                input,
                output: output + index * layer.units,
                rowCount: rowCount,
                parameters: pass.parameters
            )
        }
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        inputGradient?.update(repeating: 0, count: rowCount * layer.inputSize)
        for (index, direction) in directions.enumerated() {
            direction.backward(
                gradient: gradient + index * layer.units,
                inputGradient: inputGradient,
                gradients: gradients,
                rowCount: rowCount,
                parameters: pass.parameters
            )
        }
    }
}
