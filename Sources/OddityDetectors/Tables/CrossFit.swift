internal import OddityEvaluation
package import OddityLinearAlgebra
internal import OddityNeuralNetworks
package import OddityPreprocessing

/// Training rows, prepared.
package struct TrainingRows: Sendable {
    /// How tables become rows of the network.
    package let preparer: TablePreparer
    let analysis: PrincipalComponents?
    let rows: NetworkRows
    let evidence: TrainingEvidence
    /// What the rows are known again by.
    let sketch: RowSketch?
    /// By column the cell of each row, see ``HeldOutRows``; nil where nothing of rows is stored.
    let cells: [[UInt8]]?

    /// Rows × features.
    package var features: Matrix { rows.features }
    /// The number of the network's inputs.
    package var inputSize: Int { rows.inputs.columnCount }
}

/// The members of a detector: one network for each fold, which it has not seen.
package struct CrossFit: Sendable {
    let configuration: TableDetector
    let training: TrainingRows
    let partition: Folds
    let residualScale: [Float]
    let members: [Member]
    let calibration: CombinedCalibration
    let noise: ResidualNoise
    let neighbors: TrainingNeighbors?
    /// For each member the logarithms of the p-values of the rows that it did not see, in their order.
    package let heldOutLogarithms: [[Double]]
    /// For each member what it measured of the rows that it did not see, in their order.
    let measures: [[RowMeasures]]

    /// For each row what the member measured that did not see it, in the order of the rows; a single member has seen
    /// most rows.
    var heldOutMeasures: [RowMeasures] { inOrder(measures) }

    /// For each row its score among the others, by the member that did not see it, in the order of the rows.
    var heldOutScores: [RowScore] { scores(ofLogarithms: inOrder(heldOutLogarithms)) }

    /// The scores of the rows, in their order.
    ///
    /// - Parameter logarithms: those of their p-values.
    func scores(ofLogarithms logarithms: [Double]) -> [RowScore] {
        zip(logarithms, heldOutMeasures).map { logarithm, measures in
            HeldOutScores.score(
                logarithm: logarithm,
                error: measures.error,
                heldOutCount: logarithms.count
            )
        }
    }

    /// Values by member and held-out row, in the order of the rows.
    private func inOrder<Value>(_ values: [[Value]]) -> [Value] {
        zip(partition.rows, values).flatMap { Array(zip($0, $1)) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The rows to hold out, in turn, from learning what columns should hold.
    private var expectationFolds: Folds {
        configuration.importedLayers == nil
            ? partition : configuration.partition(rowCount: partition.rowCount)
    }

    /// The detector that the members make together, with what its reasons need.
    ///
    /// - Throws: `DecompositionError` if the features overflow.
    package func detector(threadCount: Int = 1) throws -> FittedTableDetector {
        FittedTableDetector(
            configuration: configuration,
            preparer: training.preparer,
            analysis: training.analysis,
            provenance: Provenance(trainingCount: training.features.rowCount),
            members: members,
            residualScale: residualScale,
            noise: noise,
            evidenceSurprise: evidenceSurprise,
            calibration: calibration,
            neighbors: neighbors,
            heldOut: HeldOutScores(
                unit: .row,
                count: heldOutLogarithms.reduce(0) { $0 + $1.count },
                scores: heldOutScores.map(\.score),
                errors: measures.flatMap { $0.map(\.error) }
            ),
            expectations: try ColumnExpectations(
                training.features,
                preparer: training.preparer,
                heldOut: Array(expectationFolds.rows.prefix(members.count)),
                threadCount: threadCount
            ),
            sketch: training.sketch,
            heldOutRows: training.cells.map { cells in
                HeldOutRows(
                    cells,
                    rows: zip(partition.rows, measures).flatMap { zip($0, $1).map(\.0) }.sorted(),
                    scores: heldOutScores.map(\.score),
                    errors: heldOutMeasures.map(\.error)
                )
            }
        )
    }

    /// The mean loss over the rows that each network did not see, in the epoch that was kept.
    package var heldOutLoss: Double {
        var sum = 0.0
        var count = 0
        for (member, heldOut) in zip(members, partition.rows) {
            let history = TrainingHistory(
                member.history,
                keepsBest: configuration.svddWeight == nil
            )
            sum += (history.kept?.validationLoss ?? .nan) * Double(heldOut.count)
            count += heldOut.count
        }
        return sum / Double(count)
    }

    /// What the network that did not see a fold makes of rows of features; higher is odder.
    ///
    /// The distance to training rows is left out: it is the same for all networks, and the rows may be training
    /// rows themselves.
    package func scores(of features: Matrix, byMemberOfFold fold: Int) -> [Double] {
        measures(ofFold: fold).measureAll(
            NetworkRows(features, analysis: training.analysis),
            evidenceCounts: [Int](repeating: 0, count: features.rowCount)
        ).map(members[fold].calibration.score)
    }
}

extension CrossFit: MemberGroup {
    var analysis: PrincipalComponents? { training.analysis }
    var evidenceSurprise: Double { training.evidence.surprise }
    var inputSize: Int { training.inputSize }
}
