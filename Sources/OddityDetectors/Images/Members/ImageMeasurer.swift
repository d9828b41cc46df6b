internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform

/// What members make of a chunk of images, before calibration.
///
/// Patches of all images of a chunk share tiles of 64, and a row of a tile has the same bits
/// whatever stands beside it: so an image's numbers do not depend on the chunk. It has workspaces
/// and serves one thread.
final class ImageMeasurer {
    /// A member's numbers of the last chunk.
    final class Part {
        /// What measures edges and patches; nil where only pixels count.
        fileprivate struct Plans {
            let global: ScaledNetworkPlan
            let structure: ScaledNetworkPlan
            let parts: ImageMemberParts
        }

        fileprivate let pixels: ScaledNetworkPlan
        fileprivate let plans: Plans?
        /// For each image the logarithm of the residual of its descriptor.
        fileprivate(set) var globalResiduals: [Double]
        /// For each image the logarithm of the residual of its pooled pixels.
        fileprivate(set) var pixelResiduals: [Double]
        /// For each image the logarithm of the distance of its code; empty where codes don't count.
        fileprivate(set) var codeDistances: [Double]
        /// For each image the mean squared residual of its pooled pixels.
        fileprivate(set) var pixelErrors: [Double]
        /// For each image the squared distance of each structure patch.
        let structureMaps: AlignedBuffer
        /// For each image the squared distance of each raw patch.
        let rawMaps: AlignedBuffer
        /// For each image the squared residual of each pixel of the pooled image; nil when not wanted.
        let pixelMaps: AlignedBuffer?

        private let code: CodeMeasure?
        private let codeWorkspace: AlignedBuffer

        fileprivate init(_ member: ImageMember, _ basis: ImageBasis) {
            code = member.code
            codeWorkspace = AlignedBuffer(
                count: member.code?.workspaceSize(tileSize: RowTiles.rowCount) ?? 0
            )
            codeDistances = [Double](repeating: 0, count: code == nil ? 0 : RowTiles.rowCount)
            pixels = ScaledNetworkPlan(
                member.pixels,
                codeLayer: member.parts == nil ? basis.codeLayer : nil
            )
            plans = member.parts.map { parts in
                Plans(
                    global: ScaledNetworkPlan(parts.global, codeLayer: basis.codeLayer),
                    structure: ScaledNetworkPlan(parts.structure),
                    parts: parts
                )
            }
            globalResiduals = [Double](repeating: 0, count: basis.chunkSize)
            pixelResiduals = globalResiduals
            pixelErrors = globalResiduals
            let mapCount = plans == nil ? 0 : basis.chunkSize
            structureMaps = AlignedBuffer(count: mapCount * basis.geometry.structure.patchCount)
            rawMaps = AlignedBuffer(count: mapCount * basis.geometry.raw.patchCount)
            pixelMaps =
                basis.keepsPixelMaps
                ? AlignedBuffer(count: basis.chunkSize * basis.geometry.pooledShape.pixelCount)
                : nil
        }

        /// Measures the codes of the images that were rebuilt last.
        fileprivate func measureCodes(count: Int) {
            guard let code, let codes = plans?.global.codes ?? pixels.codes else { return }
            code.distances(
                ofTile: codes.baseAddress,
                rowCount: count,
                excluding: [],
                workspace: codeWorkspace.baseAddress,
                into: &codeDistances
            )
            for index in 0..<count {
                codeDistances[index] = log(max(codeDistances[index], 1e-12))
            }
        }
    }

    let chunkSize: Int
    let parts: [Part]
    private let basis: ImageBasis
    private var measuresParts: Bool { parts.contains { $0.plans != nil } }
    private let features: ImageFeatures
    private let descriptors: AlignedBuffer
    private let pooled: AlignedBuffer
    private let cells: AlignedBuffer
    private let logarithms: AlignedBuffer
    private let patches: AlignedBuffer
    private let errors: AlignedBuffer
    private let workspace: AlignedBuffer

    init(_ basis: ImageBasis, members: [ImageMember]) {
        self.basis = basis
        let geometry = basis.geometry
        chunkSize = basis.chunkSize
        parts = members.map { Part($0, basis) }
        features = ImageFeatures(geometry)
        descriptors = AlignedBuffer(count: chunkSize * geometry.descriptorSize)
        pooled = AlignedBuffer(count: chunkSize * geometry.pooledCount)
        cells = AlignedBuffer(count: chunkSize * geometry.structure.imageSize)
        logarithms = AlignedBuffer(count: chunkSize * geometry.raw.imageSize)
        let size =
            RowTiles.rowCount * max(geometry.structure.patchSize, geometry.raw.patchSize)
        patches = AlignedBuffer(count: size)
        errors = AlignedBuffer(count: size)
        workspace = AlignedBuffer(count: size)
    }

    /// Measures images with all members.
    ///
    /// - Parameters:
    ///   - images: `count` images, one after the other.
    ///   - count: at most ``chunkSize``.
    ///   - reconstructions: where for each image the sum of the members' reconstructions of the
    ///     pooled image goes; nil when not wanted.
    func measure(
        _ images: UnsafePointer<Float>,
        count: Int,
        reconstructions: UnsafeMutablePointer<Float>? = nil
    ) {
        let geometry = basis.geometry
        for index in 0..<count {
            let image = images + index * geometry.shape.elementCount
            features.pool(image, into: pooled.baseAddress + index * geometry.pooledCount)
            guard measuresParts else { continue }
            features.measureEdges(
                image,
                cells: cells.baseAddress + index * geometry.structure.imageSize,
                descriptor: descriptors.baseAddress + index * geometry.descriptorSize
            )
            features.measureLogarithms(
                image,
                into: logarithms.baseAddress + index * geometry.raw.imageSize
            )
        }
        reconstructions?.update(repeating: 0, count: count * geometry.pooledCount)
        for part in parts {
            part.plans?.global.rebuild(descriptors.baseAddress, count: count)
            part.pixels.rebuild(pooled.baseAddress, count: count)
            part.measureCodes(count: count)
            for index in 0..<count {
                if let plans = part.plans {
                    part.globalResiduals[index] = plans.global.logResidual(ofRow: index)
                }
                part.pixelResiduals[index] = part.pixels.logResidual(ofRow: index)
                part.pixelErrors[index] = part.pixels.error(ofRow: index)
                if let maps = part.pixelMaps {
                    part.pixels.writeSquaredErrors(
                        ofRow: index,
                        channels: geometry.shape.channels,
                        into: maps.baseAddress + index * geometry.pooledShape.pixelCount
                    )
                }
                if let reconstructions {
                    part.pixels.addReconstruction(
                        ofRow: index,
                        to: reconstructions + index * geometry.pooledCount
                    )
                }
            }
        }
        guard measuresParts else { return }
        forEachTile(of: basis.structure, in: cells, imageCount: count) { part, plans, tile in
            plans.structure.rebuild(patches.baseAddress, count: tile.count)
            plans.structure.writeErrors(count: tile.count, into: errors.baseAddress)
            plans.parts.structureWhitening.distances(
                of: errors.baseAddress,
                workspace: workspace.baseAddress,
                count: tile.count,
                into: part.structureMaps.baseAddress + tile.lowerBound
            )
        }
        forEachTile(of: basis.raw, in: logarithms, imageCount: count) { part, plans, tile in
            errors.update(from: patches)
            plans.parts.raw.distances(
                of: errors.baseAddress,
                workspace: workspace.baseAddress,
                count: tile.count,
                into: part.rawMaps.baseAddress + tile.lowerBound
            )
        }
    }

    /// Calls `body` with each member and each 64 patches or fewer, which lie in ``patches``.
    private func forEachTile(
        of reader: PatchReader,
        in grids: AlignedBuffer,
        imageCount: Int,
        _ body: (Part, Part.Plans, _ patches: Range<Int>) -> Void
    ) {
        let patchCount = imageCount * reader.grid.patchCount
        for start in stride(from: 0, to: patchCount, by: RowTiles.rowCount) {
            let tile = start..<min(start + RowTiles.rowCount, patchCount)
            reader.read(tile, of: grids.baseAddress, into: patches.baseAddress)
            for part in parts {
                if let plans = part.plans { body(part, plans, tile) }
            }
        }
    }
}
