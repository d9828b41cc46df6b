/// A layer of a known size: what it stores, and how it is planned.
///
/// A kind of layer is one file: a `Layer` and its ``PlannedLayer``.
protocol Layer: Sendable {
    var inputSize: Int { get }
    var outputSize: Int { get }
    /// Names and shapes of what training changes.
    var parameterShapes: [(name: String, shape: [Int])] { get }
    /// Names and shapes of what training records, such as running means.
    var stateShapes: [(name: String, shape: [Int])] { get }
    /// Whether a row's output depends on the other rows of a training batch.
    var mixesRows: Bool { get }

    /// Writes the first values. The memory is zero.
    func setInitialValues(of tensors: InitialTensors, for use: InitialUse)
    /// Allocates what the layer needs for up to `place.rowCapacity` rows.
    func planned(at place: LayerPlace) -> any PlannedLayer
}

extension Layer {
    var parameterShapes: [(name: String, shape: [Int])] { [] }
    var stateShapes: [(name: String, shape: [Int])] { [] }
    var mixesRows: Bool { false }
    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {}
}

/// The memory of one layer's tensors, in the order of its shapes.
struct InitialTensors {
    let parameters: [UnsafeMutableBufferPointer<Float>]
    let state: [UnsafeMutableBufferPointer<Float>]
}

/// What the first values of a layer depend on.
struct InitialUse {
    let initializer: Initializer
    /// The activation that follows the layer.
    let activation: Activation
    let seed: UInt64
    let layer: Int
}

/// Where a planned layer stands.
struct LayerPlace {
    /// The layer's position in the description.
    let index: Int
    /// The activation to apply in the same pass, when the next layer is one.
    let fusedActivation: Activation?
    let rowCapacity: Int
    /// Whether every layer's output stays readable: scoring keeps them, training needs fewer.
    let keepsAllOutputs: Bool
    /// Where each parameter tensor begins in the flat buffer.
    let parameterOffsets: [Int]
    /// Where each state tensor begins in the flat buffer.
    let stateOffsets: [Int]
}
