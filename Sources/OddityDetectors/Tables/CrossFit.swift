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
    /// For each member the logarithms of the p-values of all rows.
    let logarithms: [[Double]]
    /// The reconstruction error of each held-out row, from the member that did not see it.
    let heldOutErrors: [Double]

    /// The detector that the members make together.
    package var detector: FittedTableDetector {
        let calibration = combinedCalibration
        return FittedTableDetector(
            configuration: configuration,
            preparer: training.preparer,
            analysis: training.analysis,
            provenance: Provenance(trainingCount: training.features.rowCount),
            members: members,
            residualScale: residualScale,
            evidenceSurprise: training.evidence.surprise,
            calibration: calibration,
            heldOut: HeldOutScores(
                unit: .row,
                count: calibration.values.count,
                scores: calibration.heldOutScores,
                errors: heldOutErrors
            )
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
    package func scores(of features: Matrix, byMemberOfFold fold: Int) -> [Double] {
        let member = members[fold]
        let measures = MemberMeasures(
            network: member.network,
            codeLayer: codeLayer,
            residualScale: residualScale,
            codeMeasure: member.codeMeasure,
            evidenceSurprise: training.evidence.surprise,
            analysis: training.analysis,
            configuration: configuration
        )
        return measures.measureAll(
            NetworkRows(features, analysis: training.analysis),
            evidenceCounts: [Int](repeating: 0, count: features.rowCount)
        ).map(member.calibration.score)
    }

    private var codeLayer: Int {
        configuration.plan(featureCount: training.inputSize, stepsPerEpoch: 1)
            .codeLayer
    }

    /// How the members' combined p-values of normal rows are distributed.
    ///
    /// The members' p-values of a new row are neither equal nor independent, which makes their
    /// combination a little too cautious. How they hang together is borrowed from the training rows:
    /// each has the p-value of the member that did not see it, and its ranks among the training rows
    /// of the others.
    private var combinedCalibration: SurvivalFunction {
        let rows = members.count > 1 ? Array(0..<training.features.rowCount) : partition.rows[0]
        return SurvivalFunction(
            heldOut: rows.map { row in
                -CombinedPValue.cauchyLogarithm(logarithms.map { $0[row] })
            },
            minimumTailScale: TailScale.surprise
        )
    }
}
