import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

@Suite struct TrainingErrorTests {
    let rows = lineRows(10, 4)

    private func error(
        _ options: TrainingOptions = TrainingOptions(epochs: 1),
        inputs: Matrix? = nil,
        targets: Matrix? = nil,
        rows chosen: [Int]? = nil,
        validationRows: [Int]? = nil,
        checkpoint: Checkpoint? = nil,
        output: Activation = .identity
    ) throws -> TrainingError? {
        let network = try Network(autoencoder(4, 2, output: output), seed: 1)
        return #expect(throws: TrainingError.self) {
            try Trainer(options: options).train(
                network,
                inputs: inputs ?? rows,
                targets: targets,
                rows: chosen,
                validationRows: validationRows,
                checkpoint: checkpoint
            )
        }
    }

    @Test func dataThatDoesNotFitIsRefused() throws {
        #expect(
            try error(inputs: Matrix(rowCount: 2, columnCount: 5))
                == .columnCount(found: 5, expected: 4)
        )
        #expect(
            try error(targets: Matrix(rowCount: 10, columnCount: 5))
                == .columnCount(found: 5, expected: 4)
        )
        #expect(
            try error(targets: Matrix(rowCount: 9, columnCount: 4))
                == .rowCount(inputs: 10, targets: 9)
        )
        #expect(try error(inputs: Matrix(rowCount: 0, columnCount: 4)) == .noRows)
        #expect(try error(rows: []) == .noRows)
        #expect(try error(rows: [0, 10]) == .rowOutside(10, rowCount: 10))
        #expect(try error(validationRows: [-1]) == .rowOutside(-1, rowCount: 10))
    }

    @Test func theGaussianLossNeedsTwoOutputsForEachTarget() throws {
        let options = TrainingOptions(loss: .gaussian, epochs: 1)
        #expect(try error(options) == .columnCount(found: 4, expected: 2))
        let network = try Network(autoencoder(3, 2), seed: 1)
        let found = #expect(throws: TrainingError.self) {
            try Trainer(options: options).train(network, inputs: lineRows(10, 3))
        }
        #expect(found == .oddOutputSize(3))
    }

    @Test func numbersThatAreNotFiniteAreRefused() throws {
        var bad = rows
        bad[7, 2] = .nan
        #expect(try error(inputs: bad) == .nonFiniteValue(row: 7, column: 2))
        bad[7, 2] = -.infinity
        #expect(try error(targets: bad) == .nonFiniteValue(row: 7, column: 2))
        let network = try Network(autoencoder(4, 2), seed: 1)
        let options = TrainingOptions(epochs: 1)
        _ = try Trainer(options: options).train(network, inputs: bad, rows: [0, 1])
    }

    @Test(arguments: [Activation.sigmoid, .identity])
    func crossEntropyRefusesTargetsOutsideItsRange(output: Activation) throws {
        var bad = rows
        bad[3, 1] = 1.5
        let options = TrainingOptions(loss: .binaryCrossEntropy, epochs: 1)
        let found = try error(options, inputs: bad, output: output)
        #expect(found == .targetOutsideUnitInterval(row: 3, column: 1, value: 1.5))
        #expect(
            found?.description
                == "row 3, column 1 is 1.5; binary cross-entropy needs targets from 0 to 1: "
                + "scale the data to [0, 1] or use another loss"
        )
    }

    @Test func aLossThatIsNotFiniteStopsTheTraining() throws {
        let options = TrainingOptions(
            optimizer: .sgd(),
            learningRate: 1e30,
            epochs: 5,
            batchSize: 5
        )
        #expect(try error(options) == .nonFiniteLoss(epoch: 1, step: 2))
    }

    @Test func optionsOutsideTheirRangeAreRefused() throws {
        let wrong: [TrainingOptions] = [
            TrainingOptions(epochs: 0), TrainingOptions(batchSize: 0),
            TrainingOptions(learningRate: 0), TrainingOptions(learningRate: .nan),
            TrainingOptions(gradientClipping: 0), TrainingOptions(patience: 0),
            TrainingOptions(minimumImprovement: -1), TrainingOptions(loss: .huber(delta: 0)),
            TrainingOptions(optimizer: .sgd(momentum: 1)),
            TrainingOptions(optimizer: .adam(beta1: -0.1)),
            TrainingOptions(optimizer: .adam(epsilon: 0)),
            TrainingOptions(optimizer: .adamW(weightDecay: -1)),
            TrainingOptions(schedule: .step(epochs: 0)),
            TrainingOptions(schedule: .cosine(finalFraction: 2)),
        ]
        for options in wrong {
            guard case .option = try error(options) else {
                Issue.record("accepted \(options)")
                continue
            }
        }
    }

    @Test func checkpointsOfOtherTrainingsAreRefused() throws {
        let other = try Network(autoencoder(4, 3), seed: 1)
        let options = TrainingOptions(epochs: 1)
        let checkpoint = try Trainer(options: options).train(other, inputs: rows).checkpoint
        #expect(
            try error(checkpoint: checkpoint) == .checkpoint("it was made for another network")
        )
        let network = try Network(autoencoder(4, 2, output: .identity), seed: 1)
        let sgd = TrainingOptions(optimizer: .sgd(), epochs: 1)
        let second = try Trainer(options: sgd).train(network, inputs: rows).checkpoint
        #expect(
            try error(checkpoint: second) == .checkpoint("it was made with another optimizer")
        )
    }

    @Test func aCancelledTaskStopsTheTraining() async throws {
        let rows = rows
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            let network = try Network(autoencoder(4, 2), seed: 1)
            return try Trainer().train(network, inputs: rows)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
