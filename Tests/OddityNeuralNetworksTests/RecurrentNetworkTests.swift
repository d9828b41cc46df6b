import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

@Suite struct RecurrentNetworkTests {
    private func autoencoder(_ direction: Recurrence.Direction = .forward) -> NetworkDescription {
        NetworkDescription(
            inputShape: [20, 6],
            layers: [
                .gru(units: 16, direction: direction),
                .lstm(units: 24, returnsSequence: false), .repeatVector(count: 20),
                .lstm(units: 16, direction: .reverse), .timeDistributedDense(outputSize: 6),
            ]
        )
    }

    private func error(_ shape: Shape, _ layers: LayerDescription...) -> NetworkError? {
        #expect(throws: NetworkError.self) {
            try NetworkDescription(inputShape: shape, layers: layers).validate()
        }
    }

    @Test func shapesFollowTheLayers() throws {
        let description = NetworkDescription(
            inputShape: [12, 3],
            layers: [
                .lstm(units: 5), .gru(units: 4, direction: .bidirectional),
                .timeDistributedDense(outputSize: 7),
                .lstm(units: 2, returnsSequence: false, direction: .bidirectional),
                .repeatVector(count: 9), .gru(units: 6, returnsSequence: false),
            ]
        )
        try description.validate()
        let shapes: [Shape] = [[12, 3], [12, 5], [12, 8], [12, 7], [4], [9, 4], [6]]
        #expect((-1..<6).map(description.outputShape(ofLayer:)) == shapes)
    }

    @Test func descriptionsSurviveTheirCodedForm() throws {
        let description = autoencoder(.bidirectional)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(description)
        #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
        let short = NetworkDescription(
            inputSize: 4,
            layers: [.repeatVector(count: 3), .lstm(units: 2, direction: .reverse)]
        )
        #expect(
            String(decoding: try encoder.encode(short), as: UTF8.self)
                == #"{"inputSize":4,"layers":[{"count":3,"type":"repeatVector"},"#
                + #"{"direction":"reverse","returnsSequence":true,"type":"lstm","units":2}]}"#
        )
        let unknown = #"{"type":"gru","units":2,"returnsSequence":true,"direction":"up"}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LayerDescription.self, from: Data(unknown.utf8))
        }
    }

    @Test func whatDoesNotFitIsRefused() {
        #expect(
            error([8], .lstm(units: 1))?.description
                == "layer 0 needs a series and gets a flat row of 8; give the network an input shape "
                + "of length and channels, or put a reshape before the layer"
        )
        #expect(error([4, 4, 1], .gru(units: 1)) == .notASeries([4, 4, 1], layer: 0))
        #expect(
            error([4, 1], .lstm(units: 2, returnsSequence: false), .gru(units: 1))
                == .notASeries([2], layer: 1)
        )
        for units in [0, -1, 4_097, .max] {
            #expect(error([4, 1], .lstm(units: units)) != nil)
            #expect(error([4, 1], .gru(units: units, returnsSequence: false)) != nil)
        }
        #expect(
            error([4], .repeatVector(count: 0))?.description
                == "the number of repetitions of layer 0 is 0; use 1 to 1048576"
        )
        #expect(error([4], .repeatVector(count: .max)) != nil)
        #expect(error([17], .repeatVector(count: 1 << 20)) == .shape([1 << 20, 17], layer: 0))
        #expect(
            error([1 << 20, 1], .lstm(units: 9, direction: .bidirectional))
                == .recurrentMemory(18 << 20, layer: 0)
        )
        #expect(
            error([1 << 20, 1], .gru(units: 17, returnsSequence: false))?.description
                == "the states of layer 0 hold 17825792 numbers a row, more than 16777216; "
                + "use fewer units or a shorter series"
        )
        #expect(
            error([4, 2], .residual([.lstm(units: 3)]))
                == .blockSize(12, expected: 8, layer: 0)
        )
    }

    @Test(arguments: Recurrence.Direction.allCases)
    func aRowsResultDoesNotDependOnItsPlace(direction: Recurrence.Direction) throws {
        let network = try Network(autoencoder(direction), seed: 1)
        let rows = lineRows(70, network.inputSize)
        let together = try network.outputs(for: rows)
        #expect(try network.outputs(for: rows, threadCount: 2) == together)
        for position in [0, 1, 15, 31, 63, 64, 69] {
            let alone = try network.outputs(for: rows.rows(position..<(position + 1)))
            #expect(Array(alone.row(0)) == Array(together.row(position)))
        }
    }

    /// Scoring works on some steps at a time, training on all.
    @Test func scoringGivesWhatTrainingGives() throws {
        let description = autoencoder(.bidirectional)
        let network = try Network(description, initializer: .pytorchUniform, seed: 2)
        let rows = lineRows(3, network.inputSize)
        let scored = try network.outputs(for: rows)
        let engine = EngineGradients(
            network,
            loss: .meanSquaredError,
            inputs: Array(rows.elements),
            targets: Array(rows.elements),
            rowCount: 3
        )
        expectClose(engine.output, scored.elements.map(Double.init), "output")
    }

    @Test func aReverseLayerReadsBackwards() throws {
        for layer in [LayerDescription.lstm, LayerDescription.gru] {
            func network(_ direction: Recurrence.Direction) throws -> Network {
                try Network(
                    NetworkDescription(
                        inputShape: [5, 1],
                        layers: [layer(Recurrence(units: 1, direction: direction))]
                    ),
                    seed: 1
                )
            }
            let row = Matrix(rowCount: 1, columnCount: 5, elements: [0.1, 0.5, -1, 0.2, 0.9])
            let back = Matrix(rowCount: 1, columnCount: 5, elements: [0.9, 0.2, -1, 0.5, 0.1])
            let forward = try network(.forward).outputs(for: row).elements
            let reverse = try network(.reverse).outputs(for: back).elements
            #expect(Array(forward) == Array(reverse.reversed()))
            #expect(Set(forward).count == 5)
        }
    }

    @Test func trainingIsTheSameOnAnyNumberOfThreads() throws {
        let network = try Network(autoencoder(.bidirectional), seed: 1)
        let layout = NetworkLayout(network.description)
        #expect(TrainingPlan.shardCount(batchSize: 40, layout: layout) == 2)
        // The last batch has fewer rows than the others.
        let rows = lineRows(100, network.inputSize)
        let options = TrainingOptions(learningRate: 0.005, epochs: 12, batchSize: 40)
        let one = try Trainer(options: options).train(network, inputs: rows)
        let two = try Trainer(options: options).train(network, inputs: rows, threadCount: 2)
        #expect(bits(one.network) == bits(two.network))
        let losses = one.history.map(\.trainingLoss)
        #expect(losses[11] < 0.3 * losses[0])
    }

    @Test func firstValues() throws {
        func tensors(_ layer: LayerDescription, _ initializer: Initializer) throws -> [StoredTensor]
        {
            try Network(
                NetworkDescription(inputShape: [3, 8], layers: [layer]),
                initializer: initializer,
                seed: 1
            ).tensors
        }
        let layer = LayerDescription.lstm(units: 16, direction: .bidirectional)
        let found = try tensors(layer, .automatic)
        #expect(
            found.map { "\($0.name) \($0.shape)" } == [
                "layers.0.weight [8, 64]", "layers.0.recurrent_weight [16, 64]",
                "layers.0.bias [64]", "layers.0.reverse_weight [8, 64]",
                "layers.0.reverse_recurrent_weight [16, 64]", "layers.0.reverse_bias [64]",
            ]
        )
        #expect(found[0].values != found[3].values)
        func largest(_ tensor: StoredTensor) -> Float { tensor.values.map(abs).max() ?? 0 }
        for (tensor, limit) in [(found[0], Float(0.5)), (found[4], Float(3.0 / 16).squareRoot())] {
            #expect(largest(tensor) <= limit && largest(tensor) > 0.98 * limit)
        }
        let zeros = [Float](repeating: 0, count: 16)
        let ones = [Float](repeating: 1, count: 16)
        #expect(found[5].values == zeros + ones + zeros + zeros)
        let gru = try tensors(.gru(units: 16), .pytorchUniform)
        #expect(gru.map(\.shape) == [[8, 48], [16, 48], [48], [16]])
        for tensor in gru { #expect(largest(tensor) <= 0.25 && largest(tensor) > 0.2) }
        #expect(try tensors(.gru(units: 16), .glorot)[2].values.allSatisfy { $0 == 0 })
    }

    @Test func whatIsNotANumberStaysSo() throws {
        for layer in [LayerDescription.lstm(units: 2), .gru(units: 2)] {
            let network = try Network(
                NetworkDescription(
                    inputShape: [6, 1],
                    layers: [.repeatVector(count: 1), .reshape([6, 1]), layer]
                ),
                seed: 1
            )
            for place in [0, 3, 5] {
                var row = lineRows(1, 6)
                row[0, place] = .nan
                let output = try network.outputs(for: row).elements
                #expect(output.map(\.isNaN) == (0..<12).map { $0 >= 2 * place })
                // Numbers beyond all bounds saturate the gates.
                row[0, place] = 3e38
                #expect(try network.outputs(for: row).elements.allSatisfy(\.isFinite))
            }
        }
    }
}
