internal import COddityKernels
internal import OddityLinearAlgebra

/// The cell of a GRU; gates r, z, n.
final class GRUCell: PlannedCell {
    private let units: Int
    private let length: Int
    private let keepsSteps: Bool
    /// The products of one step with the state before; in training the gradients by those of all steps.
    private let products: AlignedBuffer
    /// What r is multiplied by, of each step, or of the last.
    private let candidates: AlignedBuffer
    private let biasSums: AlignedBuffer

    var passesStateGradient: Bool { true }

    init(_ layer: RecurrentLayer, rowCapacity: Int, forTraining: Bool) {
        units = layer.units
        length = layer.length
        keepsSteps = forTraining
        let size = (forTraining ? layer.length : 1) * rowCapacity * layer.units
        products = AlignedBuffer(count: 3 * size)
        candidates = AlignedBuffer(count: size)
        biasSums = AlignedBuffer(count: forTraining ? 3 * layer.units : 0)
    }

    func begin(rowCount: Int) {
        products.baseAddress.update(repeating: 0, count: 3 * rowCount * units)
    }

    func forward(
        _ step: oddity_recurrent_step,
        number: Int,
        gates: UnsafeMutablePointer<Float>,
        stateBefore: UnsafePointer<Float>,
        _ place: CellPlace
    ) {
        guard let recurrentBias = place.recurrentBias else { return }
        if number > 0 {
            Products.multiplyRows(
                stateBefore,
                place.weights,
                into: products.baseAddress,
                m: place.rowCount,
                n: 3 * units,
                k: units
            )
        }
        let offset = keepsSteps ? number * place.rowCount * units : 0
        withUnsafePointer(to: step) {
            oddity_gru_step(
                $0,
                gates,
                products.baseAddress,
                recurrentBias,
                stateBefore,
                candidates.baseAddress + offset
            )
        }
    }

    func beginGradient(rowCount: Int) {}

    func backward(
        _ step: oddity_recurrent_gradient,
        number: Int,
        gates: UnsafeMutablePointer<Float>,
        stateBefore: UnsafePointer<Float>
    ) {
        let offset = number * step.rows * units
        withUnsafePointer(to: step) {
            oddity_gru_step_gradient(
                $0,
                gates,
                candidates.baseAddress + offset,
                stateBefore,
                products.baseAddress + 3 * offset
            )
        }
    }

    func recurrentGradients(gates: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
        UnsafePointer(products.baseAddress)
    }

    func sumRecurrentBias(into gradient: UnsafeMutablePointer<Float>, rowCount: Int) {
        let sums = biasSums.baseAddress
        sums.update(repeating: 0, count: 3 * units)
        oddity_add_column_sums(products.baseAddress, sums, length * rowCount, 3 * units)
        gradient.update(from: sums + 2 * units, count: units)
    }
}
