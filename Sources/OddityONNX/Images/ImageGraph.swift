internal import OddityDetectors
internal import OddityEvaluation
internal import OddityImages
internal import OddityNeuralNetworks

/// What a detector of images computes, as a graph.
struct ImageGraph {
    private let detector: FittedImageDetector
    private let arithmetic: ImageArithmetic
    private let graph = GraphBuilder(name: "oddity")

    /// - Throws: ``ONNXError`` for a detector that cannot be written, `ImageError` for a mask that does not fit.
    init(_ detector: FittedImageDetector) throws {
        guard detector.preparer?.tiling == nil else { throw ONNXError.tiles }
        self.detector = detector
        arithmetic = try ImageArithmetic(detector)
    }

    /// The graph from pixels to verdicts; its landmark is where preparation ends.
    func built() throws(ONNXError) -> GraphBuilder {
        let shape = arithmetic.shape
        let pixels = graph.input(
            "pixels",
            .float,
            sizes: [shape.channels, shape.height, shape.width]
        )
        let image = graph.normalized(pixels, arithmetic)
        graph.mark(image, as: "image")
        let pooled = graph.pooled(image, arithmetic)
        let views = arithmetic.structure.map { structure in
            StructureViews(of: image, structure, in: graph)
        }
        var surprises: [GraphValue] = []
        var errors: [GraphValue] = []
        for member in arithmetic.members {
            let rebuilt = try Rebuilt(pooled, by: member.pixels, in: graph)
            var whole = rebuilt
            var surprise = -logarithms(of: arithmetic.pixels, at: pixelMeasure(rebuilt))
            if let views, let parts = member.parts, let structure = arithmetic.structure {
                whole = try Rebuilt(views.descriptor, by: parts.global, in: graph)
                let residual = logarithms(of: structure.global, at: logResidual(whole))
                let weight = 0.5 + 3 * arithmetic.alignment
                surprise =
                    surprise * arithmetic.alignment
                    - joined(residual, try codeLogarithm(of: whole, member)) * weight
                    + (try patchSurprise(views, parts, structure))
            } else {
                surprise = -joined(-surprise, try codeLogarithm(of: whole, member))
            }
            surprises.append(surprise)
            errors.append(rebuilt.error / Double(member.pixels.factor * member.pixels.factor))
        }
        let surprise =
            graph.joined(surprises).rowMean + graph.lightSurprise(of: image, arithmetic)
        graph.output(
            graph.verdict(
                logarithm: logarithms(of: arithmetic.surprise, at: surprise),
                error: graph.joined(errors).rowMean,
                by: detector
            )
        )
        return graph
    }

    private func logarithms(of survival: SurvivalFunction, at x: GraphValue) -> GraphValue {
        graph.logarithms(of: survival, at: x)
    }

    /// The logarithm of a mean squared residual.
    private func logResidual(_ rebuilt: Rebuilt) -> GraphValue {
        rebuilt.error.atLeast(arithmetic.leastResidual).logarithm
    }

    /// What is measured of the residuals of pixels.
    private func pixelMeasure(_ rebuilt: Rebuilt) -> GraphValue {
        guard let map = arithmetic.pixelMap else { return logResidual(rebuilt) }
        return graph.measure(ofPixels: rebuilt.squares, map, shape: arithmetic.pooledShape)
            .atLeast(arithmetic.leastResidual).logarithm
    }

    /// The logarithm of the p-value of a code; nil where codes don't count.
    private func codeLogarithm(
        of whole: Rebuilt,
        _ member: ImageArithmetic.Member
    ) throws(ONNXError) -> GraphValue? {
        guard let distance = member.codeDistance, let survival = arithmetic.code,
            let layer = arithmetic.codeLayer
        else { return nil }
        return logarithms(
            of: survival,
            at: graph.logDistance(of: whole.outputs[layer], distance, heldOut: survival)
        )
    }

    /// The logarithm of the share of images that reach a residual, joined with that of the code.
    private func joined(_ residual: GraphValue, _ code: GraphValue?) -> GraphValue {
        guard let code else { return residual }
        return arithmetic.countsResidual ? (residual + code) / 2 : code
    }

    /// How odd patches are.
    private func patchSurprise(
        _ views: StructureViews,
        _ parts: ImageArithmetic.Parts,
        _ structure: ImageArithmetic.Structure
    ) throws(ONNXError) -> GraphValue {
        let rebuilt = try Rebuilt(views.structurePatches, by: parts.structure, in: graph)
        let maps = [
            (
                graph.distances(of: rebuilt.residuals, parts.structureDistance),
                structure.structureMap
            ),
            (graph.distances(of: views.rawPatches, parts.rawDistance), structure.rawMap),
        ]
        let logarithms = maps.map { distances, map in
            self.logarithms(of: map.survival, at: graph.measure(ofMap: distances, map))
        }
        return -logarithms[0] - logarithms[1] * (1 - arithmetic.alignment)
    }
}

/// What a network makes of scaled features.
struct Rebuilt {
    /// Of each layer.
    let outputs: [GraphValue]
    /// Input less output.
    let residuals: GraphValue

    init(
        _ features: GraphValue,
        by source: ImageArithmetic.Rebuilding,
        in graph: GraphBuilder
    ) throws(ONNXError) {
        let scaled = (features - graph.floats(source.mean)) * Double(source.factor)
        outputs = try NetworkNodes(source.network, in: graph).outputs(from: scaled)
        residuals = scaled - outputs[outputs.count - 1]
    }

    var squares: GraphValue { residuals.squared }
    /// The mean of the squares, one column of double precision.
    var error: GraphValue { squares.cast(to: .double).rowMean }
}
