internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform
internal import OddityPreprocessing

/// What one network makes of a tile of rows, before calibration.
final class MemberMeasures {
    private let network: Network
    private let plan: InferencePlan
    private let codeLayer: Int
    let residualScale: [Float]
    private let noise: ResidualNoise
    private let codeMeasure: CodeMeasure?
    private let likelihood: DrawnLikelihood?
    private let countsResidual: Bool
    private let evidenceSurprise: Double
    private let analysis: PrincipalComponents?
    /// The last tile's reconstruction behind an analysis; empty without one.
    private let rebuilt: AlignedBuffer
    private let workspace: AlignedBuffer

    /// For each row of the last tile the sum over features of squared residual / held-out mean.
    private(set) var whitened: [Double]
    /// For each row of the last tile the sum over features of squared residuals.
    private(set) var squared: [Double]
    /// For each row of the last tile the logarithm of the distance of its code; empty when not scored.
    private(set) var logDistances: [Double]

    init(
        network: Network,
        codeLayer: Int,
        residualScale: [Float],
        noise: ResidualNoise = .none,
        codeMeasure: CodeMeasure?,
        evidenceSurprise: Double,
        analysis: PrincipalComponents?,
        configuration: TableDetector
    ) {
        likelihood = DrawnLikelihood(configuration, residualScale: residualScale)
        countsResidual = configuration.scoring != .code
        self.analysis = analysis
        self.evidenceSurprise = evidenceSurprise
        self.network = network
        self.codeLayer = codeLayer
        self.residualScale = residualScale
        self.noise = noise
        self.codeMeasure = codeMeasure
        plan = InferencePlan(network)
        let size = InferencePlan.tileRowCount
        workspace = AlignedBuffer(count: codeMeasure?.workspaceSize(tileSize: size) ?? 0)
        rebuilt = AlignedBuffer(count: analysis == nil ? 0 : size * residualScale.count)
        whitened = [Double](repeating: 0, count: size)
        squared = whitened
        logDistances = codeMeasure == nil ? [] : whitened
    }

    /// The reconstruction of a row of the last tile.
    func reconstruction(ofRow row: Int) -> UnsafePointer<Float> {
        analysis == nil
            ? plan.output + row * plan.outputSize
            : UnsafePointer(rebuilt.baseAddress + row * residualScale.count)
    }

    /// What was measured of a row of the last tile.
    ///
    /// - Parameter evidenceCount: the number of the row's cells that are evidence by themselves.
    subscript(row: Int, evidenceCount: Int) -> RowMeasures {
        RowMeasures(
            residual: countsResidual ? residual(ofRow: row, evidenceCount) : nil,
            logDistance: logDistances.isEmpty ? nil : logDistances[row],
            surprise: evidenceCount > 0 ? evidenceSurprise : 0,
            error: squared[row] / Double(residualScale.count)
        )
    }

    private func residual(ofRow row: Int, _ evidenceCount: Int) -> Double {
        let evidence = Double(evidenceCount) * FittedTableDetector.evidenceWeight
        // Half a squared deviation is what it costs in nats.
        if let likelihood { return likelihood.nats[row].orLargest + evidence / 2 }
        let mean = (whitened[row] + evidence) / Double(residualScale.count)
        return log(max(mean, 1e-30))
    }

    /// Measures all rows of a matrix.
    ///
    /// - Parameters:
    ///   - evidenceCounts: for each row the number of cells that are evidence by themselves.
    ///   - references: for each row the position of its own code among the references, which does not
    ///     count, or nil; empty for rows that the network was not trained on.
    func measureAll(
        _ rows: NetworkRows,
        evidenceCounts: [Int],
        references: [Int?] = []
    ) -> [RowMeasures] {
        let rowCount = rows.features.rowCount
        var result: [RowMeasures] = []
        result.reserveCapacity(rowCount)
        for start in stride(from: 0, to: rowCount, by: InferencePlan.tileRowCount) {
            let end = min(start + InferencePlan.tileRowCount, rowCount)
            measure(
                rows,
                start..<end,
                excluding: references.isEmpty ? [] : Array(references[start..<end])
            )
            for row in start..<end { result.append(self[row - start, evidenceCounts[row]]) }
        }
        return result
    }

    /// Measures the rows of a tile.
    ///
    /// - Parameters:
    ///   - rows: all rows.
    ///   - range: those to measure, at most a tile.
    ///   - excluded: for each row a reference code not to count, or nil.
    func measure(_ rows: NetworkRows, _ range: Range<Int>, excluding excluded: [Int?] = []) {
        measureLikelihood(rows, range)
        rows.inputs.withUnsafeElements { inputs in
            guard let base = inputs.baseAddress else { return }
            plan.forward(base + range.lowerBound * rows.inputs.columnCount, count: range.count)
        }
        analysis?.rebuild(plan.output, rowCount: range.count, into: rebuilt.baseAddress)
        rows.features.withUnsafeElements { features in
            guard let base = features.baseAddress else { return }
            measureResiduals(
                base + range.lowerBound * rows.features.columnCount,
                rowCount: range.count
            )
        }
        likelihood?.addDivergence(
            plan.output(ofLayer: codeLayer - 1),
            latentSize: network.description.outputSize(ofLayer: codeLayer),
            rowCount: range.count
        )
        guard let codeMeasure else { return }
        codeMeasure.distances(
            ofTile: plan.output(ofLayer: codeLayer),
            rowCount: range.count,
            excluding: excluded,
            workspace: workspace.baseAddress,
            into: &logDistances
        )
        logDistances.withUnsafeMutableBufferPointer { distances in
            for row in 0..<range.count {
                distances[row] = log(max(distances[row].orLargest, 1e-12))
            }
        }
    }

    /// Goes before the pass with the means, which leaves its reconstruction behind.
    private func measureLikelihood(_ rows: NetworkRows, _ range: Range<Int>) {
        guard let likelihood else { return }
        likelihood.begin()
        rows.inputs.withUnsafeElements { inputs in
            rows.features.withUnsafeElements { features in
                guard let input = inputs.baseAddress, let feature = features.baseAddress else {
                    return
                }
                for draw in likelihood.draws {
                    plan.forward(
                        input + range.lowerBound * rows.inputs.columnCount,
                        count: range.count,
                        draw: draw
                    )
                    analysis?.rebuild(plan.output, rowCount: range.count, into: rebuilt.baseAddress)
                    likelihood.add(
                        feature + range.lowerBound * rows.features.columnCount,
                        rowCount: range.count,
                        reconstruction: reconstruction(ofRow:)
                    )
                }
            }
        }
    }

    private func measureResiduals(_ rows: UnsafePointer<Float>, rowCount: Int) {
        let width = residualScale.count
        // Its own while it writes, lest each write be checked for others.
        var (whitened, squared) = (whitened, squared)
        (self.whitened, self.squared) = ([], [])
        defer { (self.whitened, self.squared) = (whitened, squared) }
        residualScale.withUnsafeBufferPointer { scale in
            for row in 0..<rowCount {
                let x = rows + row * width
                let y = reconstruction(ofRow: row)
                var whitenedSum: Float = 0
                var squaredSum: Float = 0
                for j in 0..<width {
                    let difference = x[j] - y[j]
                    let square = difference * difference
                    squaredSum += square
                    whitenedSum += square * scale[j]
                }
                whitened[row] = Double((whitenedSum + noise.whitened(x, scale: scale)).orLargest)
                squared[row] = Double(squaredSum.orLargest)
            }
        }
    }
}

extension BinaryFloatingPoint {
    /// The number, or the largest of single precision in place of one that is beyond it or none at all: a row
    /// whose measures leave the range of numbers is as odd as can be, never normal.
    var orLargest: Self { isFinite ? self : Self(Float.greatestFiniteMagnitude) }
}
