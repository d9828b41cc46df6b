public import Datasets
internal import Evaluation
internal import LinearAlgebra
internal import NeuralNetworks
internal import Preprocessing

extension Autoencoder {
    /// Fits the detector to normal rows.
    ///
    /// The rows are prepared, dealt into folds, and one network is trained for each fold on the rows of
    /// the others. The parameters of the epoch with the least loss on the fold are kept; the fold's rows
    /// then calibrate the member's scores.
    ///
    /// - Parameters:
    ///   - table: normal rows; the columns that the schema ignores are left out.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread.
    /// - Returns: the fitted detector.
    /// - Throws: ``DetectorError`` for settings that cannot be used or too few rows, `PreparationError`
    ///   for tables that cannot be used, `TrainingError` if a loss stops being finite.
    public func fitted(
        to table: Table,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) -> Void = { _ in }
    ) throws -> FittedAutoencoder {
        try validate()
        let needed = max(2, folds)
        guard table.rowCount >= needed else {
            throw DetectorError.tooFewRows(count: table.rowCount, needed: needed)
        }
        let preparer = try preparation.fitted(to: table)
        let features = try preparer.applied(to: table).features
        let analysis = try principalComponents.map {
            try PrincipalComponents(components: $0, seed: seed).fitted(to: features)
        }
        let rows = NetworkRows(features, analysis: analysis, threadCount: threadCount)
        let partition =
            folds > 1
            ? Folds(rowCount: table.rowCount, count: folds, seed: seed)
            : Folds(rowCount: table.rowCount, heldOutShare: heldOutShare, seed: seed)
        let evidence = TrainingEvidence(counts: preparer.leaveOneOutEvidenceCounts(in: table))
        let trained = try Parallel.map(count: folds, threadCount: threadCount) { fold in
            try trainedMember(
                fold,
                inputs: rows.inputs,
                rows: partition.complement(ofFold: fold),
                heldOut: partition.rows[fold],
                threadCount: max(1, threadCount / folds),
                onProgress: onProgress
            )
        }
        let residualScale = residualScale(
            squaredErrors: try Parallel.map(count: folds, threadCount: threadCount) {
                try trained[$0].heldOutSquaredErrors(rows, analysis: analysis)
            },
            rowCount: trained.reduce(0) { $0 + $1.heldOut.count }
        )
        let fits = try Parallel.map(count: folds, threadCount: threadCount) {
            try trained[$0].calibrated(
                rows,
                residualScale: residualScale,
                scoring: scoring,
                evidence: evidence,
                analysis: analysis
            )
        }
        return FittedAutoencoder(
            configuration: self,
            preparer: preparer,
            analysis: analysis,
            trainingRowCount: table.rowCount,
            members: fits.map(\.member),
            residualScale: residualScale,
            evidenceSurprise: evidence.surprise,
            calibration: combinedCalibration(
                fits.map(\.logarithms),
                rows: folds > 1 ? Array(0..<table.rowCount) : partition.rows[0]
            )
        )
    }

    /// One over each feature's mean squared residual, over rows that the network did not see.
    ///
    /// Features that are rebuilt a hundred times better than the average count as just that much
    /// better, so that none drowns the others.
    private func residualScale(squaredErrors: [[Double]], rowCount: Int) -> [Float] {
        let means = squaredErrors[0].indices.map { feature in
            squaredErrors.reduce(0) { $0 + $1[feature] } / Double(rowCount)
        }
        let floor = max(0.01 * means.reduce(0, +) / Double(means.count), 1e-12)
        return means.map { Float(1 / max($0, floor)) }
    }

    /// How the members' combined p-values of normal rows are distributed.
    ///
    /// The members' p-values of a new row are neither equal nor independent, which makes their
    /// combination a little too cautious. How they hang together is borrowed from the training rows:
    /// each has the p-value of the member that did not see it, and its ranks among the training rows
    /// of the others.
    private func combinedCalibration(
        _ logarithms: [[Double]],
        rows: [Int]
    ) -> SurvivalFunction {
        SurvivalFunction(
            heldOut: rows.map { row in
                -CombinedPValue.cauchyLogarithm(logarithms.map { $0[row] })
            },
            minimumTailScale: TailScale.surprise
        )
    }
}
