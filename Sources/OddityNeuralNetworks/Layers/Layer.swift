internal import OddityLinearAlgebra

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
    /// Whether the layer works on the points of a series or an image.
    var isSpatial: Bool { get }
    /// Whether the layer reads a series point by point.
    var isRecurrent: Bool { get }
    /// Whether the output is the input.
    var isView: Bool { get }
    /// The multiplications of a row beyond one for each parameter.
    var reusedMultiplications: Int { get }
    /// The numbers that scoring keeps for a row.
    var keptSize: Int { get }

    /// Writes the first values. The memory is zero.
    func setInitialValues(of tensors: InitialTensors, for use: InitialUse)
    /// Allocates what the layer needs for up to `place.rowCapacity` rows.
    func planned(at place: LayerPosition) -> any PlannedLayer
}

extension Layer {
    var parameterShapes: [(name: String, shape: [Int])] { [] }
    var stateShapes: [(name: String, shape: [Int])] { [] }
    var mixesRows: Bool { false }
    var addsPenalty: Bool { false }
    var canFuseActivation: Bool { false }
    var weightSource: Int? { nil }
    var isSpatial: Bool { false }
    var isRecurrent: Bool { false }
    var isView: Bool { false }
    var reusedMultiplications: Int { 0 }
    var keptSize: Int { outputSize }
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

    /// Fills a weight, and a bias if there is one, of which a sum has `inputSize` terms.
    func fill(_ tensors: InitialTensors, inputSize: Int, outputSize: Int) {
        let limits = initializer.limits(
            inputSize: inputSize,
            outputSize: outputSize,
            activation: activation
        )
        var stream = RandomStream(seed: seed, use: .initialization, index: layer)
        for (tensor, limit) in zip(tensors.parameters, [limits.weight, limits.bias]) {
            guard limit > 0 else { continue }
            stream.fillUniform(tensor, from: -limit, to: limit)
        }
    }
}

/// Where a planned layer stands.
struct LayerPosition {
    /// The layer's number in the network, the layers inside blocks counted too.
    let number: Int
    /// The activation to apply in the same pass, when the next layer is one.
    let fusedActivation: Activation?
    let rowCapacity: Int
    /// Whether every layer's output stays readable: scoring keeps them, training needs fewer.
    let keepsAllOutputs: Bool
    /// Whether what goes into the fused activation is kept.
    var keepsPreactivation: Bool {
        guard let fusedActivation else { return false }
        return keepsAllOutputs || fusedActivation.derivativeNeedsInput
    }
    /// Where each parameter tensor begins in the flat buffer.
    let parameterOffsets: [Int]
    /// Where each state tensor begins in the flat buffer.
    let stateOffsets: [Int]
    /// Where the weight of another layer begins that this one uses.
    let sharedWeightOffset: Int?
    /// Whether a later layer, whose gradient comes first, uses the same weight.
    let addsToWeightGradient: Bool
}
