import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

@Suite struct SpatialNetworkTests {
    /// Twice smaller, twice larger.
    private func images(_ inner: [LayerDescription] = []) -> NetworkDescription {
        NetworkDescription(
            inputShape: [12, 10, 1],
            layers: [.convolution(channels: 4, kernel: 3, stride: 2, padding: 1)] + inner + [
                .activation(.relu), .dense(outputSize: 7), .dense(outputSize: 120),
                .reshape([6, 5, 4]),
                .transposedConvolution(channels: 1, kernel: 2, stride: 2), .activation(.sigmoid),
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
            inputShape: [28, 28, 1],
            layers: [
                .convolution(channels: 16, kernel: 3, stride: 2, padding: 1), .activation(.relu),
                .convolution(channels: 32, kernel: [5, 3], padding: [0, 1], dilation: 2),
                .maximumPooling(kernel: 2), .averagePooling(kernel: 3, stride: 1, padding: 1),
                .batchNormalization(), .upsampling(factor: [2, 3]), .reshape([60, 96]),
                .convolution(channels: 2, kernel: 4, padding: .causal, dilation: 8),
                .transposedConvolution(channels: 3, kernel: 4, stride: 2, padding: 1),
                .flatten, .dense(outputSize: 5),
            ]
        )
        let shapes: [Shape] = [
            [28, 28, 1], [14, 14, 16], [14, 14, 16], [6, 12, 32], [3, 6, 32], [3, 6, 32],
            [3, 6, 32], [6, 18, 32], [60, 96], [60, 2], [120, 3], [360], [5],
        ]
        var changed = description
        changed.layers[7] = .reshape([108, 32])
        changed.layers[10] = .dropout(rate: 0)
        #expect(throws: NetworkError.reshape([60, 96], found: [6, 18, 32], layer: 7)) {
            try description.validate()
        }
        try changed.validate()
        #expect((-1..<7).map(changed.outputShape(ofLayer:)) == Array(shapes[..<8]))
        #expect(changed.outputShape(ofLayer: 8) == [108, 2])
        #expect(changed.outputShape(ofLayer: 10) == [216, 3])
        #expect(changed.outputSize == 5)
        #expect(Shape([3, 4, 5]).description == "3×4×5")
    }

    @Test func descriptionsSurviveTheirCodedForm() throws {
        let description = NetworkDescription(
            inputShape: [9, 8, 4],
            layers: [
                .convolution(
                    channels: 8,
                    kernel: [3, 2],
                    stride: [2, 1],
                    padding: [1, 0],
                    dilation: 2,
                    groups: 4,
                    useBias: false
                ),
                .transposedConvolution(
                    channels: 4,
                    kernel: 3,
                    stride: 2,
                    padding: 1,
                    outputPadding: 1,
                    groups: 2
                ),
                .maximumPooling(kernel: 2, stride: 1, padding: 1), .averagePooling(kernel: [1, 2]),
                .upsampling(factor: 2, interpolation: .linear), .flatten, .reshape([576, 2]),
                .convolution(channels: 1, kernel: 2, padding: .causal),
            ]
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(description)
        #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
        let short = NetworkDescription(
            inputShape: [4, 2],
            layers: [.convolution(channels: 8, kernel: 3, padding: .causal)]
        )
        #expect(
            String(decoding: try encoder.encode(short), as: UTF8.self)
                == #"{"inputShape":[4,2],"layers":[{"channels":8,"dilation":1,"groups":1,"kernel":3,"#
                + #""padding":"causal","stride":1,"type":"convolution","useBias":true}]}"#
        )
        let flat = NetworkDescription(inputShape: [4], layers: [.dropout(rate: 0)])
        #expect(
            String(decoding: try encoder.encode(flat), as: UTF8.self)
                == #"{"inputSize":4,"layers":[{"rate":0,"type":"dropout"}]}"#
        )
        #expect(flat == NetworkDescription(inputSize: 4, layers: [.dropout(rate: 0)]))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Padding.self, from: Data(#""same""#.utf8))
        }
    }

    @Test func whatDoesNotFitIsRefused() {
        #expect(error([8], .convolution(channels: 1, kernel: 1)) == .flatInput(8, layer: 0))
        #expect(error([8], .maximumPooling(kernel: 1)) == .flatInput(8, layer: 0))
        #expect(error([8], .upsampling(factor: 2)) == .flatInput(8, layer: 0))
        #expect(
            error([8, 1], .dense(outputSize: 9), .transposedConvolution(channels: 1, kernel: 2))?
                .description
                == "layer 1 needs a series or an image and gets a flat row of 9; "
                + "give the network an input shape or put a reshape before the layer"
        )
        #expect(error([4, 4, 1], .convolution(channels: 0, kernel: 1)) != nil)
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: 0)) != nil)
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: 1, stride: 0)) != nil)
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: 1, padding: -1)) != nil)
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: 1, dilation: [1, 0])) != nil)
        #expect(
            error([4, 4, 1], .convolution(channels: 1, kernel: 5))?.description
                == "nothing is left of 4×4×1 after layer 0; use a smaller kernel or another padding"
        )
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: 3, dilation: 2)) != nil)
        #expect(
            error([4, 1], .convolution(channels: 1, kernel: [2, 2]))
                == .axisCount(name: "the kernel", found: 2, axisCount: 1, layer: 0)
        )
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: [])) != nil)
        #expect(
            error([4, 4, 6], .convolution(channels: 4, kernel: 1, groups: 3))
                == .groups(3, inputChannels: 6, outputChannels: 4, layer: 0)
        )
        #expect(error([4, 4, 6], .convolution(channels: 6, kernel: 1, groups: 0)) != nil)
        #expect(
            error([4, 4, 1], .convolution(channels: 1, kernel: 2, padding: .causal))
                == .causalImage(layer: 0)
        )
        #expect(
            error([4, 4, 1], .transposedConvolution(channels: 1, kernel: 2, outputPadding: 1))?
                .description == "the output padding of layer 0 is 1; use 0 to 0"
        )
        #expect(
            error([2, 2, 1], .transposedConvolution(channels: 1, kernel: 1, padding: 1))
                == .noOutput([2, 2, 1], layer: 0)
        )
        #expect(error([4, 4, 1], .maximumPooling(kernel: 2, padding: 2)) != nil)
        #expect(error([4, 4, 1], .averagePooling(kernel: 5)) == .noOutput([4, 4, 1], layer: 0))
        #expect(error([4, 4, 1], .upsampling(factor: 0)) != nil)
        #expect(
            error([4, 4, 1], .reshape([3, 5])) == .reshape([3, 5], found: [4, 4, 1], layer: 0)
        )
        #expect(error([4, 4, 1], .reshape([4, 2, 2, 1])) == .shape([4, 2, 2, 1], layer: 0))
        #expect(
            error([4, 4, 2], .residual([.convolution(channels: 8, kernel: 1, stride: 2)]))
                == .blockShape([2, 2, 8], expected: [4, 4, 2], layer: 0)
        )
    }

    @Test func sizesThatNoMemoryHoldsAreRefused() {
        let large = 1 << 20
        for shape: Shape in [
            [], [4, 0], [2, 2, 2, 2], [large, large], [.max, .max, 2], [-1, -1],
        ] {
            #expect(error(shape, .dropout(rate: 0)) == .shape(shape, layer: nil))
        }
        #expect(error([4, 4, 1], .upsampling(factor: PerAxis(large))) != nil)
        #expect(
            error(
                [4, 4, 1],
                .transposedConvolution(channels: 1, kernel: 1, stride: [large, large])
            ) != nil
        )
        #expect(
            error(
                [4, 4, 1],
                .convolution(channels: 1, kernel: [large, large], padding: [large, large])
            )
                == .paddedShape([2 * large + 4, 2 * large + 4, 1], layer: 0)
        )
        #expect(
            error([4_096, 4_096, 1], .averagePooling(kernel: 2_048, stride: 1))
                == .windowMemory(2_049 * 2_049 * 2_048 * 2_048, layer: 0)
        )
        #expect(
            error([4_096, 4_096, 1], .convolution(channels: 1, kernel: 2_048))
                == .windowMemory(2_049 * 2_048 * 2_048, layer: 0)
        )
        #expect(error([4, 4, 1], .convolution(channels: 1, kernel: .init(.max))) != nil)
        #expect(error([4, 4, 1], .convolution(channels: large, kernel: 1, padding: 1_024)) != nil)
    }

    @Test func aRowsResultDoesNotDependOnItsPlace() throws {
        let descriptions = [
            images([.batchNormalization()]),
            NetworkDescription(
                inputShape: [40, 3],
                layers: [
                    .convolution(channels: 6, kernel: 5, padding: .causal, dilation: 3, groups: 3),
                    .activation(.tanh), .maximumPooling(kernel: 2),
                    .upsampling(factor: 2, interpolation: .linear),
                    .convolution(channels: 3, kernel: 1),
                ]
            ),
            // A tile of fewer rows, and bands of lines.
            NetworkDescription(
                inputShape: [70, 90, 1],
                layers: [
                    .convolution(channels: 8, kernel: 3, padding: 1), .activation(.relu),
                    .convolution(channels: 2, kernel: 3, padding: 1), .averagePooling(kernel: 10),
                ]
            ),
        ]
        for description in descriptions {
            let network = try Network(description, seed: 1)
            let rows = lineRows(70, network.inputSize)
            let together = try network.outputs(for: rows)
            #expect(try network.outputs(for: rows, threadCount: 2) == together)
            for position in [0, 1, 31, 63, 64, 69] {
                let alone = try network.outputs(for: rows.rows(position..<(position + 1)))
                #expect(Array(alone.row(0)) == Array(together.row(position)))
            }
        }
        let plan = InferencePlan(try Network(descriptions[2], seed: 1))
        #expect(plan.tileRowCount < InferencePlan.tileRowCount)
    }

    @Test func everyLayersOutputIsReadable() throws {
        let description = images()
        let network = try Network(description, initializer: .pytorchUniform, seed: 3)
        let rows = lineRows(5, 120)
        for last in description.layers.indices {
            let prefix = NetworkDescription(
                inputShape: description.inputShape,
                layers: Array(description.layers[...last])
            )
            let tensors = network.tensors.filter { tensor in
                (0...last).contains { tensor.name.hasPrefix("layers.\($0).") }
            }
            let expected = try Network(prefix, tensors: tensors).outputs(for: rows)
            #expect(try network.outputs(for: rows, ofLayer: last) == expected)
        }
    }

    @Test func trainingIsTheSameOnAnyNumberOfThreads() throws {
        let inner = LayerDescription.convolution(channels: 4, kernel: 7, padding: 3)
        let network = try Network(images([inner]), seed: 1)
        let layout = NetworkLayout(network.description)
        #expect(TrainingPlan.shardCount(batchSize: 256, layout: layout) == 4)
        let rows = lineRows(300, 120)
        let options = TrainingOptions(epochs: 1, batchSize: 256)
        let one = try Trainer(options: options).train(network, inputs: rows)
        let two = try Trainer(options: options).train(network, inputs: rows, threadCount: 2)
        #expect(bits(one.network) == bits(two.network))
        #expect(bits(one.network) != bits(network))
        let error = try #require(one.history.first?.trainingLoss)
        #expect(error < 0.1)
    }

    @Test func tensorsMakeTheSameNetwork() throws {
        let network = try Network(images([.batchNormalization()]), seed: 1)
        #expect(
            network.tensors.map { "\($0.name) \($0.shape)" } == [
                "layers.0.weight [3, 3, 1, 4]", "layers.0.bias [4]", "layers.1.weight [4]",
                "layers.1.bias [4]", "layers.3.weight [120, 7]", "layers.3.bias [7]",
                "layers.4.weight [7, 120]", "layers.4.bias [120]", "layers.6.weight [4, 2, 2, 1]",
                "layers.6.bias [1]", "layers.1.running_mean [4]", "layers.1.running_var [4]",
            ]
        )
        let again = try Network(network.description, tensors: network.tensors)
        let rows = lineRows(3, 120)
        #expect(try again.outputs(for: rows) == network.outputs(for: rows))
    }

    @Test func firstValuesHaveTheLimitsOfTheirInitializer() throws {
        func largest(_ initializer: Initializer, _ layer: LayerDescription) throws -> Float {
            let network = try Network(
                NetworkDescription(inputShape: [8, 8, 6], layers: [layer, .activation(.relu)]),
                initializer: initializer,
                seed: 1
            )
            return network.tensors[0].values.reduce(0) { max($0, abs($1)) }
        }
        let layer = LayerDescription.convolution(channels: 60, kernel: 2)
        let transposed = LayerDescription.transposedConvolution(channels: 54, kernel: 2, stride: 2)
        for (initializer, layer, limit) in [
            (Initializer.he, layer, 0.5), (.pytorchUniform, layer, Float(1.0 / 24).squareRoot()),
            (.glorot, layer, Float(6.0 / 264).squareRoot()), (.he, transposed, 1),
            (.pytorchUniform, transposed, Float(1.0 / 216).squareRoot()),
        ] {
            let found = try largest(initializer, layer)
            #expect(found <= limit && found > 0.98 * limit)
        }
    }

    @Test func whatIsNotANumberStaysSo() throws {
        for layer in [
            LayerDescription.convolution(channels: 2, kernel: 3, padding: 1),
            .transposedConvolution(channels: 2, kernel: 2, stride: 2),
            .maximumPooling(kernel: 2), .averagePooling(kernel: 2), .upsampling(factor: 2),
            .upsampling(factor: 2, interpolation: .linear),
        ] {
            let network = try Network(
                NetworkDescription(inputShape: [4, 4, 1], layers: [layer]),
                seed: 1
            )
            for place in [0, 5, 15] {
                var row = lineRows(1, 16)
                row[0, place] = .nan
                #expect(try network.outputs(for: row).elements.contains { $0.isNaN })
            }
        }
    }
}
