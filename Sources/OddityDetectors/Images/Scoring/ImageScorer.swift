internal import OddityEvaluation
public import OddityLinearAlgebra
internal import OddityPlatform

/// Scores images with all members of a detector, with workspaces that are kept between calls: it serves one thread.
public final class ImageScorer {
    /// What scores the images.
    public let detector: FittedImageDetector
    private let measurer: ImageMeasurer
    private let workspace: AlignedBuffer
    private let reconstructions: AlignedBuffer?

    /// - Parameter explains: whether heat maps and reconstructions are wanted.
    init(_ detector: FittedImageDetector, explains: Bool) {
        self.detector = detector
        measurer = ImageMeasurer(detector.basis, members: detector.members)
        let geometry = detector.basis.geometry
        workspace = AlignedBuffer(
            count: max(
                geometry.structure.patchCount,
                geometry.raw.patchCount,
                geometry.pooledShape.pixelCount
            )
        )
        reconstructions =
            explains ? AlignedBuffer(count: measurer.chunkSize * geometry.pooledCount) : nil
    }

    /// The most images of a call.
    var chunkSize: Int { measurer.chunkSize }

    /// Scores images that lie one after the other.
    func score(_ images: UnsafePointer<Float>, count: Int, into results: inout [RowScore]) {
        measurer.measure(images, count: count, reconstructions: reconstructions?.baseAddress)
        let memberCount = Double(measurer.parts.count)
        let calibration = detector.calibration
        for index in 0..<count {
            var surprise = 0.0
            var error = 0.0
            for part in measurer.parts {
                let structure = part.structureMaps.baseAddress + index * structureSize
                let raw = part.rawMaps.baseAddress + index * rawSize
                calibration.structureMap?.standardize(structure)
                calibration.rawMap?.standardize(raw)
                let measures = ImageMeasurements(
                    global: part.globalResiduals[index],
                    structure: calibration.structureMap?.score(
                        structure,
                        workspace: workspace.elements
                    ) ?? 0,
                    raw: calibration.rawMap?.score(raw, workspace: workspace.elements) ?? 0,
                    pixels: pixelMeasure(part, index),
                    code: part.codeDistances.isEmpty ? 0 : part.codeDistances[index]
                )
                surprise += calibration.measures.surprise(of: measures)
                error += part.pixelErrors[index]
            }
            surprise /= memberCount
            surprise += calibration.light.surprise(
                of: images + index * detector.shape.elementCount,
                shape: detector.shape
            )
            let logarithm = calibration.surprise.logarithm(at: surprise)
            results.append(
                detector.rowScore(logarithm: logarithm, error: error / memberCount)
            )
        }
    }

    /// Scores images that lie one after the other, and shows where they are odd.
    func explain(
        _ images: UnsafePointer<Float>,
        count: Int,
        into results: inout [ExplainedImage]
    ) {
        var scores: [RowScore] = []
        score(images, count: count, into: &scores)
        for (index, score) in scores.enumerated() {
            results.append(
                ExplainedImage(
                    verdict: detector.verdict(score),
                    heatMap: heatMap(ofImage: index),
                    reconstruction: reconstruction(ofImage: index),
                    width: detector.shape.width
                )
            )
        }
    }

    private var structureSize: Int { detector.basis.geometry.structure.patchCount }
    private var rawSize: Int { detector.basis.geometry.raw.patchCount }

    private func pixelMeasure(_ part: ImageMeasurer.Part, _ index: Int) -> Double {
        guard let calibration = detector.calibration.pixelMap, let maps = part.pixelMaps else {
            return part.pixelResiduals[index]
        }
        return calibration.score(
            maps.baseAddress + index * calibration.inverseMean.count,
            workspace: workspace.elements
        )
    }

    /// From the standardized maps that scoring leaves behind.
    private func heatMap(ofImage index: Int) -> [Float] {
        let geometry = detector.basis.geometry
        guard detector.configuration.measures == .all else { return pixelHeatMap(index) }
        let structure = Enlargement(
            geometry.structure,
            cell: geometry.structureCell,
            shape: geometry.shape
        )
        let raw = Enlargement(geometry.raw, cell: 1, shape: geometry.shape)
        let rawWeight = detector.calibration.measures.rawWeight
        let weight = 1 / (Double(measurer.parts.count) * (1 + rawWeight))
        var result = [Float](repeating: 0, count: geometry.shape.pixelCount)
        result.withUnsafeMutableBufferPointer { result in
            guard let result = result.baseAddress else { return }
            for part in measurer.parts {
                structure.add(
                    part.structureMaps.baseAddress + index * structureSize,
                    weight: Float(weight),
                    to: result
                )
                raw.add(
                    part.rawMaps.baseAddress + index * rawSize,
                    weight: Float(rawWeight * weight),
                    to: result
                )
            }
        }
        return result
    }

    /// The mean over the members of the standardized errors of pixels.
    private func pixelHeatMap(_ index: Int) -> [Float] {
        var result = [Float](repeating: 0, count: detector.shape.pixelCount)
        guard let calibration = detector.calibration.pixelMap else { return result }
        let weight = 1 / Float(measurer.parts.count)
        let enlargement = pooledEnlargement
        result.withUnsafeMutableBufferPointer { result in
            guard let result = result.baseAddress else { return }
            for part in measurer.parts {
                guard let maps = part.pixelMaps else { continue }
                let size = calibration.inverseMean.count
                calibration.standardize(
                    maps.baseAddress + index * size,
                    into: workspace.baseAddress
                )
                enlargement.add(workspace.baseAddress, weight: weight, to: result)
            }
        }
        return result
    }

    private var pooledEnlargement: Enlargement {
        let geometry = detector.basis.geometry
        return Enlargement(
            gridHeight: geometry.pooledHeight,
            gridWidth: geometry.pooledWidth,
            first: Float(geometry.poolSize) / 2,
            spacing: Float(geometry.poolSize),
            shape: geometry.shape
        )
    }

    private func reconstruction(ofImage index: Int) -> [Float] {
        let geometry = detector.basis.geometry
        let shape = geometry.shape
        var result = [Float](repeating: 0, count: shape.elementCount)
        guard let reconstructions else { return result }
        let enlargement = pooledEnlargement
        result.withUnsafeMutableBufferPointer { result in
            guard let base = result.baseAddress else { return }
            enlargement.add(
                reconstructions.baseAddress + index * geometry.pooledCount,
                channels: shape.channels,
                weight: 1 / Float(measurer.parts.count),
                to: base
            )
            for i in result.indices { result[i] = min(max(result[i], 0), 1) }
        }
        return result
    }
}

extension ImageScorer: DetectorScorer {
    /// Scores images, one a row, with the very scores of ``FittedImageDetector/scores(of:threadCount:)-(Matrix,_)``.
    ///
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    public func rowScores(of images: Matrix) throws -> [RowScore?] {
        try detector.shape.check(images)
        var results: [RowScore] = []
        images.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            for start in stride(from: 0, to: images.rowCount, by: chunkSize) {
                score(
                    base + start * images.columnCount,
                    count: min(chunkSize, images.rowCount - start),
                    into: &results
                )
            }
        }
        return results
    }
}

extension FittedImageDetector {
    /// A scorer with workspaces of its own: it serves one thread.
    public func makeScorer() -> ImageScorer { ImageScorer(self, explains: false) }
}
