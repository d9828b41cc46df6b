import OddityDetectors
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@Suite struct BaselineTests {
    @Test func nearestNeighbors() throws {
        try checkBaseline(NearestNeighbors())
        try checkBaseline(NearestNeighbors(neighborCount: 1, aggregation: .mean))
    }

    @Test func isolationForest() throws { try checkBaseline(IsolationForest()) }

    @Test func tails() throws { try checkBaseline(ECOD()) }

    @Test func reconstruction() throws {
        try checkBaseline(PCAReconstruction())
        try checkBaseline(PCAReconstruction(components: .variance(0.9)))
    }

    @Test func standardBaselinesHaveNamesOfTheirOwn() {
        let names = Baselines.standard.map(\.name)
        #expect(names.count == 4 && Set(names).count == 4)
    }

    @Test func trainingRowsAreAtDistanceZeroAlsoFarFromTheOrigin() throws {
        var training = baselineRows(1500, seed: 1)
        // One row stretches the scale, so that the others are close together.
        for column in 0..<10 { training[7, column] = 1e4 }
        let detector = try NearestNeighbors(neighborCount: 1).fitted(to: training, seed: 0)
        #expect(try detector.scores(of: training) == [Double](repeating: 0, count: 1500))
    }

    @Test func neighborsAreThoseOfAllPairs() throws {
        // More rows than a block of references, with a scale of 1 for whole numbers.
        let count = 2100
        var training = Matrix(rowCount: count, columnCount: 1)
        for row in 0..<count { training[row, 0] = row % 2 == 0 ? Float(row) : Float(-row) }
        let detector = try NearestNeighbors(neighborCount: 3).fitted(to: training, seed: 0)
        let scores = try detector.scores(of: Matrix(rows: [[0], [1000], [-5000]]))
        // 0 has 0, −1, 2; 1000 has 1000, 998, 1002; −5000 has −2099, −2097, −2095.
        let unit = scores[1] / 2
        #expect(abs(scores[0] / unit - 2) < 1e-3)
        // The unit is known to 5000 × 2⁻²³, for numbers of that magnitude are rounded.
        #expect(abs(scores[2] / unit - 2905) < 2905 * 5000 * 0x1p-23)
    }

    @Test func forestsOfOtherSeedsDiffer() throws {
        let rows = baselineRows(300, seed: 1)
        let first = try IsolationForest().fitted(to: rows, seed: 1).scores(of: rows)
        let second = try IsolationForest().fitted(to: rows, seed: 2).scores(of: rows)
        #expect(first != second)
        #expect(first.allSatisfy { $0 > 0 && $0 < 1 })
    }

    @Test func rowsBeyondAllTrainingRowsAreOddestInTheTails() throws {
        let training = Matrix(rows: (0..<99).map { [Float($0)] })
        let scores = try ECOD().fitted(to: training, seed: 0)
            .scores(of: Matrix(rows: [[-1], [0], [49], [98], [200]]))
        #expect(scores[0] == scores[4] && scores[1] == scores[3])
        #expect(scores[0] > scores[1] && scores[1] > scores[2])
    }

    @Test func oneDirectionIsAlwaysLeftOver() throws {
        let rows = baselineRows(100, seed: 1)
        let detector = try PCAReconstruction(components: .variance(1)).fitted(to: rows, seed: 0)
        #expect(detector.analysis.componentCount == 9)
    }

    @Test func settingsAreChecked() {
        let rows = baselineRows(10, seed: 1)
        #expect(throws: DetectorError.self) {
            try NearestNeighbors(neighborCount: 0).fitted(to: rows, seed: 0)
        }
        #expect(throws: DetectorError.self) {
            try IsolationForest(treeCount: 0).fitted(to: rows, seed: 0)
        }
        #expect(throws: DetectorError.self) {
            try IsolationForest(sampleCount: 1).fitted(to: rows, seed: 0)
        }
        #expect(throws: PreparationError.invalidVarianceShare(2)) {
            try PCAReconstruction(components: .variance(2)).fitted(to: rows, seed: 0)
        }
    }
}
