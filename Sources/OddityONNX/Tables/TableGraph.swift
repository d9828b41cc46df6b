internal import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// What a detector of tables computes, as a graph.
struct TableGraph {
    private let detector: FittedTableDetector
    private let arithmetic: TableArithmetic
    private let graph = GraphBuilder(name: "oddity")

    init(_ detector: FittedTableDetector) throws(ONNXError) {
        guard !detector.configuration.scoring.usesDraws else {
            throw .scoring(detector.configuration.scoring.rawValue)
        }
        guard let arithmetic = TableArithmetic(detector) else { throw .earlierModel }
        self.detector = detector
        self.arithmetic = arithmetic
    }

    /// The graph from columns to verdicts; its landmarks are where preparation ends.
    func built() throws(ONNXError) -> GraphBuilder {
        let prepared = try graph.prepared(by: detector.preparer)
        graph.mark(prepared.features, as: "features")
        graph.mark(prepared.evidenceCount, as: "evidence")
        let measured = try measured(prepared)
        let logarithm = combined(measured)
        let verdict = graph.verdict(
            logarithm: logarithm,
            error: measured.error,
            by: detector
        )
        graph.output(verdict)
        return graph
    }

    /// What members measure, a column for each, of double precision.
    private struct Measures {
        /// Logarithms of residuals; nil where they don't count.
        var residuals: GraphValue?
        /// Logarithms of distances of codes; nil where they don't count.
        var distances: GraphValue?
        /// The logarithm of the distance from training rows, one column; nil where rows are not compared.
        var neighbor: GraphValue?
        /// What evidence adds to each member's score, one column.
        var surprise: GraphValue
        /// The mean squared residual, one column; nil where no verdict depends on it.
        var error: GraphValue?
    }

    private var looksAtError: Bool {
        if case .error = detector.decision.rule { true } else { false }
    }

    private func measured(_ prepared: PreparedValues) throws(ONNXError) -> Measures {
        let features = prepared.features
        let inputs = detector.analysis.map { analysis in
            (features - graph.floats(analysis.mean))
                .times(graph.matrix(analysis.components.transposed()))
        }
        let width = Double(arithmetic.residualScale.count)
        let scale = graph.floats(arithmetic.residualScale)
        let beside = addition(to: features, scale)
        var residuals: [GraphValue] = []
        var distances: [GraphValue] = []
        var squares: [GraphValue] = []
        for member in arithmetic.members {
            let outputs = try NetworkNodes(member.network, in: graph)
                .outputs(from: inputs ?? features)
            let rebuilt = rebuilt(outputs[outputs.count - 1])
            let square = (features - rebuilt).squared
            if looksAtError { squares.append(square.rowSum) }
            let sum = (square * scale).sumInOrder(arithmetic.residualScale.count)
            let whitened = beside.map { sum + $0 } ?? sum
            residuals.append(whitened.atMost(Double(Float.greatestFiniteMagnitude)))
            if let distance = member.codeDistance {
                distances.append(
                    graph.logDistance(
                        of: outputs[arithmetic.codeLayer],
                        distance,
                        heldOut: arithmetic.distance
                    )
                )
            }
        }
        let evidence = prepared.evidenceCount * arithmetic.evidenceWeight
        let means = (graph.joined(residuals).cast(to: .double) + evidence) / width
        return Measures(
            residuals: arithmetic.residual.map { _ in means.atLeast(1e-30).logarithm },
            distances: distances.isEmpty ? nil : graph.joined(distances),
            neighbor: arithmetic.neighbors.map {
                graph.logDistance(of: features, from: $0, heldOut: arithmetic.neighbor)
            },
            surprise: (prepared.evidenceCount > 0)
                .choosing(
                    graph.doubles([arithmetic.evidenceSurprise]),
                    else: graph.doubles([0])
                ),
            error: looksAtError ? graph.joined(squares).cast(to: .double).rowMean / width : nil
        )
    }

    /// A network's output in the detector's features: of a learned variance the mean alone.
    private func rebuilt(_ output: GraphValue) -> GraphValue {
        if let analysis = detector.analysis {
            return output.times(graph.matrix(analysis.components)) + graph.floats(analysis.mean)
        }
        return detector.configuration.loss == .gaussian
            ? output.columns(Array(0..<arithmetic.residualScale.count)) : output
    }

    /// The part of the residuals that is not known better, one column; nil where there is none.
    private func addition(to features: GraphValue, _ scale: GraphValue) -> GraphValue? {
        guard !arithmetic.noiseCenter.isEmpty else { return nil }
        let deviations = features - graph.floats(arithmetic.noiseCenter)
        return ((deviations * Double(arithmetic.noiseShare)).squared * scale)
            .sumInOrder(arithmetic.residualScale.count)
    }

    /// The logarithm of the p-value of all members, one column.
    private func combined(_ measures: Measures) -> GraphValue {
        var scores = measures.surprise
        if let values = measures.residuals, let survival = arithmetic.residual {
            scores = scores - graph.logarithms(of: survival, at: values)
        }
        if let values = measures.distances, let survival = arithmetic.distance {
            scores = scores - graph.logarithms(of: survival, at: values)
        }
        if let values = measures.neighbor, let survival = arithmetic.neighbor {
            scores = scores - graph.logarithms(of: survival, at: values)
        }
        let logarithms = graph.logarithms(of: arithmetic.score, at: scores)
        let agreed =
            arithmetic.members.count == 1
            ? logarithms
            : graph.values(
                of: [
                    PiecewiseFunction(
                        through: arithmetic.agreement.combined,
                        arithmetic.agreement.corrected,
                        slope: 1
                    )
                ],
                at: graph.cauchyLogarithm(of: logarithms)
            )
        // A row that is just like held-out ones is no odder than their share.
        let equal = arithmetic.members.map {
            SurvivalCounts($0.ownScore, tolerance: Tolerance.equality, widensAll: true).equal
        }
        let equalCount = graph.values(of: equal, at: scores).rowSum
        let share = ((equalCount + 1) / Double(arithmetic.heldOutCount + 1)).atMost(1)
        return (equalCount > 0)
            .choosing(agreed.atLeast(share.logarithm), else: agreed)
    }
}

extension TableDetector.Scoring {
    /// Whether codes are drawn to score a row.
    fileprivate var usesDraws: Bool { self == .elbo || self == .reconstructionProbability }
}
