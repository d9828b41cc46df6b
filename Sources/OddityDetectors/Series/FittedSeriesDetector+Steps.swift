internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing
internal import OdditySeries

/// What a detector remembers of its series between two chunks.
struct SeriesPast: Codable, Sendable {
    var steps: [PastSteps] = []
    var residuals: [PastResiduals] = []
}

/// Steps with what the networks make of them.
struct JudgedSteps: Sendable {
    /// How odd each step is; nil where too little was seen of its series.
    let scores: [RowScore?]
    /// Rows × what the steps are judged by.
    let residuals: Matrix
    /// For each step the cells that training could not have produced.
    let evidence: [Int: [PreparedRows.Evidence]]
    /// Rows × features: what was expected, as prepared features.
    let expected: Matrix
}

extension FittedSeriesDetector {
    /// What a cell whose value training could not have produced adds to its column's squared residuals,
    /// among the reasons: that of five standard deviations.
    private static let evidenceWeight = 25.0

    /// The one way to scores: all others lead here.
    ///
    /// - Parameters:
    ///   - steps: what they are, in the order in which they came.
    ///   - prepared: their features.
    ///   - past: what is remembered of their series, which is moved on.
    ///   - workspaces: of its members.
    ///   - includesWarmUp: whether the first steps of a series get a score too.
    func judged(
        _ steps: [TrackedChunk.Step],
        _ prepared: PreparedRows,
        past: inout SeriesPast,
        workspaces: SeriesWorkspaces,
        includesWarmUp: Bool = false,
        threadCount: Int
    ) -> JudgedSteps {
        let layout = layout
        let seen = SeriesSteps(steps, prepared, layout, scaling, past: &past.steps)
        let rebuilt = seen.rebuilt(by: workspaces, layout, threadCount: threadCount)
        let residuals = seen.judged(rebuilt.residuals, layout, past: &past.residuals)
        let measure = SeriesMeasure(
            factor: calibration.factor,
            whitening: calibration.whitening
        )
        let measures = measure.measures(of: residuals, threadCount: threadCount)
        let width = layout.featureCount
        let scores = measures.indices.map { step -> RowScore? in
            guard seen.isWarm[step] || includesWarmUp else { return nil }
            let logarithm = calibration.logarithm(
                ofMeasure: measures[step],
                logDistance: rebuilt.logDistances[step],
                evidence: Double(seen.evidenceLevels[step])
            )
            let squares = residuals.row(step).prefix(width).reduce(0) { $0 + Double($1 * $1) }
            return rowScore(logarithm: logarithm, error: squares / Double(width))
        }
        return JudgedSteps(
            scores: scores,
            residuals: residuals,
            evidence: seen.evidence,
            expected: unscaled(rebuilt.expected)
        )
    }

    /// What each column adds to the squared residuals of a step, at once and on average.
    func parts(ofStep step: Int, in judged: JudgedSteps) -> [Double] {
        let width = layout.featureCount
        var squares = [Double](repeating: 0, count: width)
        for (i, value) in judged.residuals.row(step).enumerated() {
            let scaled = Double(value * calibration.factor[i])
            squares[i % width] += scaled * scaled
        }
        var parts = preparer.columns.indices.map { column in
            preparer.features(ofColumn: column).reduce(0) { $0 + squares[$1] }
        }
        for cell in judged.evidence[step] ?? [] {
            parts[cell.column] += FittedSeriesDetector.evidenceWeight
        }
        return parts
    }

    /// Scaled features as prepared ones.
    private func unscaled(_ scaled: Matrix) -> Matrix {
        var features = scaled
        let width = scaled.columnCount
        features.withUnsafeMutableElements { elements in
            for i in elements.indices {
                let j = i % width
                elements[i] = elements[i] / scaling.factor[j] + scaling.center[j]
            }
        }
        return features
    }
}
