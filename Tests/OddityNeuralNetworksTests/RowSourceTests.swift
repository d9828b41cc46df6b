import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

/// Training on rows that are fetched when they are needed.
@Suite struct RowSourceTests {
    private struct Rows: RowSource {
        struct Broken: Error {}

        let matrix: Matrix
        var brokenRow: Int?

        var rowCount: Int { matrix.rowCount }
        var columnCount: Int { matrix.columnCount }

        func write(
            _ rows: UnsafeBufferPointer<Int>,
            into target: UnsafeMutablePointer<Float>
        ) throws {
            for (place, row) in rows.enumerated() {
                if row == brokenRow { throw Broken() }
                for (j, x) in matrix.row(row).enumerated() { target[place * columnCount + j] = x }
            }
        }
    }

    private let network: Network
    private let matrix: Matrix
    private let trainer = Trainer(options: TrainingOptions(epochs: 3, batchSize: 16, patience: 3))

    init() throws {
        var stream = RandomStream(seed: 1, use: .sampling)
        matrix = Matrix(
            rowCount: 150,
            columnCount: 6,
            elements: (0..<900).map { _ in stream.uniform() }
        )
        network = try Network(
            NetworkDescription(
                inputSize: 6,
                layers: [.dense(outputSize: 2), .dense(outputSize: 6)]
            ),
            seed: 3
        )
    }

    @Test func givesTheNetworkOfTheSameRowsInAMatrix() throws {
        let (rows, validation) = (Array(0..<70), Array(70..<150))
        let expected = try trainer.train(
            network,
            inputs: matrix,
            rows: rows,
            validationRows: validation
        )
        let found = try trainer.train(
            network,
            fetching: Rows(matrix: matrix),
            rows: rows,
            validationRows: validation
        )
        #expect(found.history == expected.history && found.history.count == 3)
        #expect(found.network.tensors.map(\.values) == expected.network.tensors.map(\.values))
    }

    @Test(arguments: [5, 120]) func aRowThatCannotBeReadEndsIt(row: Int) {
        #expect(throws: Rows.Broken.self) {
            try trainer.train(
                network,
                fetching: Rows(matrix: matrix, brokenRow: row),
                rows: Array(0..<70),
                validationRows: Array(70..<150)
            )
        }
    }

    @Test func rowsThatDoNotFitAreRefused() {
        let source = Rows(matrix: matrix)
        let narrow = Rows(matrix: Matrix(rowCount: 3, columnCount: 5))
        #expect(throws: TrainingError.columnCount(found: 5, expected: 6)) {
            try trainer.train(network, fetching: narrow, rows: [0])
        }
        #expect(throws: TrainingError.rowOutside(150, rowCount: 150)) {
            try trainer.train(network, fetching: source, rows: [0], validationRows: [150])
        }
        #expect(throws: TrainingError.noRows) {
            try trainer.train(network, fetching: source, rows: [])
        }
    }
}
