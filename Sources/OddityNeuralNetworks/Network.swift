internal import OddityLinearAlgebra

/// A network: its description and its numbers, which never change.
///
/// Training takes a network and returns another one; a network can be shared between threads.
///
///     let description = NetworkDescription(
///         inputSize: 100,
///         layers: [
///             .dense(outputSize: 50), .activation(.relu),
///             .dense(outputSize: 100), .activation(.sigmoid),
///         ])
///     let network = try Network(description, seed: 7)
public final class Network: Sendable {
    /// The size of a row and the layers.
    public let description: NetworkDescription
    let layout: NetworkLayout
    /// All parameters, one tensor after the other; never written after initialization.
    let parameters: AlignedBuffer
    /// Running statistics of batch normalization; never written after initialization.
    let state: AlignedBuffer

    /// Makes a network with random first values.
    ///
    /// The numbers of a layer depend on the seed and the layer's position alone.
    ///
    /// - Throws: ``NetworkError`` if the description is not valid.
    public init(
        _ description: NetworkDescription,
        initializer: Initializer = .automatic,
        seed: UInt64
    ) throws {
        try description.validate()
        self.description = description
        layout = NetworkLayout(description)
        try description.checkMemory(
            MemoryLayout<Float>.stride * (layout.parameterCount + layout.stateCount)
        )
        parameters = AlignedBuffer(count: layout.parameterCount)
        state = AlignedBuffer(count: layout.stateCount)
        let memory = InitialTensors(
            parameters: layout.parameters.joined().map {
                UnsafeMutableBufferPointer(rebasing: parameters.elements[$0.range])
            },
            state: layout.state.joined().map {
                UnsafeMutableBufferPointer(rebasing: state.elements[$0.range])
            }
        )
        layout.list.setInitialValues(of: memory, initializer: initializer, seed: seed)
    }

    /// Makes a network from buffers of the right size, which nobody else may write.
    init(
        _ description: NetworkDescription,
        layout: NetworkLayout,
        parameters: AlignedBuffer,
        state: AlignedBuffer
    ) {
        self.description = description
        self.layout = layout
        self.parameters = parameters
        self.state = state
    }

    /// The number of columns of the input.
    public var inputSize: Int { description.inputSize }
    /// The number of columns of the output.
    public var outputSize: Int { description.outputSize }
    /// The number of parameters.
    public var parameterCount: Int { layout.parameters.joined().reduce(0) { $0 + $1.count } }
}
