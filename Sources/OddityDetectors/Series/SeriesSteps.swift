internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing
internal import OdditySeries

/// Steps of series as a detector sees them, in the order in which they came.
struct SeriesSteps: Sendable {
    /// What each step is, and where it stands.
    let steps: [TrackedChunk.Step]
    /// Steps × features, scaled.
    var scaled: Matrix
    /// Steps × what the network sees.
    var inputs: Matrix
    /// Whether enough was seen of a step's series.
    var isWarm: [Bool]
    /// For each step the cells that training could not have produced.
    let evidence: [Int: [PreparedRows.Evidence]]
    /// How much of such cells is remembered at each step, from 0 to 1.
    let evidenceLevels: [Float]

    /// Scales steps and moves the memories of their series on.
    init(
        _ steps: [TrackedChunk.Step],
        _ prepared: PreparedRows,
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling,
        past: inout [PastSteps]
    ) {
        self.steps = steps
        let width = layout.featureCount
        var scaled = Matrix(rowCount: steps.count, columnCount: width)
        var inputs = Matrix(rowCount: steps.count, columnCount: layout.inputSize)
        var isWarm: [Bool] = []
        isWarm.reserveCapacity(steps.count)
        var evidenceLevels: [Float] = []
        evidenceLevels.reserveCapacity(steps.count)
        let evidence = Dictionary(grouping: prepared.evidence, by: \.row)
        prepared.features.withUnsafeElements { source in
            scaled.withUnsafeMutableElements { scaled in
                inputs.withUnsafeMutableElements { inputs in
                    guard let source = source.baseAddress, let scaled = scaled.baseAddress,
                        let inputs = inputs.baseAddress
                    else { return }
                    for (row, step) in steps.enumerated() {
                        scaling.apply(source + row * width, into: scaled + row * width)
                        while past.count <= step.entity { past.append(PastSteps(layout)) }
                        past[step.entity].take(
                            scaled + row * width,
                            step.placement,
                            isImpossible: evidence[row] != nil,
                            layout,
                            scaling,
                            into: inputs + row * layout.inputSize
                        )
                        isWarm.append(past[step.entity].isWarm(layout))
                        evidenceLevels.append(past[step.entity].evidence)
                    }
                }
            }
        }
        self.scaled = scaled
        self.inputs = inputs
        self.isWarm = isWarm
        self.evidence = evidence
        self.evidenceLevels = evidenceLevels
    }

    var count: Int { steps.count }

    /// What members make of the steps together: mean residuals, mean expectations, and the mean logarithm of
    /// the distances of codes.
    ///
    func rebuilt(
        by workspaces: SeriesWorkspaces,
        _ layout: SeriesLayout,
        threadCount: Int
    ) -> (residuals: Matrix, expected: Matrix, logDistances: [Double]) {
        let residuals = AlignedBuffer(count: count * layout.residualSize)
        let expected = AlignedBuffer(count: count * layout.featureCount)
        let distances = UnsafeMutablePointer<Double>.allocate(capacity: count)
        defer { distances.deallocate() }
        distances.initialize(repeating: 0, count: count)
        nonisolated(unsafe) let logDistances = distances
        let runs = RowTiles.runs(rowCount: count, threadCount: threadCount)
        workspaces.prepare(runCount: runs.count)
        inputs.withUnsafeElements { inputs in
            scaled.withUnsafeElements { scaled in
                guard let inputs = inputs.baseAddress, let scaled = scaled.baseAddress else {
                    return
                }
                nonisolated(unsafe) let source = (inputs: inputs, scaled: scaled)
                Parallel.forEach(count: runs.count, threadCount: threadCount) { run in
                    let first = runs[run].lowerBound
                    for plan in workspaces[run] {
                        // Runs have rows of their own, so threads write disjoint parts.
                        plan.add(
                            source.inputs + first * layout.inputSize,
                            steps: source.scaled + first * layout.featureCount,
                            count: runs[run].count,
                            residuals: residuals.baseAddress + first * layout.residualSize,
                            expected: expected.baseAddress + first * layout.featureCount,
                            logDistances: logDistances + first
                        )
                    }
                }
            }
        }
        let share = 1 / Float(workspaces.memberCount)
        for i in 0..<residuals.count { residuals.baseAddress[i] *= share }
        for i in 0..<expected.count { expected.baseAddress[i] *= share }
        return (
            Matrix(
                rowCount: count,
                columnCount: layout.residualSize,
                elements: residuals.elements
            ),
            Matrix(rowCount: count, columnCount: layout.featureCount, elements: expected.elements),
            (0..<count).map { distances[$0] / Double(workspaces.memberCount) }
        )
    }

    /// What steps are judged by: residuals of averages, or residuals and their averages.
    func judged(
        _ residuals: Matrix,
        _ layout: SeriesLayout,
        past: inout [PastResiduals]
    ) -> Matrix {
        guard layout.averagesResiduals else { return residuals }
        var result = Matrix(rowCount: count, columnCount: layout.judgedSize)
        result.withUnsafeMutableElements { target in
            residuals.withUnsafeElements { source in
                guard let target = target.baseAddress, let source = source.baseAddress else {
                    return
                }
                for (row, step) in steps.enumerated() {
                    while past.count <= step.entity { past.append(PastResiduals(layout)) }
                    past[step.entity].take(
                        source + row * layout.featureCount,
                        step.placement,
                        layout,
                        into: target + row * layout.judgedSize
                    )
                }
            }
        }
        return result
    }
}

extension SeriesScaling {
    /// Scales the features of a step, limited on both sides.
    func apply(_ features: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        let limit = SeriesScaling.limit
        center.withUnsafeBufferPointer { center in
            factor.withUnsafeBufferPointer { factor in
                for j in 0..<center.count {
                    let z = (features[j] - center[j]) * factor[j]
                    target[j] = min(max(z, -limit), limit)
                }
            }
        }
    }
}
