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
    /// Whether training needs all rows of a batch together, so that the batch can't be cut into
    /// shards.
    var mixesRows: Bool { get }
    /// Whether the layer adds something to the loss of a training batch.
    var addsPenalty: Bool { get }
    /// Whether an activation after the layer can be applied in the same pass.
    var canFuseActivation: Bool { get }
    /// The position in the list of the layer whose weight this one uses.
    var weightSource: Int? { get }

    /// Writes the first values. The memory is zero.
    func setInitialValues(of tensors: InitialTensors, for use: InitialUse)
    /// Allocates what the layer needs for up to `place.rowCapacity` rows.
    func planned(at place: LayerPlace) -> any PlannedLayer
}

extension Layer {
    var parameterShapes: [(name: String, shape: [Int])] { [] }
    var stateShapes: [(name: String, shape: [Int])] { [] }
    var mixesRows: Bool { false }
    var addsPenalty: Bool { false }
    var canFuseActivation: Bool { false }
    var weightSource: Int? { nil }
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
    /// The layer's number in the network, the layers inside blocks counted too.
    let number: Int
    /// The activation to apply in the same pass, when the next layer is one.
    let fusedActivation: Activation?
    let rowCapacity: Int
    /// Whether every layer's output stays readable: scoring keeps them, training needs fewer.
    let keepsAllOutputs: Bool
    /// Where each parameter tensor begins in the flat buffer.
    let parameterOffsets: [Int]
    /// Where each state tensor begins in the flat buffer.
    let stateOffsets: [Int]
    /// Where the weight of another layer begins that this one uses.
    let sharedWeightOffset: Int?
    /// Whether a later layer, whose gradient comes first, uses the same weight.
    let addsToWeightGradient: Bool
}
