public import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
package import OddityPreprocessing

extension TableDetector {
    /// Fits the detector to normal rows.
    ///
    /// The rows are prepared, dealt into folds, and one network is trained for each fold on the rows of
    /// the others. The parameters of the epoch with the least loss on the fold are kept; the fold's rows
    /// then calibrate the member's scores. Where not all rows are normal, those that stand far out can be left out:
    /// see “Rows that are not clean” in “How a row is judged”.
    ///
    /// - Parameters:
    ///   - table: normal rows; the columns that the schema ignores are left out.
    ///   - contamination: how much of the table may be odd; what stands far out is left out, and
    ///     ``Provenance/leftOutCount`` says how much that was. By default all rows are learned from.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread; what it throws ends the fit.
    /// - Returns: the fitted detector.
    /// - Throws: ``DetectorError`` for settings that cannot be used or too few rows, `PreparationError`
    ///   for tables that cannot be used, `TrainingError` if a loss stops being finite.
    public func fitted(
        to table: Table,
        contamination: Contamination = .none,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> FittedTableDetector {
        let cleaned = try cleaned(
            table,
            contamination: contamination,
            threadCount: threadCount,
            onProgress: onProgress
        )
        var detector = try cleaned.fit.detector(threadCount: threadCount)
        detector.provenance.leftOutCount = table.rowCount - cleaned.rows.count
        return detector
    }

    /// Prepares the rows of a table for any number of fits.
    ///
    /// - Throws: like ``fitted(to:threadCount:onProgress:)``.
    package func trainingRows(of table: Table, threadCount: Int) throws -> TrainingRows {
        try validate()
        let needed = max(2, folds)
        guard table.rowCount >= needed else {
            throw DetectorError.tooFewRows(count: table.rowCount, needed: needed)
        }
        let preparer = try preparation.fitted(to: table)
        let features = try preparer.applied(to: table).features
        let analysis = try principalComponents.map {
            try PrincipalComponentAnalysis(components: $0, seed: seed).fitted(to: features)
        }
        return TrainingRows(
            preparer: preparer,
            analysis: analysis,
            rows: NetworkRows(features, analysis: analysis, threadCount: threadCount),
            evidence: TrainingEvidence(counts: preparer.leaveOneOutEvidenceCounts(in: table)),
            // Nothing was trained here on rows that calibrate another network.
            sketch: importedLayers == nil
                ? preparer.rowHashes(of: table).flatMap { RowSketch($0) } : nil,
            cells: storesRows ? HeldOutRows.cells(of: table, preparer: preparer) : nil
        )
    }

    /// How a fit deals its rows: into folds, or into a held-out share and the rest.
    package func partition(rowCount: Int) -> Folds {
        folds > 1
            ? Folds(rowCount: rowCount, count: folds, seed: seed)
            : Folds(rowCount: rowCount, heldOutShare: heldOutShare, seed: seed)
    }

    /// Trains a network for each fold on the rows of the others, and calibrates it on the fold.
    package func crossFit(
        to training: TrainingRows,
        partition: Folds,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> CrossFit {
        let configuration = resolved(for: training)
        try configuration.validate()
        try configuration.checkMemory(
            inputSize: training.inputSize,
            rowCount: training.features.rowCount,
            threadCount: threadCount
        )
        let trained = try Parallel.map(count: folds, threadCount: threadCount) { fold in
            try configuration.trainedMember(
                fold,
                inputs: training.rows.inputs,
                rows: partition.complement(ofFold: fold),
                heldOut: partition.rows[fold],
                threadCount: max(1, threadCount / folds),
                onProgress: onProgress
            )
        }
        return try configuration.calibrated(
            trained,
            of: training,
            partition: partition,
            threadCount: threadCount
        )
    }

    /// Calibrates networks on the rows that they have not seen.
    ///
    /// - Parameters:
    ///   - trained: the networks, one for each fold.
    ///   - training: all rows.
    ///   - partition: those that a network has not seen, by network.
    ///   - threadCount: threads to use; the result does not depend on it.
    func calibrated(
        _ trained: [TrainedMember],
        of training: TrainingRows,
        partition: Folds,
        threadCount: Int
    ) throws -> CrossFit {
        let noise = ResidualNoise(meanOf: training.features)
        let residualScale = residualScale(
            squaredErrors: try Parallel.map(count: folds, threadCount: threadCount) {
                try trained[$0].heldOutSquaredErrors(
                    training.rows,
                    noise: noise,
                    analysis: training.analysis
                )
            },
            rowCount: trained.reduce(0) { $0 + $1.heldOut.count }
        )
        let neighbors =
            comparesRows(inputSize: training.inputSize)
            ? MeasuredNeighbors(
                training.features,
                rows: folds > 1
                    ? Array(0..<training.features.rowCount) : partition.complement(ofFold: 0),
                preparer: training.preparer,
                seed: seed,
                threadCount: threadCount
            ) : nil
        let measured = try Parallel.map(count: folds, threadCount: threadCount) {
            try trained[$0].measured(
                training.rows,
                residualScale: residualScale,
                noise: noise,
                logNeighbors: neighbors?.logDistances,
                configuration: self,
                evidence: training.evidence,
                analysis: training.analysis
            )
        }
        let pooled = PooledCalibration(
            measured.map(\.heldOut),
            scoring: scoring,
            isNarrow: training.inputSize == 1
        )
        return CrossFit(
            configuration: self,
            training: training,
            partition: partition,
            residualScale: residualScale,
            members: zip(measured, pooled.members).map { $0.calibrated($1) },
            calibration: .agreement(
                AgreementCorrection(
                    memberCount: folds,
                    correlation: pooled.correlation(of: measured)
                )
            ),
            noise: noise,
            neighbors: neighbors?.neighbors,
            heldOutLogarithms: pooled.logarithms,
            measures: measured.map(\.heldOut)
        )
    }

    /// The same detector with the sizes of its layers.
    private func resolved(for training: TrainingRows) -> TableDetector {
        let rowCount = training.features.rowCount
        let isSpanned = learnsInSpan(inputSize: training.inputSize, rowCount: rowCount)
        var configuration = self
        configuration.hiddenSizes = resolvedHiddenSizes(
            featureCount: isSpanned ? rowCount : training.inputSize
        )
        return configuration
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
}
