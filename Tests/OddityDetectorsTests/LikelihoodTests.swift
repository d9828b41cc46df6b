import Foundation
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

@testable import OddityDetectors

/// Likelihoods against their definitions in double precision.
@Suite struct LikelihoodTests {
    let residualScale: [Float] = [1, 4, 0.25, 2, 100]
    let rows = 70

    private func features() -> Matrix {
        var matrix = Matrix(rowCount: rows, columnCount: 5)
        var stream = RandomStream(seed: 3, use: .sampling)
        matrix.withUnsafeMutableElements { stream.fillNormal($0) }
        return matrix
    }

    private func network(outputSize: Int) throws -> Network {
        try Network(
            NetworkDescription(
                inputSize: 5,
                layers: [
                    .dense(outputSize: 8), .activation(.tanh), .dense(outputSize: 6),
                    .variational(latentSize: 3, klWeight: 1), .dense(outputSize: outputSize),
                    .activation(.identity),
                ]
            ),
            initializer: .pytorchUniform,
            seed: 1
        )
    }

    /// −E ln p(x|z), and for the ELBO the divergence of the row's posterior.
    private func expected(
        _ network: Network,
        _ features: Matrix,
        learnsVariance: Bool,
        addsDivergence: Bool
    ) throws -> [Double] {
        var nats = [Double](repeating: 0, count: rows)
        for index in 0..<16 {
            let output = try network.outputs(
                for: features,
                draw: LatentDraw(seed: 9, index: index)
            )
            for row in 0..<rows {
                for j in 0..<5 {
                    let variance =
                        learnsVariance
                        ? exp(Double(output[row, 5 + j])) : 1 / Double(residualScale[j])
                    let difference = Double(features[row, j]) - Double(output[row, j])
                    nats[row] +=
                        (log(2 * Double.pi * variance) + difference * difference / variance) / 32
                }
            }
        }
        guard addsDivergence else { return nats }
        let posterior = try network.outputs(for: features, ofLayer: 2)
        for row in 0..<rows {
            for j in 0..<3 {
                let (m, v) = (Double(posterior[row, j]), Double(posterior[row, 3 + j]))
                nats[row] += (m * m + exp(v) - 1 - v) / 2
            }
        }
        return nats
    }

    @Test(
        arguments: [TableDetector.Scoring.elbo, .reconstructionProbability],
        [Loss.meanSquaredError, .gaussian]
    )
    func likelihoodsAreTheirDefinition(scoring: TableDetector.Scoring, loss: Loss) throws {
        var configuration = TableDetector()
        configuration.variant = .variational(VariationalCode())
        configuration.scoring = scoring
        configuration.loss = loss
        configuration.seed = 9
        let network = try network(outputSize: loss == .gaussian ? 10 : 5)
        let features = features()
        let measures = MemberMeasures(
            network: network,
            codeLayer: 3,
            residualScale: residualScale,
            codeMeasure: nil,
            evidenceSurprise: 2,
            analysis: nil,
            configuration: configuration
        )
        let found = measures.measureAll(
            NetworkRows(features, analysis: nil),
            evidenceCounts: (0..<rows).map { $0 == 7 ? 2 : 0 }
        )
        var nats = try expected(
            network,
            features,
            learnsVariance: loss == .gaussian,
            addsDivergence: scoring == .elbo
        )
        // Each cell of evidence is half the square of five deviations.
        nats[7] += 2 * 12.5
        #expect(found.count == nats.count)
        for (row, nats) in zip(found, nats) {
            let value = try #require(row.residual)
            #expect(abs(value - nats) < 1e-4 * max(1, abs(nats)))
        }
        #expect(found.map(\.surprise) == (0..<rows).map { $0 == 7 ? 2 : 0 })
    }
}
