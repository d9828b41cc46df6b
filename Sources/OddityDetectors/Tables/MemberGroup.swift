internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// The members of a detector, and what they measure rows with.
protocol MemberGroup: Sendable {
    /// How they were made.
    var configuration: TableDetector { get }
    var members: [Member] { get }
    /// For each feature, what its squared residual is multiplied by: one over its held-out mean.
    var residualScale: [Float] { get }
    /// What of a residual is not known better.
    var noise: ResidualNoise { get }
    /// What a cell that training could not have produced adds to a member's score.
    var evidenceSurprise: Double { get }
    /// What turns rows into the networks' inputs; nil when they are taken as they are.
    var analysis: PrincipalComponents? { get }
    /// What is known of the training rows themselves; nil when rows are not compared with them.
    var neighbors: TrainingNeighbors? { get }
    /// The number of the networks' inputs.
    var inputSize: Int { get }
}

extension MemberGroup {
    /// The position of the layer whose output is the code.
    var codeLayer: Int { configuration.plan(featureCount: inputSize, stepsPerEpoch: 1).codeLayer }

    /// What the network that did not see a fold makes of rows.
    func measures(ofFold fold: Int) -> MemberMeasures {
        MemberMeasures(
            network: members[fold].network,
            codeLayer: codeLayer,
            residualScale: residualScale,
            noise: noise,
            codeMeasure: members[fold].codeMeasure,
            evidenceSurprise: evidenceSurprise,
            analysis: analysis,
            configuration: configuration
        )
    }

    /// What members that take turns measure of rows that none of them saw.
    ///
    /// - Parameters:
    ///   - prepared: rows of a table.
    ///   - rows: those to measure, ascending.
    ///   - turns: for each of them the member that measures it.
    ///   - threadCount: threads to use; the result does not depend on it.
    func measures(of prepared: PreparedRows, at rows: [Int], turns: [Int], threadCount: Int)
        -> [RowMeasures]
    {
        let evidence = Dictionary(grouping: prepared.evidence, by: \.row).mapValues(\.count)
        let features = prepared.features.rows(at: rows)
        var measures = RowTiles.joined(rowCount: rows.count, threadCount: threadCount) { range in
            var result = [RowMeasures?](repeating: nil, count: range.count)
            for fold in members.indices {
                let places = range.filter { turns[$0] == fold }
                guard !places.isEmpty else { continue }
                let measured = self.measures(ofFold: fold).measureAll(
                    NetworkRows(features.rows(at: places), analysis: analysis),
                    evidenceCounts: places.map { evidence[rows[$0], default: 0] }
                )
                for (place, row) in zip(places, measured) {
                    result[place - range.lowerBound] = row
                }
            }
            return result.compactMap { $0 }
        }
        if let neighbors {
            let distances = neighbors.logDistances(of: features, threadCount: threadCount)
            for place in measures.indices { measures[place].logNeighbor = distances[place] }
        }
        return measures
    }
}
