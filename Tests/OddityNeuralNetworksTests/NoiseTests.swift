import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

/// What noisy layers do to rows.
@Suite struct NoiseTests {
    /// The training output of a single layer in step 0 of seed 5.
    private func output(
        _ layer: LayerDescription,
        inputs: [Float],
        rowCount: Int,
        step: Int = 0
    ) throws -> [Float] {
        let network = try Network(
            NetworkDescription(inputSize: inputs.count / rowCount, layers: [layer]),
            seed: 1
        )
        return EngineGradients(
            network,
            loss: .meanSquaredError,
            inputs: inputs,
            targets: [Float](repeating: 0, count: rowCount * network.outputSize),
            rowCount: rowCount,
            step: step
        ).output
    }

    @Test func normalNumbersAreNormal() {
        var numbers = [Float](repeating: 0, count: 1_000_000)
        LayerRandom.fillNormal(&numbers, count: numbers.count, seed: 1, use: 7, index: 0)
        let n = Double(numbers.count)
        func moment(_ power: Int) -> Double {
            numbers.reduce(0) { sum, x in
                sum + (0..<power).reduce(1.0) { product, _ in product * Double(x) }
            } / n
        }
        // Five deviations of the means of x, x², x³ and x⁴.
        let limit = 5 / n.squareRoot()
        #expect(abs(moment(1)) < limit)
        #expect(abs(moment(2) - 1) < limit * 2.0.squareRoot())
        #expect(abs(moment(3)) < limit * 15.0.squareRoot())
        #expect(abs(moment(4) - 3) < limit * 96.0.squareRoot())
        // The share beyond 2 is 0.0455.
        let beyond = Double(numbers.count { abs($0) > 2 }) / n
        #expect(abs(beyond - 0.0455) < limit * (0.0455 * 0.9545).squareRoot())
        let products = zip(numbers, numbers.dropFirst(128)).reduce(0) { $0 + Double($1.0 * $1.1) }
        #expect(abs(products / n) < limit)
    }

    @Test func normalNumbersFollowTheirDefinition() {
        let expected = ReferenceDraws(number: 3, step: 2).normals(1_000)
        for count in [1, 127, 128, 129, 256, 1_000] {
            var numbers = [Float](repeating: .nan, count: count)
            LayerRandom.fillNormal(
                &numbers,
                count: count,
                seed: 5,
                use: LayerRandom.noise,
                index: 2 << 20 | 3
            )
            #expect(numbers.count == count && expected.count >= count)
            for (found, expected) in zip(numbers, expected) {
                #expect(abs(Double(found) - expected) < 2e-6)
            }
        }
    }

    static let noises: [LayerDescription] = [
        .gaussianNoise(deviation: 0.5), .maskingNoise(rate: 0.3), .swapNoise(rate: 0.3),
        .multiScaleNoise(low: 0.1, high: 1),
    ]

    @Test(arguments: noises)
    func scoringIsWithoutNoise(layer: LayerDescription) throws {
        let rows = lineRows(70, 5)
        let outputs = try Network(NetworkDescription(inputSize: 5, layers: [layer]), seed: 1)
            .outputs(for: rows)
        for r in 0..<70 {
            #expect(Array(outputs.row(r).prefix(5)) == Array(rows.row(r)))
            #expect(outputs.row(r).dropFirst(5).allSatisfy { $0 == 0 })
        }
    }

    @Test(arguments: noises)
    func eachStepHasNoiseOfItsOwn(layer: LayerDescription) throws {
        let inputs = (0..<60).map { Float($0) }
        let first = try output(layer, inputs: inputs, rowCount: 6)
        #expect(try output(layer, inputs: inputs, rowCount: 6) == first)
        #expect(try output(layer, inputs: inputs, rowCount: 6, step: 1) != first)
    }

    /// The network sees corrupted rows, its targets are clean.
    @Test func targetsStayClean() throws {
        let network = try Network(
            NetworkDescription(inputSize: 4, layers: [.maskingNoise(rate: 0.5)]),
            seed: 1
        )
        let ones = Matrix(
            rowCount: 500,
            columnCount: 4,
            elements: [Float](repeating: 1, count: 2_000)
        )
        let result = try Trainer(options: TrainingOptions(epochs: 1)).train(
            network,
            inputs: ones,
            validationRows: [0, 1]
        )
        // Half of the elements are missing by 1.
        #expect(abs(result.history[0].trainingLoss - 0.5) < 5 * 0.5 / 2_000.0.squareRoot())
        #expect(result.history[0].validationLoss == 0)
    }

    @Test func swappedElementsComeFromOtherRowsOfTheirColumn() throws {
        let (rowCount, n) = (400, 5)
        // An element tells where it comes from.
        let inputs = (0..<(rowCount * n)).map { Float($0) }
        let outputs = try output(.swapNoise(rate: 0.25), inputs: inputs, rowCount: rowCount)
        #expect(outputs.indices.allSatisfy { Int(outputs[$0]) % n == $0 % n })
        let swapped = outputs.indices.count { outputs[$0] != inputs[$0] }
        #expect(abs(Double(swapped) - 500) < 5 * (2_000 * 0.25 * 0.75).squareRoot())
        // Every distance to the other row is equally likely.
        let far = outputs.indices.count { i in
            let distance = (Int(outputs[i]) / n - i / n + rowCount) % rowCount
            return distance > 200
        }
        #expect(abs(Double(far) / Double(swapped) - 0.5) < 5 * 0.5 / Double(swapped).squareRoot())
        #expect(try output(.swapNoise(rate: 0.9), inputs: [1, 2, 3], rowCount: 1) == [1, 2, 3])
    }

    @Test func theLevelIsToldAndLogUniform() throws {
        let (rowCount, n) = (500, 200)
        let outputs = try output(
            .multiScaleNoise(low: 0.01, high: 1),
            inputs: [Float](repeating: 2, count: rowCount * n),
            rowCount: rowCount
        )
        var sum = 0.0
        for r in 0..<rowCount {
            let row = outputs[(r * (n + 1))..<((r + 1) * (n + 1))]
            let told = Double(row[row.endIndex - 1])
            sum += told
            let squares = row.dropLast().reduce(0) { $0 + Double(($1 - 2) * ($1 - 2)) }
            let level = 0.01 * pow100(told)
            // Five deviations of a deviation taken from 200 numbers.
            #expect(abs((squares / Double(n)).squareRoot() / level - 1) < 5 / 400.0.squareRoot())
        }
        #expect(abs(sum / Double(rowCount) - 0.5) < 5 / (12 * Double(rowCount)).squareRoot())
    }

    /// 100 to some power from 0 to 1, bit by bit.
    private func pow100(_ power: Double) -> Double {
        var (rest, factor, result) = (power, 100.0, 1.0)
        for _ in 0..<50 {
            factor = factor.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= factor
                rest -= 1
            }
        }
        return result
    }
}
