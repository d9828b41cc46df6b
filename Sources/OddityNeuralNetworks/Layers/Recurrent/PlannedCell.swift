internal import COddityKernels

/// What makes a state of the one before, with what it keeps of each step.
protocol PlannedCell: AnyObject {
    /// Whether a part of the gradient by the state before does not go through the products.
    var passesStateGradient: Bool { get }

    /// Forgets the last rows.
    func begin(rowCount: Int)

    /// Turns the products with the input of a step into gates, and writes the next state.
    func forward(
        _ step: oddity_recurrent_step,
        number: Int,
        gates: UnsafeMutablePointer<Float>,
        stateBefore: UnsafePointer<Float>,
        _ place: CellPlace
    )

    /// Prepares the last step's gradients.
    func beginGradient(rowCount: Int)

    /// Turns gates into gradients by what they are made of.
    func backward(
        _ step: oddity_recurrent_gradient,
        number: Int,
        gates: UnsafeMutablePointer<Float>,
        stateBefore: UnsafePointer<Float>
    )

    /// The gradients by the products with the states before, of all steps.
    func recurrentGradients(gates: UnsafeMutablePointer<Float>) -> UnsafePointer<Float>

    /// Writes the gradient by the recurrent bias, where there is one.
    func sumRecurrentBias(into gradient: UnsafeMutablePointer<Float>, rowCount: Int)
}

/// What the steps of a pass have in common.
struct CellPlace {
    let rowCount: Int
    let weights: UnsafePointer<Float>
    let recurrentBias: UnsafePointer<Float>?
}
