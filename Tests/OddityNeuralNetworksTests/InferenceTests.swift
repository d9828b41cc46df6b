import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

@Suite struct InferenceTests {
    /// Sizes that meet the edges of the products' blocks.
    @Test(arguments: [1, 7, 30, 100, 785], [Activation.sigmoid, .identity])
    func aRowsResultDoesNotDependOnItsPlace(size: Int, output: Activation) throws {
        let network = try Network(autoencoder(size, max(1, size / 3), output: output), seed: 1)
        let rows = lineRows(200, size)
        let together = try network.outputs(for: rows)
        #expect(try network.outputs(for: rows, threadCount: 2) == together)
        for position in [0, 1, 31, 62, 63, 64, 127, 128, 199] {
            let alone = try network.outputs(for: rows.rows(position..<(position + 1)))
            #expect(Array(alone.row(0)) == Array(together.row(position)))
        }
        for start in [1, 63, 100] {
            let part = try network.outputs(for: rows.rows(start..<(start + 70)))
            #expect(part == together.rows(start..<(start + 70)))
        }
    }

    @Test func aThousandEqualRowsHaveOneResult() throws {
        for size in [5, 21, 33, 64] {
            let network = try Network(autoencoder(size, 13), seed: 2)
            let row = lineRows(1, size)
            let repeated = row.rows(at: [Int](repeating: 0, count: 1_000))
            let expected = Array(try network.outputs(for: row).row(0))
            let outputs = try network.outputs(for: repeated)
            for r in 0..<1_000 { #expect(Array(outputs.row(r)) == expected) }
        }
    }

    @Test func everyLayersOutputIsReadable() throws {
        let description = NetworkDescription(
            inputSize: 6,
            layers: [
                .dense(outputSize: 4), .activation(.relu), .dropout(rate: 0.5),
                .batchNormalization(), .dense(outputSize: 2), .activation(.gelu),
                .layerNormalization(), .dense(outputSize: 6),
            ]
        )
        let network = try Network(description, initializer: .pytorchUniform, seed: 3)
        let rows = lineRows(5, 6)
        for last in description.layers.indices {
            let prefix = NetworkDescription(
                inputSize: 6,
                layers: Array(description.layers[...last])
            )
            let tensors = network.tensors.filter { tensor in
                (0...last).contains { tensor.name.hasPrefix("layers.\($0).") }
            }
            let expected = try Network(prefix, tensors: tensors).outputs(for: rows)
            #expect(try network.outputs(for: rows, ofLayer: last) == expected)
        }
    }

    @Test func noRowsHaveNoOutputs() throws {
        let network = try Network(autoencoder(3, 2), seed: 1)
        let outputs = try network.outputs(for: Matrix(rowCount: 0, columnCount: 3))
        #expect(outputs.rowCount == 0)
        #expect(outputs.columnCount == 3)
    }

    @Test func rowsOfAnotherSizeAreRefused() throws {
        let network = try Network(autoencoder(3, 2), seed: 1)
        #expect(throws: TrainingError.columnCount(found: 4, expected: 3)) {
            try network.outputs(for: Matrix(rowCount: 1, columnCount: 4))
        }
    }
}
