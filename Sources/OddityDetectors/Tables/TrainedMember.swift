internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// A network that was trained on some of the rows, and still has to be calibrated on the others.
struct TrainedMember: Sendable {
    let network: Network
    let history: [EpochRecord]
    let codeLayer: Int
    /// The centre that its codes were pulled to, if they were.
    let center: [Float]?
    /// The rows it was trained on.
    let rows: [Int]
    /// The rows it has not seen.
    let heldOut: [Int]
    let seed: UInt64

    /// For each feature the sum of squared residuals of the held-out rows, with their noise.
    func heldOutSquaredErrors(
        _ rows: NetworkRows,
        noise: ResidualNoise,
        analysis: PrincipalComponents?
    ) throws -> [Double] {
        let rows = rows.rows(at: heldOut)
        let outputs = try network.outputs(for: rows.inputs)
        let rebuilt = analysis?.inverse(outputs) ?? outputs
        let width = rows.features.columnCount
        let rebuiltWidth = rebuilt.columnCount
        var sums = [Double](repeating: 0, count: width)
        rows.features.withUnsafeElements { x in
            rebuilt.withUnsafeElements { y in
                for row in 0..<rows.features.rowCount {
                    for feature in 0..<width {
                        let expected = Double(y[row * rebuiltWidth + feature])
                        let value = x[row * width + feature]
                        let difference = Double(value) - expected
                        sums[feature] +=
                            difference * difference + noise.squared(value, feature: feature)
                    }
                }
            }
        }
        return sums
    }

    /// Measures all rows: those that the network has not seen, and those it was trained on.
    func measured(
        _ all: NetworkRows,
        residualScale: [Float],
        noise: ResidualNoise,
        logNeighbors: [Double]?,
        configuration: TableDetector,
        evidence: TrainingEvidence,
        analysis: PrincipalComponents?
    ) throws -> MeasuredMember {
        let isNearest =
            configuration.scoring.usesCode && configuration.codeDistance == .nearest
        let codeRows = isNearest ? referenceRows() : []
        let codeMeasure = try codeMeasure(
            configuration,
            inputs: all.inputs,
            rows: isNearest ? codeRows : rows
        )
        let measures = MemberMeasures(
            network: network,
            codeLayer: codeLayer,
            residualScale: residualScale,
            noise: noise,
            codeMeasure: codeMeasure,
            evidenceSurprise: evidence.surprise,
            analysis: analysis,
            configuration: configuration
        )
        var unseen = measures.measureAll(
            all.rows(at: heldOut),
            evidenceCounts: heldOut.map { evidence.counts[$0] }
        )
        let places = Dictionary(uniqueKeysWithValues: codeRows.enumerated().map { ($1, $0) })
        var seen = measures.measureAll(
            all.rows(at: rows),
            evidenceCounts: rows.map { evidence.counts[$0] },
            references: rows.map { places[$0] }
        )
        if let logNeighbors {
            for (place, row) in heldOut.enumerated() {
                unseen[place].logNeighbor = logNeighbors[row]
            }
            for (place, row) in rows.enumerated() { seen[place].logNeighbor = logNeighbors[row] }
        }
        return MeasuredMember(
            network: network,
            history: history,
            codeMeasure: codeMeasure,
            heldOutRows: heldOut,
            heldOut: unseen,
            trainedRows: rows,
            trained: seen
        )
    }

    /// What codes are measured by; nil when they don't count.
    private func codeMeasure(
        _ configuration: TableDetector,
        inputs: Matrix,
        rows: [Int]
    ) throws -> CodeMeasure? {
        guard configuration.scoring.usesCode else { return nil }
        if let center { return .central(CentralCode(center: center)) }
        let codes = try network.outputs(for: inputs.rows(at: rows), ofLayer: codeLayer)
        return try CodeMeasure(
            configuration.codeDistance,
            codes: codes,
            rank: NearestCode.rank(columnCount: inputs.columnCount, referenceCount: rows.count)
        )
    }

    /// The training rows whose codes are kept for distances: all, or a sample of many.
    private func referenceRows() -> [Int] {
        guard rows.count > NearestCode.referenceLimit else { return rows }
        var stream = RandomStream(seed: seed, use: .sampling)
        var sample = rows
        stream.shuffle(&sample)
        return sample.prefix(NearestCode.referenceLimit).sorted()
    }
}

extension TableDetector {
    /// Trains one network on `rows` of the inputs, and keeps the epoch that is best on `heldOut`.
    func trainedMember(
        _ index: Int,
        inputs: Matrix,
        rows: [Int],
        heldOut: [Int],
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> TrainedMember {
        var stream = RandomStream(seed: seed, use: .seeding, index: index)
        let memberSeed = stream.next()
        let steps = stepsPerEpoch(rowCount: rows.count)
        let plan = plan(featureCount: inputs.columnCount, stepsPerEpoch: steps)
        let options = trainingOptions(
            rowCount: rows.count,
            inputSize: inputs.columnCount,
            seed: memberSeed
        )
        let spanned =
            learnsInSpan(inputSize: inputs.columnCount, rowCount: rows.count)
            ? try SpannedRows(inputs, rows: rows, heldOut: heldOut, seed: memberSeed) : nil
        let outside = spanned?.outsideLoss ?? 0
        let objection = Objection()
        func report(_ record: EpochRecord, after epochs: Int) -> ProgressDecision {
            objection.decision {
                try onProgress(
                    FittingProgress(
                        member: index,
                        memberCount: folds,
                        epoch: epochs + record.epoch,
                        epochCount: options.epochs * (svddWeight == nil ? 1 : 2),
                        trainingLoss: record.trainingLoss,
                        heldOutLoss: record.validationLoss.map { $0 + outside } ?? .nan
                    )
                )
            }
        }
        let first = spanned.map { self.plan(featureCount: $0.columnCount, stepsPerEpoch: steps) }
        var result = try Trainer(options: options).train(
            try Network((first ?? plan).description.withoutCenterWeight, seed: memberSeed),
            inputs: spanned?.coordinates ?? inputs,
            rows: rows,
            validationRows: heldOut,
            threadCount: threadCount
        ) { report($0.record, after: 0) }
        try objection.check()
        if let spanned {
            return TrainedMember(
                network: try spanned.network(result.network, as: plan.description),
                history: result.history.map { $0.adding(outside) },
                codeLayer: plan.codeLayer,
                center: nil,
                rows: rows,
                heldOut: heldOut,
                seed: memberSeed
            )
        }
        var history = result.history
        var center: [Float]?
        if svddWeight != nil {
            let codes = try result.network.outputs(
                for: inputs.rows(at: rows),
                ofLayer: plan.codeLayer,
                threadCount: threadCount
            )
            let mean = CentralCode(meanOf: codes).center
            result = try Trainer(options: pullingOptions(options, seed: stream.next())).train(
                try result.network.pulled(to: mean, as: plan),
                inputs: inputs,
                rows: rows,
                validationRows: heldOut,
                threadCount: threadCount
            ) { report($0.record, after: history.count) }
            try objection.check()
            history += result.history.map { $0.after(epochs: history.count) }
            center = mean
        }
        return TrainedMember(
            network: result.network,
            history: history,
            codeLayer: plan.codeLayer,
            center: center,
            rows: rows,
            heldOut: heldOut,
            seed: memberSeed
        )
    }

    func trainingOptions(rowCount: Int, inputSize: Int, seed: UInt64) -> TrainingOptions {
        let epochs = resolvedEpochs(rowCount: rowCount)
        let steps = stepsPerEpoch(rowCount: rowCount)
        // A patience that never runs out still keeps the best epoch.
        let usual =
            inputSize > rowCount
            ? min((TableDetector.widePatience + steps - 1) / steps, epochs) : epochs
        return TrainingOptions(
            loss: loss,
            optimizer: optimizer,
            learningRate: learningRate,
            schedule: schedule,
            gradientClipping: gradientClipping,
            epochs: epochs,
            batchSize: batchSize,
            shuffles: shuffles,
            patience: patience ?? usual,
            seed: seed
        )
    }

    /// Whether a network is trained on what its rows span, rather than on their features: with more features than rows, of
    /// which there are no more than can be decomposed, where squared errors are all that it is trained by.
    func learnsInSpan(inputSize: Int, rowCount: Int) -> Bool {
        inputSize > rowCount && rowCount <= 2000 && variant == .plain && loss == .meanSquaredError
            && !tiedWeights
            && outputActivation == .identity && svddWeight == nil
    }
}

extension EpochRecord {
    /// The record with a part of the held-out loss that no network changes.
    fileprivate func adding(_ loss: Double) -> EpochRecord {
        EpochRecord(
            epoch: epoch,
            trainingLoss: trainingLoss,
            penalties: penalties,
            validationLoss: validationLoss.map { $0 + loss },
            learningRate: learningRate
        )
    }
}
