import OddityDatasets
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

@testable import OddityDetectors

/// Tables of more features than rows, learned in the space that their rows span.
@Suite struct SpannedRowsTests {
    private static func draws(_ rows: Int, _ columns: Int, seed: UInt64 = 8) -> Matrix {
        var stream = RandomStream(seed: seed, use: .sampling)
        var elements = [Float](repeating: 0, count: rows * columns)
        elements.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        return Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }

    private static func meanSquare(_ x: Matrix, _ y: Matrix, rows: [Int]) -> Double {
        var sum = 0.0
        for row in rows {
            for j in 0..<x.columnCount {
                let difference = Double(x[row, j]) - Double(y[row, j])
                sum += difference * difference
            }
        }
        return sum / Double(rows.count * x.columnCount)
    }

    /// A network of coordinates and the one of features that it becomes have the same errors, on rows of the
    /// training and on others.
    @Test func theNetworkOfFeaturesMakesTheSameErrors() throws {
        let x = Self.draws(12, 40)
        let (rows, heldOut) = (Array(0..<9), Array(9..<12))
        let spanned = try #require(try SpannedRows(x, rows: rows, heldOut: heldOut, seed: 1))
        #expect(spanned.columnCount == 8, "nine rows span eight directions about their mean")
        func description(_ size: Int) -> NetworkDescription {
            NetworkDescription(
                inputSize: size,
                layers: [
                    .dense(outputSize: 6), .activation(.tanh), .dense(outputSize: size),
                    .activation(.identity),
                ]
            )
        }
        let small = try Network(description(8), seed: 3)
        let large = try spanned.network(small, as: description(40))
        #expect(large.inputSize == 40)
        let z = spanned.coordinates
        let ofCoordinates = try small.outputs(for: z)
        let ofFeatures = try large.outputs(for: x)
        for (some, outside) in [(rows, 0), (heldOut, spanned.outsideLoss)] {
            let loss = Self.meanSquare(z, ofCoordinates, rows: some) + outside
            #expect(abs(Self.meanSquare(x, ofFeatures, rows: some) - loss) < 1e-5 * max(1, loss))
        }
        #expect(spanned.outsideLoss > 0.3, "most of a new row lies outside of the span")
        #expect(
            try SpannedRows(x, rows: [4, 4, 4], heldOut: [0], seed: 1) == nil,
            "equal rows span nothing"
        )
    }

    @Test func onlySquaredErrorsAreLearnedThere() {
        var detector = TableDetector()
        #expect(detector.learnsInSpan(inputSize: 101, rowCount: 100))
        #expect(!detector.learnsInSpan(inputSize: 100, rowCount: 100))
        #expect(!detector.learnsInSpan(inputSize: 2002, rowCount: 2001), "takes as long itself")
        detector.loss = .meanAbsoluteError
        #expect(!detector.learnsInSpan(inputSize: 101, rowCount: 100))
        detector = TableDetector()
        detector.tiedWeights = true
        #expect(!detector.learnsInSpan(inputSize: 101, rowCount: 100))
        detector = TableDetector()
        detector.variant = .denoising(.gaussian(deviation: 0.1))
        #expect(!detector.learnsInSpan(inputSize: 101, rowCount: 100))
        detector = TableDetector()
        detector.outputActivation = .sigmoid
        #expect(!detector.learnsInSpan(inputSize: 101, rowCount: 100))
    }

    /// Columns of three factors: 80 rows tell what the other rows are like, and which are not.
    @Test func aWideTableIsLearned() throws {
        let (rowCount, width) = (120, 200)
        let factors = Self.draws(rowCount + 1, 3)
        let weights = Self.draws(3, width, seed: 9)
        let noise = Self.draws(rowCount + 1, width, seed: 10)
        func value(_ row: Int, _ j: Int) -> Double {
            let common = (0..<3).reduce(Float(0)) { $0 + factors[row, $1] * weights[$1, j] }
            return Double(common + 0.3 * noise[row, j])
        }
        func table(_ rows: Range<Int>, mixed: Bool = false) throws -> Table {
            try Table(
                columns: (0..<width).map { j in
                    // A mixed row takes every other column from the next row.
                    Column("x\(j)", rows.map { value(mixed && j % 2 == 1 ? $0 + 1 : $0, j) })
                }
            )
        }
        let detector = try TableDetector().fitted(to: table(0..<80), threadCount: 2)
        for history in detector.histories {
            let kept = try #require(history.kept)
            #expect((kept.validationLoss ?? 1) < 0.25, "of a variance of 1")
            #expect(history.epochs.count < 1500, "training ends early")
        }
        let normal = try detector.scores(of: table(80..<120)).map(\.score)
        let odd = try detector.scores(of: table(80..<120, mixed: true)).map(\.score)
        let highest = try #require(normal.sorted().dropLast(2).last)
        #expect(odd.count { $0 > highest } > 25, "of 40, at two false alarms of 40")
        let restored = try FittedTableDetector(decoding: detector.encoded())
        #expect(try restored.scores(of: table(80..<120)).map(\.score) == normal)
    }
}
