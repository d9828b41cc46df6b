public import Datasets
internal import Evaluation
internal import LinearAlgebra
internal import NeuralNetworks
internal import Preprocessing

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

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
    ///   for tables that cannot be used, `NetworkError` if a loss stops being finite.
    public func fitted(
        to table: Table, threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) -> Void = { _ in }
    ) throws -> FittedAutoencoder {
        try validate()
        let preparer = try preparation.fitted(to: table)
        let features = try preparer.applied(to: table).features
        let needed = max(2, folds)
        guard table.rowCount >= needed else {
            throw DetectorError.tooFewRows(count: table.rowCount, needed: needed)
        }
        let partition =
            folds > 1
            ? Folds(rowCount: table.rowCount, count: folds, seed: seed)
            : Folds(rowCount: table.rowCount, heldOutShare: heldOutShare, seed: seed)
        let fits = try Parallel.map(count: folds, threadCount: threadCount) { fold in
            try member(
                fold, features: features, rows: partition.complement(ofFold: fold),
                heldOut: partition.rows[fold], onProgress: onProgress)
        }
        return FittedAutoencoder(
            configuration: self, preparer: preparer, trainingRowCount: table.rowCount,
            members: fits.map(\.member),
            calibration: combinedCalibration(
                fits.map(\.logarithms),
                rows: folds > 1 ? Array(0..<table.rowCount) : partition.rows[0]))
    }

    /// How the members' combined p-values of normal rows are distributed.
    ///
    /// The members' p-values of a new row are neither equal nor independent, which makes their
    /// combination a little too cautious or too bold. How they hang together is borrowed from the
    /// training rows: each has the p-value of the member that did not see it, and its ranks among the
    /// training rows of the others.
    private func combinedCalibration(
        _ logarithms: [[Double]], rows: [Int]
    ) -> SurvivalFunction {
        SurvivalFunction(
            heldOut: rows.map { row in
                -CombinedPValue.cauchyLogarithm(logarithms.map { $0[row] })
            })
    }

    /// Trains and calibrates one member.
    ///
    /// - Returns: the member, and for each row the logarithm of its p-value: among the held-out rows
    ///   for a row that was held out, else among the rows trained on.
    private func member(
        _ index: Int, features: Matrix, rows: [Int], heldOut: [Int],
        onProgress: @escaping @Sendable (FittingProgress) -> Void
    ) throws -> (member: Member, logarithms: [Double]) {
        var stream = RandomStream(seed: seed, use: .seeding, index: index)
        let memberSeed = stream.next()
        let (description, codeLayer) = network(featureCount: features.columnCount)
        let options = trainingOptions(rowCount: rows.count, seed: memberSeed)
        let result = try Trainer(options: options).train(
            try Network(description, seed: memberSeed), inputs: features, rows: rows,
            validationRows: heldOut
        ) { progress in
            onProgress(
                FittingProgress(
                    member: index, memberCount: folds, epoch: progress.record.epoch,
                    epochCount: options.epochs, trainingLoss: progress.record.trainingLoss,
                    heldOutLoss: progress.record.validationLoss ?? .nan))
            return .goOn
        }
        let nearest = codeRows(of: rows, seed: memberSeed)
        let member = try calibrated(
            result.network, history: result.history, codeLayer: codeLayer,
            codeRows: features.rows(at: nearest), heldOut: features.rows(at: heldOut))
        return (
            member,
            member.logarithms(
                features, rows: rows, heldOut: heldOut, codeRows: nearest, codeLayer: codeLayer)
        )
    }

    private func trainingOptions(rowCount: Int, seed: UInt64) -> TrainingOptions {
        var options = TrainingOptions()
        options.loss = loss
        options.optimizer = optimizer
        options.learningRate = learningRate
        options.schedule = schedule
        options.gradientClipping = gradientClipping
        options.epochs = resolvedEpochs(rowCount: rowCount)
        options.batchSize = batchSize
        options.shuffles = shuffles
        options.patience = patience
        options.seed = seed
        return options
    }

    /// The rows whose codes are kept for distances: all, or a sample of many.
    private func codeRows(of rows: [Int], seed: UInt64) -> [Int] {
        guard scoring == .residualAndCode else { return [] }
        guard rows.count > NearestCode.referenceLimit else { return rows }
        var stream = RandomStream(seed: seed, use: .sampling)
        var sample = rows
        stream.shuffle(&sample)
        return sample.prefix(NearestCode.referenceLimit).sorted()
    }

    private func calibrated(
        _ network: Network, history: [EpochRecord], codeLayer: Int, codeRows: Matrix,
        heldOut: Matrix
    ) throws -> Member {
        let nearestCode =
            scoring == .residualAndCode
            ? NearestCode(codes: try network.outputs(for: codeRows, ofLayer: codeLayer)) : nil
        let measures = MemberMeasures(
            network: network, codeLayer: codeLayer,
            residualScale: try residualScale(of: heldOut, network: network),
            nearestCode: nearestCode)
        let (residuals, distances) = measures.measureAll(heldOut)
        return Member(
            network: network, history: history, residualScale: measures.residualScale,
            nearestCode: nearestCode,
            calibration: MemberCalibration(residuals: residuals, distances: distances))
    }

    /// One over each feature's mean squared residual of held-out rows. Features that are rebuilt a hundred times
    /// better than the average count as just that much better, so that none drowns the others.
    private func residualScale(of heldOut: Matrix, network: Network) throws -> [Float] {
        let rebuilt = try network.outputs(for: heldOut)
        var means = [Double](repeating: 0, count: heldOut.columnCount)
        heldOut.withUnsafeElements { x in
            rebuilt.withUnsafeElements { y in
                for i in x.indices {
                    let difference = Double(x[i]) - Double(y[i])
                    means[i % heldOut.columnCount] +=
                        difference * difference / Double(heldOut.rowCount)
                }
            }
        }
        let floor = max(0.01 * means.reduce(0, +) / Double(means.count), 1e-12)
        return means.map { Float(1 / max($0, floor)) }
    }
}
