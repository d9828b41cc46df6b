internal import COddityKernels
internal import OddityLinearAlgebra

/// The cell of an LSTM; gates i, f, g, o.
final class LSTMCell: PlannedCell {
    private let units: Int
    private let keepsSteps: Bool
    /// The zeros before the first step, then c of each step, or of the last.
    private let cells: AlignedBuffer
    /// tanh(c) of each step, or of the last.
    private let squashed: AlignedBuffer
    private let cellGradient: AlignedBuffer

    var passesStateGradient: Bool { false }

    init(_ layer: RecurrentLayer, rowCapacity: Int, forTraining: Bool) {
        units = layer.units
        keepsSteps = forTraining
        let size = rowCapacity * layer.units
        cells = AlignedBuffer(count: (forTraining ? layer.length + 1 : 1) * size)
        squashed = AlignedBuffer(count: (forTraining ? layer.length : 1) * size)
        cellGradient = AlignedBuffer(count: forTraining ? size : 0)
    }

    func begin(rowCount: Int) {
        cells.baseAddress.update(repeating: 0, count: rowCount * units)
    }

    func forward(
        _ step: oddity_recurrent_step,
        number: Int,
        gates: UnsafeMutablePointer<Float>,
        stateBefore: UnsafePointer<Float>,
        _ place: CellPlace
    ) {
        if number > 0 {
            Products.multiplyRows(
                stateBefore,
                place.weights,
                into: gates,
                m: place.rowCount,
                n: 4 * units,
                k: units,
                adds: true
            )
        }
        let size = place.rowCount * units
        let index = keepsSteps ? number : 0
        let before = cells.baseAddress + index * size
        withUnsafePointer(to: step) {
            oddity_lstm_step(
                $0,
                gates,
                before,
                keepsSteps ? before + size : before,
                squashed.baseAddress + index * size
            )
        }
    }

    func beginGradient(rowCount: Int) {
        cellGradient.baseAddress.update(repeating: 0, count: rowCount * units)
    }

    func backward(
        _ step: oddity_recurrent_gradient,
        number: Int,
        gates: UnsafeMutablePointer<Float>,
        stateBefore: UnsafePointer<Float>
    ) {
        let offset = number * step.rows * units
        withUnsafePointer(to: step) {
            oddity_lstm_step_gradient(
                $0,
                gates,
                cells.baseAddress + offset,
                squashed.baseAddress + offset,
                cellGradient.baseAddress
            )
        }
    }

    func recurrentGradients(gates: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
        UnsafePointer(gates)
    }

    func sumRecurrentBias(into gradient: UnsafeMutablePointer<Float>, rowCount: Int) {}
}
