internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing
internal import OdditySeries

/// One way in which a detector looks at steps: at what their columns hold, or at how far that is from their recent levels.
///
/// Each has networks and a calibration of its own, and its own p-value.
struct SeriesView: Sendable {
    /// The columns that hold their distance from their recent level here; see ``RecentLevels``.
    let removed: [String]
    /// The span of the slowest average, in steps: half of what the detector looks back where all numbers are distances, as
    /// what they are distances from has a memory of its own.
    let windowLength: Int
    /// How rows become features.
    let preparer: TablePreparer
    let scaling: SeriesScaling
    /// One network for each block that was held out.
    let members: [SeriesMember]
    let calibration: SeriesCalibration

    /// What the steps of series are, as this view sees them.
    func prepared(_ steps: LeveledSteps) throws -> PreparedRows {
        try preparer.applied(to: steps.removing(removed))
    }
}

/// What a detector remembers of its series between two chunks, for one view.
struct SeriesPast: Codable, Sendable {
    var steps: [PastSteps] = []
    var residuals: [PastResiduals] = []

    /// Whether it is one of a layout, and of so many series at most.
    func fits(_ layout: SeriesLayout, entityCount: Int) -> Bool {
        steps.count <= entityCount && residuals.count <= entityCount
            && steps.allSatisfy { $0.fits(layout) } && residuals.allSatisfy { $0.fits(layout) }
    }
}

/// Steps with what the networks of one view make of them.
struct ViewedSteps: Sendable {
    /// Whether enough was seen of a step's series.
    let isWarm: [Bool]
    /// Rows × what the steps are judged by.
    let residuals: Matrix
    /// The mean squared whitened residual of each step.
    let measures: [Double]
    /// The mean logarithm of the distances of each step's codes.
    let logDistances: [Double]
    /// For each step the cells that training could not have produced.
    let evidence: [Int: [PreparedRows.Evidence]]
    /// How much of such cells is remembered at each step, from 0 to 1.
    let evidenceLevels: [Float]
    /// Rows × features: what was expected, as prepared features.
    let expected: Matrix
}

extension SeriesView {
    /// What the networks make of steps.
    ///
    /// - Parameters:
    ///   - steps: what they are, in the order in which they came.
    ///   - prepared: their features.
    ///   - past: what is remembered of their series, which is moved on.
    ///   - workspaces: of its members.
    func viewed(
        _ steps: [TrackedChunk.Step],
        _ prepared: PreparedRows,
        _ layout: SeriesLayout,
        past: inout SeriesPast,
        workspaces: SeriesWorkspaces,
        threadCount: Int
    ) -> ViewedSteps {
        let seen = SeriesSteps(steps, prepared, layout, scaling, past: &past.steps)
        let rebuilt = seen.rebuilt(by: workspaces, layout, threadCount: threadCount)
        let residuals = seen.judged(rebuilt.residuals, layout, past: &past.residuals)
        let measure = SeriesMeasure(
            factor: calibration.factor,
            whitening: calibration.whitening
        )
        return ViewedSteps(
            isWarm: seen.isWarm,
            residuals: residuals,
            measures: measure.measures(of: residuals, threadCount: threadCount),
            logDistances: rebuilt.logDistances,
            evidence: seen.evidence,
            evidenceLevels: seen.evidenceLevels,
            expected: unscaled(rebuilt.expected)
        )
    }

    /// What each column adds to the squared residuals of a step, at once and on average: its share of them.
    func shares(ofStep step: Int, in viewed: ViewedSteps) -> [Double] {
        let parts = parts(ofStep: step, in: viewed)
        let total = max(parts.reduce(0, +), .leastNormalMagnitude)
        return parts.map { $0 / total }
    }

    /// What a cell whose value training could not have produced adds to its column's squared residuals,
    /// among the reasons: that of five standard deviations.
    private static let evidenceWeight = 25.0

    private func parts(ofStep step: Int, in viewed: ViewedSteps) -> [Double] {
        let squares = squares(ofStep: step, in: viewed)
        var parts = preparer.columns.indices.map { column in
            preparer.features(ofColumn: column).reduce(0) { $0 + squares[$1] }
        }
        for cell in viewed.evidence[step] ?? [] { parts[cell.column] += SeriesView.evidenceWeight }
        return parts
    }

    /// For each feature the sum of its squared residuals, at once and on average, in units of held-out ones.
    private func squares(ofStep step: Int, in viewed: ViewedSteps) -> [Double] {
        let width = preparer.featureCount
        let size = viewed.residuals.columnCount
        var squares = [Double](repeating: 0, count: width)
        squares.withUnsafeMutableBufferPointer { squares in
            viewed.residuals.withUnsafeElements { residuals in
                calibration.factor.withUnsafeBufferPointer { factor in
                    for start in stride(from: 0, to: size, by: width) {
                        for feature in 0..<width {
                            let i = start + feature
                            let scaled = Double(residuals[step * size + i] * factor[i])
                            squares[feature] += scaled * scaled
                        }
                    }
                }
            }
        }
        return squares
    }

    /// Scaled features as prepared ones.
    private func unscaled(_ scaled: Matrix) -> Matrix {
        var features = scaled
        let width = scaled.columnCount
        features.withUnsafeMutableElements { elements in
            scaling.factor.withUnsafeBufferPointer { factor in
                scaling.center.withUnsafeBufferPointer { center in
                    for start in stride(from: 0, to: elements.count, by: width) {
                        for j in 0..<width {
                            elements[start + j] = elements[start + j] / factor[j] + center[j]
                        }
                    }
                }
            }
        }
        return features
    }
}
