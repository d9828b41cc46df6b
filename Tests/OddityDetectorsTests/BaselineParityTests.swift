import Foundation
import OddityDetectors
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

/// The numbers of `scripts/reference_baselines.py`.
struct ReferenceBaselines: Decodable {
    var columnCount: Int
    var training: [Float]
    var rows: [Float]
    var neighborCount: Int
    var largestDistance: [Double]
    var meanDistance: [Double]
    var share: Double
    var residualOfShare: [Double]
    var residualAboveAverage: [Double]
    var tailScore: [Double]
    var sampleCount: Int
    var meanDepth: [Double]
    var depthDeviation: [Double]

    static func load() throws -> ReferenceBaselines {
        let url = try #require(
            Bundle.module.url(
                forResource: "baselines",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        return try JSONDecoder().decode(ReferenceBaselines.self, from: Data(contentsOf: url))
    }

    func matrix(_ elements: [Float]) -> Matrix {
        Matrix(
            rowCount: elements.count / columnCount,
            columnCount: columnCount,
            elements: elements
        )
    }

    func scores(_ baseline: some BaselineDetector) throws -> [Double] {
        try baseline.fitted(to: matrix(training), seed: 1).scores(of: matrix(rows))
    }
}

@Suite struct BaselineParityTests {
    /// Standardized features are floats of magnitude at most 40: a distance is off by at most the
    /// root of the feature count times their rounding, mean and scale included.
    static let featureTolerance = 3 * 40 * 0x1p-24

    private func agree(_ values: [Double], _ expected: [Double], tolerance: (Double) -> Double)
        -> Bool
    {
        values.count == expected.count && !values.isEmpty
            && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance($1) }
    }

    @Test func nearestNeighborsAgreeWithScikitLearn() throws {
        let reference = try ReferenceBaselines.load()
        let tolerance = Double(reference.columnCount).squareRoot() * Self.featureTolerance
        let largest = NearestNeighbors(neighborCount: reference.neighborCount)
        let mean = NearestNeighbors(
            neighborCount: reference.neighborCount,
            aggregation: .mean
        )
        let scores = try [reference.scores(largest), reference.scores(mean)]
        #expect(agree(scores[0], reference.largestDistance) { _ in tolerance })
        #expect(agree(scores[1], reference.meanDistance) { _ in tolerance })
    }

    @Test func reconstructionAgreesWithScikitLearn() throws {
        let reference = try ReferenceBaselines.load()
        // A residual of r, off by t in each feature, has a square off by 2rt + t².
        let feature = Double(reference.columnCount) * Self.featureTolerance
        func tolerance(_ square: Double) -> Double {
            2 * square.squareRoot() * feature + feature * feature
        }
        let ofShare = try reference.scores(
            PCAReconstruction(components: .variance(reference.share))
        )
        let aboveAverage = try reference.scores(PCAReconstruction())
        #expect(agree(ofShare, reference.residualOfShare, tolerance: tolerance))
        #expect(agree(aboveAverage, reference.residualAboveAverage, tolerance: tolerance))
    }

    @Test func tailScoresAgreeWithTheirDefinition() throws {
        let reference = try ReferenceBaselines.load()
        let scores = try reference.scores(ECOD())
        #expect(agree(scores, reference.tailScore) { 1e-12 * max(1, $0) })
    }

    /// Trees are random, so depths agree with those of scikit-learn's 2,000 trees within what the
    /// deviation over trees allows: 5 standard errors, for 40 rows.
    @Test func isolationDepthsAgreeWithScikitLearn() throws {
        let reference = try ReferenceBaselines.load()
        let treeCount = 400
        let scores = try reference.scores(
            IsolationForest(treeCount: treeCount, sampleCount: reference.sampleCount)
        )
        let count = Double(reference.sampleCount)
        let usual = 2 * (log(count - 1) + 0.577_215_664_901_532_9) - 2 * (count - 1) / count
        let depths = scores.map { -log2($0) * usual }
        #expect(depths.count == reference.meanDepth.count)
        for row in depths.indices {
            let error =
                reference.depthDeviation[row] * (1 / Double(treeCount) + 1 / 2000.0).squareRoot()
            #expect(abs(depths[row] - reference.meanDepth[row]) <= 5 * error, "row \(row)")
        }
    }
}
