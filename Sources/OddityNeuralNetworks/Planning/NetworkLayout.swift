/// Where a tensor lies in a flat buffer.
struct TensorSlot: Sendable {
    let name: String
    let shape: [Int]
    let offset: Int

    var count: Int { shape.reduce(1, *) }
    var range: Range<Int> { offset..<(offset + count) }
}

/// The layers of a description with their sizes, and where their tensors lie.
///
/// Each tensor begins on a cache line; the gaps hold zeros, always.
struct NetworkLayout: Sendable {
    let list: LayerList
    /// The parameter tensors of each layer.
    let parameters: [[TensorSlot]]
    /// The state tensors of each layer.
    let state: [[TensorSlot]]
    /// The floats in the flat parameter buffer, with its gaps.
    let parameterCount: Int
    /// The floats in the flat state buffer, with its gaps.
    let stateCount: Int

    /// Lays out a valid description.
    init(_ description: NetworkDescription) {
        list = LayerList(description.layers, inputShape: description.inputShape, firstNumber: 0)
        (parameters, parameterCount) = NetworkLayout.slots(list.layers.map(\.parameterShapes))
        (state, stateCount) = NetworkLayout.slots(list.layers.map(\.stateShapes))
    }

    private static func slots(
        _ shapes: [[(name: String, shape: [Int])]]
    ) -> (slots: [[TensorSlot]], count: Int) {
        var end = 0
        let slots = shapes.enumerated().map { index, tensors in
            tensors.map { tensor in
                let slot = TensorSlot(
                    name: "layers.\(index).\(tensor.name)",
                    shape: tensor.shape,
                    offset: end
                )
                end = (slot.range.upperBound + 15) / 16 * 16
                return slot
            }
        }
        return (slots, end)
    }
}
