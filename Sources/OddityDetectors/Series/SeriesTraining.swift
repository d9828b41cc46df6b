internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

/// The steps of a fit, and what networks are trained on.
///
/// Windows are never stored: networks of windows are trained on the scaled steps where they are, and
/// everything else walks over the steps chunk by chunk.
struct SeriesTraining: Sendable {
    private static let chunkSize = 4_096

    let layout: SeriesLayout
    let scaling: SeriesScaling
    let steps: [TrackedChunk.Step]
    let prepared: PreparedRows
    /// Consecutive steps, one block for each fold.
    let blocks: [Range<Int>]
    /// Steps × features.
    let scaled: Matrix
    /// Steps × what a network of averages sees; empty for windows.
    private let inputs: Matrix
    /// Whether enough was seen of a step's series.
    let isWarm: [Bool]
    /// The steps of its segment before each step.
    private let places: [Int]

    init(
        _ steps: [TrackedChunk.Step],
        _ prepared: PreparedRows,
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling,
        blocks: [Range<Int>]
    ) {
        (self.steps, self.prepared, self.blocks) = (steps, prepared, blocks)
        (self.layout, self.scaling) = (layout, scaling)
        var (scaled, inputs): ([Float], [Float]) = ([], [])
        var isWarm: [Bool] = []
        SeriesTraining.walk(steps, prepared, layout, scaling) { chunk, _ in
            scaled += chunk.scaled.elements
            if !layout.usesWindows { inputs += chunk.inputs.elements }
            isWarm += chunk.isWarm
        }
        self.scaled = Matrix(
            rowCount: steps.count,
            columnCount: layout.featureCount,
            elements: scaled
        )
        self.inputs = Matrix(
            rowCount: layout.usesWindows ? 0 : steps.count,
            columnCount: layout.inputSize,
            elements: inputs
        )
        self.isWarm = isWarm
        var place = 0
        places = steps.map { step in
            place = step.placement == .starts ? 0 : place + 1
            return place
        }
    }

    /// Calls `body` with each chunk of the steps and the position of its first.
    private static func walk(
        _ steps: [TrackedChunk.Step],
        _ prepared: PreparedRows,
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling,
        _ body: (SeriesSteps, Int) -> Void
    ) {
        var past: [PastSteps] = []
        for start in stride(from: 0, to: steps.count, by: chunkSize) {
            let range = start..<min(steps.count, start + chunkSize)
            let chunk = SeriesSteps(
                Array(steps[range]),
                PreparedRows(features: prepared.features.rows(range)),
                layout,
                scaling,
                past: &past
            )
            body(chunk, start)
        }
    }

    /// The steps to train a fold's network on: those so far from its block that neither looks into the
    /// other, and of them every n-th.
    func rows(outsideBlock fold: Int, stride: Int) -> [Int] {
        let length = layout.warmUpCount
        let near = blocks[fold].lowerBound - length..<blocks[fold].upperBound + length
        // A window begins with its segment at the earliest.
        return isWarm.indices.filter {
            isWarm[$0] && !near.contains($0) && places[$0] >= offset && $0 % stride == 0
        }
    }

    /// The steps of a block that a network is judged by.
    func heldOut(_ fold: Int) -> [Int] { blocks[fold].filter { isWarm[$0] } }

    /// The steps from the first that a network sees to the one that it is judged by.
    private var offset: Int {
        layout.usesWindows ? layout.windowLength - (layout.forecasts ? 0 : 1) : 0
    }

    /// The codes of some of the steps that a network was trained on.
    func codes(of network: Network, rows: [Int], seed: UInt64) -> Matrix {
        var stream = RandomStream(seed: seed, use: .sampling)
        var sample = rows
        if sample.count > NearestCode.referenceLimit {
            stream.shuffle(&sample)
            sample = sample.prefix(NearestCode.referenceLimit).sorted()
        }
        let source = layout.usesWindows ? scaled : inputs
        let plan = InferencePlan(network)
        let size = network.description.outputSize(ofLayer: layout.codeLayer)
        var codes: [Float] = []
        source.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            let starts = sample.map { $0 - offset }
            for first in stride(from: 0, to: starts.count, by: plan.tileRowCount) {
                let tile = starts[first..<min(starts.count, first + plan.tileRowCount)]
                plan.forward(base, at: tile, stride: source.columnCount)
                let output = plan.output(ofLayer: layout.codeLayer)
                codes += UnsafeBufferPointer(start: output, count: tile.count * size)
            }
        }
        return Matrix(rowCount: sample.count, columnCount: size, elements: codes)
    }

    /// Trains a network on some steps.
    func trained(
        _ network: Network,
        options: TrainingOptions,
        rows: [Int],
        heldOut: [Int],
        threadCount: Int,
        onEpoch: @escaping (EpochRecord) throws -> Void
    ) throws -> TrainingResult {
        let targets: Matrix? =
            layout.forecasts
            ? scaled.rows(at: (0..<steps.count).map { min($0 + offset, steps.count - 1) }) : nil
        let watched = heldOut.filter { places[$0] >= offset }
        let objection = Objection()
        let result = try Trainer(options: options).train(
            network,
            inputs: layout.usesWindows ? scaled : inputs,
            targets: targets,
            windowLength: layout.windowLength,
            rows: rows.map { $0 - offset },
            validationRows: watched.isEmpty ? nil : watched.map { $0 - offset },
            threadCount: threadCount
        ) { progress in
            objection.decision { try onEpoch(progress.record) }
        }
        try objection.check()
        return result
    }

    /// The least and the largest of the numbers of some steps that a network sees.
    func range(ofRows rows: [Int]) -> (low: [Float], high: [Float]) {
        let source = layout.usesWindows ? scaled : inputs
        var low = [Float](repeating: .infinity, count: source.columnCount)
        var high = [Float](repeating: -.infinity, count: source.columnCount)
        for row in rows {
            for (i, value) in source.row(row).enumerated() {
                low[i] = min(low[i], value)
                high[i] = max(high[i], value)
            }
        }
        return (low, high)
    }

    /// What each member makes of the block that it has not seen.
    func heldOutBlocks(_ members: [SeriesMember], threadCount: Int) -> [HeldOutBlock] {
        Parallel.map(count: members.count, threadCount: threadCount) { fold in
            var past: [PastResiduals] = []
            let workspaces = SeriesWorkspaces([members[fold]], layout)
            var (residuals, distances): ([Float], [Double]) = ([], [])
            SeriesTraining.walk(steps, prepared, layout, scaling) { chunk, first in
                let rebuilt = chunk.rebuilt(by: workspaces, layout, threadCount: 1)
                let judged = chunk.judged(rebuilt.residuals, layout, past: &past)
                for row in 0..<chunk.count
                where isWarm[first + row] && blocks[fold].contains(first + row) {
                    residuals += judged.row(row)
                    distances.append(rebuilt.logDistances[row])
                }
            }
            return HeldOutBlock(
                residuals: Matrix(
                    rowCount: distances.count,
                    columnCount: layout.judgedSize,
                    elements: residuals
                ),
                logDistances: members[fold].codes == nil ? [] : distances
            )
        }
    }
}
