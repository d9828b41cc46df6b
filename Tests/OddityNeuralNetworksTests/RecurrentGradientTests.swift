import OddityNeuralNetworks
import Testing

@Suite struct RecurrentGradientTests {
    private func check(
        _ shape: Shape,
        _ layers: [LayerDescription],
        rowCount: Int = 3,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let network = try Network(
            NetworkDescription(inputShape: shape, layers: layers),
            initializer: .pytorchUniform,
            seed: 4
        )
        checkGradients(
            of: network,
            loss: .meanSquaredError,
            rowCount: rowCount,
            sourceLocation: sourceLocation
        )
    }

    @Test(arguments: Recurrence.Direction.allCases, [true, false])
    func oneLayer(direction: Recurrence.Direction, returnsSequence: Bool) throws {
        let recurrence = Recurrence(
            units: 3,
            returnsSequence: returnsSequence,
            direction: direction
        )
        for layer in [LayerDescription.lstm(recurrence), .gru(recurrence)] {
            try check([4, 2], [layer])
            try check([1, 3], [layer], rowCount: 1)
        }
    }

    @Test func layersAboveEachOther() throws {
        try check(
            [4, 2],
            [
                .convolution(channels: 3, kernel: 3, padding: .causal), .activation(.tanh),
                .lstm(units: 2, direction: .bidirectional), .gru(units: 3), .dropout(rate: 0),
                .lstm(units: 2, returnsSequence: false, direction: .reverse),
                .activation(.silu), .dense(outputSize: 3),
            ]
        )
        try check([3, 2], [.residual([.gru(units: 1, direction: .bidirectional)])])
    }

    /// Behind a repetition the products with the input are made once.
    @Test(arguments: Recurrence.Direction.allCases)
    func autoencoder(direction: Recurrence.Direction) throws {
        for isLSTM in [true, false] {
            let decoder = Recurrence(units: 3, direction: direction)
            try check(
                [4, 2],
                [
                    .lstm(units: 3, returnsSequence: false), .dense(outputSize: 2),
                    .repeatVector(count: 4), isLSTM ? .lstm(decoder) : .gru(decoder),
                    .timeDistributedDense(outputSize: 2),
                ]
            )
        }
    }

    @Test func repetition() throws {
        try check([3], [.repeatVector(count: 4), .activation(.tanh), .dense(outputSize: 2)])
        try check([2, 2], [.repeatVector(count: 1), .gru(units: 2)])
        // What stands between does not keep the points equal.
        try check(
            [2, 3],
            [.repeatVector(count: 3), .reshape([9, 2]), .lstm(units: 2), .dense(outputSize: 1)]
        )
    }
}
