internal import OddityLinearAlgebra

/// A network made ready to score: all workspaces allocated once, for tiles of up to 64 rows.
///
/// A row's result has the same bits wherever it stands and whatever stands beside it.
///
/// - Important: a plan is for one thread at a time. Make one for each thread.
package final class InferencePlan {
    /// The rows of a tile, and of every tile of a network without spatial layers.
    package static let tileRowCount = 64

    /// The rows of this network's tile: 64, or fewer where images would fill the memory.
    package let tileRowCount: Int
    /// The number of columns of the input.
    package let inputSize: Int
    /// The number of columns of the output.
    package let outputSize: Int
    private let description: NetworkDescription
    private let parameters: AlignedBuffer
    private let state: AlignedBuffer
    private let stack: LayerStack
    /// Rows that are not one after the other.
    private let gathered: AlignedBuffer

    /// Plans a network.
    package convenience init(_ network: Network) {
        self.init(
            network.description,
            layout: network.layout,
            parameters: network.parameters,
            state: network.state
        )
    }

    /// Plans a network whose buffers may change between calls.
    init(
        _ description: NetworkDescription,
        layout: NetworkLayout,
        parameters: AlignedBuffer,
        state: AlignedBuffer
    ) {
        inputSize = description.inputSize
        outputSize = description.outputSize
        self.description = description
        self.parameters = parameters
        self.state = state
        tileRowCount = InferencePlan.tileRowCount(layout)
        stack = LayerStack(layout, rowCapacity: tileRowCount, forTraining: false)
        gathered = AlignedBuffer(count: tileRowCount * description.inputSize)
    }

    /// The rows of a network's tile, which follow from its layers alone.
    ///
    /// With spatial layers, the numbers kept for a tile shall fit a megabyte, so that a layer finds its
    /// input in the cache. Measured: with four megabytes, causal convolutions of a series score 78,000
    /// rows a second instead of 104,000, and images of 28×28 as many; with less, nothing is gained.
    ///
    /// Recurrent layers multiply all rows of a tile at a time and need many, so with them a tile is cut
    /// at 64 megabytes only.
    static func tileRowCount(_ layout: NetworkLayout) -> Int {
        let isRecurrent = layout.list.layers.contains(where: \.isRecurrent)
        guard isRecurrent || layout.list.layers.contains(where: \.isSpatial) else {
            return tileRowCount
        }
        let rowSize = layout.list.layers.reduce(layout.list.inputSize) { $0 + $1.keptSize }
        var count = tileRowCount
        while count > 1, count * rowSize > 1 << (isRecurrent ? 24 : 18) { count /= 2 }
        return count
    }

    /// Computes the outputs of up to a tile of rows.
    ///
    /// - Parameters:
    ///   - rows: `count` rows of ``inputSize`` numbers, one after the other.
    ///   - count: 0 to ``tileRowCount-swift.property``.
    ///   - draw: which latent code a variational layer draws; nil, the default, takes the mean.
    package func forward(_ rows: UnsafePointer<Float>, count: Int, draw: LatentDraw? = nil) {
        precondition(count >= 0 && count <= tileRowCount, "\(count) rows in a tile")
        run(rows, count: count, draw)
    }

    /// Computes the outputs of the rows at some positions of a block of rows, which overlap where they
    /// are windows.
    ///
    /// - Parameters:
    ///   - rows: the first row of the block.
    ///   - positions: at most ``tileRowCount-swift.property``.
    ///   - stride: from the first number of a row to that of the next.
    package func forward(
        _ rows: UnsafePointer<Float>,
        at positions: ArraySlice<Int>,
        stride: Int
    ) {
        for (target, source) in positions.enumerated() {
            (gathered.baseAddress + target * inputSize)
                .update(from: rows + source * stride, count: inputSize)
        }
        run(UnsafePointer(gathered.baseAddress), count: positions.count, nil)
    }

    private func run(_ rows: UnsafePointer<Float>, count: Int, _ draw: LatentDraw?) {
        stack.forward(
            rows,
            rowCount: count,
            pass: Pass(
                parameters: UnsafePointer(parameters.baseAddress),
                state: state.baseAddress,
                training: nil,
                draw: draw
            )
        )
    }

    /// The outputs of the last call: a row of ``outputSize`` numbers for each input row.
    ///
    /// The memory belongs to the plan and is overwritten by the next call.
    package var output: UnsafePointer<Float> { UnsafePointer(stack.output) }

    /// The outputs of a layer in the last call, such as the latent code.
    ///
    /// Rows have ``NetworkDescription/outputSize(ofLayer:)`` numbers. The memory belongs to the
    /// plan and is overwritten by the next call.
    ///
    /// - Parameter index: the position in ``NetworkDescription/layers``. Behind a dense layer stands
    ///   its activation, a layer of its own: take that one for the activated code.
    package func output(ofLayer index: Int) -> UnsafePointer<Float> {
        guard description.layers.indices.contains(index),
            let output = stack.output(ofLayer: index)
        else { preconditionFailure("layer \(index) of \(description.layers.count)") }
        return UnsafePointer(output)
    }
}
