internal import OddityLinearAlgebra
internal import OddityNeuralNetworks

/// A member's images and what it needs to learn from them.
struct ImageMemberTraining: Sendable {
    /// Patches whose residuals tell how they are distributed, at most.
    private static let whiteningPatchCount = 20_000

    let configuration: ImageDetector
    let images: TrainingImages
    /// Nil where only pixels count.
    let descriptors: ScaledRows?
    let pooled: ScaledRows

    init(_ configuration: ImageDetector, _ images: TrainingImages) throws {
        self.configuration = configuration
        self.images = images
        descriptors = configuration.measures == .all ? try ScaledRows(images.descriptors) : nil
        pooled =
            configuration.keepsPixelRange
            ? ScaledRows(unscaled: images.pooled) : try ScaledRows(images.pooled)
    }

    /// Trains a member.
    ///
    /// - Parameters:
    ///   - index: the member, from 0.
    ///   - rows: the images to learn from.
    ///   - heldOut: the images of its fold, which decide which epoch is kept.
    func member(
        _ index: Int,
        rows: [Int],
        heldOut: [Int],
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> ImageMember {
        var seeds = RandomStream(seed: configuration.seed, use: .seeding, index: index)
        func training(
            _ sizes: [Int],
            rate: Double,
            batchSize: Int,
            steps: Int
        ) -> ScaledNetwork.Training {
            ScaledNetwork.Training(
                sizes: sizes,
                learningRate: rate,
                batchSize: batchSize,
                steps: steps,
                seed: seeds.next()
            )
        }
        let steps = configuration.steps
        let global = training(configuration.globalSizes, rate: 1e-3, batchSize: 64, steps: steps)
        let pixels = pixelTraining(seed: seeds.next())
        let patches = training(
            configuration.patchSizes,
            rate: 2e-3,
            batchSize: 256,
            steps: configuration.patchSteps
        )
        let sampleSeed = seeds.next()
        let basis = images.basis
        func report(_ record: EpochRecord, _ network: Int, of counts: [Int]) throws {
            try onProgress(
                FittingProgress(
                    member: index,
                    memberCount: configuration.folds,
                    epoch: counts[..<network].reduce(0, +) + record.epoch,
                    epochCount: counts.reduce(0, +),
                    trainingLoss: record.trainingLoss,
                    heldOutLoss: record.validationLoss ?? .nan
                )
            )
        }
        let pixelEpochCount = pixels.epochCount(rowCount: rows.count)
        guard let descriptors else {
            let network = try pixelNetwork(pixels, rows: rows, heldOut: heldOut) {
                try report($0, 0, of: [pixelEpochCount])
            }
            return ImageMember(
                pixels: network,
                parts: nil,
                code: try codeMeasure(of: network, pooled.rows, rows: rows, seed: sampleSeed)
            )
        }
        let structurePatches = try sample(basis.structure, seed: sampleSeed, use: 0, rows: rows)
        let rawPatches = try sample(basis.raw, seed: sampleSeed, use: 1, rows: rows)
        let counts = [
            global.epochCount(rowCount: rows.count), pixelEpochCount,
            patches.epochCount(rowCount: structurePatches.rowCount),
        ]
        let globalNetwork = try ScaledNetwork.trained(
            global,
            inputs: descriptors,
            rows: rows,
            heldOut: heldOut
        ) { try report($0, 0, of: counts) }
        let pixelNetwork = try pixelNetwork(pixels, rows: rows, heldOut: heldOut) {
            try report($0, 1, of: counts)
        }
        let structureNetwork = try ScaledNetwork.trained(
            patches,
            inputs: try ScaledRows(StoredRows(structurePatches)),
            rows: Array(0..<structurePatches.rowCount),
            heldOut: []
        ) { try report($0, 2, of: counts) }
        return ImageMember(
            pixels: pixelNetwork,
            parts: ImageMemberParts(
                global: globalNetwork,
                structure: structureNetwork,
                structureWhitening: try whitening(structureNetwork, structurePatches),
                raw: try Whitening(components: rawPatches)
            ),
            code: try codeMeasure(of: globalNetwork, descriptors.rows, rows: rows, seed: sampleSeed)
        )
    }

    /// How the residuals of patches are distributed.
    private func whitening(_ network: ScaledNetwork, _ patches: Matrix) throws -> Whitening {
        let size = patches.columnCount
        let plan = ScaledNetworkPlan(network)
        let tile = RowTiles.rowCount
        // Samples come image after image: evenly spaced tiles see them all.
        let tileCount = patches.rowCount / tile
        let kept = max(1, min(tileCount, ImageMemberTraining.whiteningPatchCount / tile))
        var moments = [Double](repeating: 0, count: size * size)
        let errors = AlignedBuffer(count: tile * size)
        let product = AlignedBuffer(count: size * size)
        var count = 0
        patches.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            for index in 0..<kept {
                let start = tileCount * index / kept * tile
                let rowCount = min(tile, patches.rowCount - start)
                plan.rebuild(base + start * size, count: rowCount)
                plan.writeErrors(count: rowCount, into: errors.baseAddress)
                Products.multiply(
                    errors.baseAddress,
                    errors.baseAddress,
                    into: product.baseAddress,
                    m: size,
                    n: size,
                    k: rowCount,
                    transposeLeft: true
                )
                for i in 0..<size * size { moments[i] += Double(product.baseAddress[i]) }
                count += rowCount
            }
        }
        for i in moments.indices { moments[i] /= Double(count) }
        return try Whitening(moments: moments, size: size)
    }

    /// Patches from random places, about as many from each image.
    private func sample(_ reader: PatchReader, seed: UInt64, use: Int, rows: [Int]) throws -> Matrix
    {
        let limit = configuration.patchCount
        var stream = RandomStream(seed: seed, use: .sampling, index: use)
        var chosen = rows
        if chosen.count > limit {
            stream.shuffle(&chosen)
            chosen = chosen.prefix(limit).sorted()
        }
        let perImage = min(reader.grid.patchCount, max(1, limit / chosen.count))
        var result = Matrix(
            rowCount: chosen.count * perImage,
            columnCount: reader.grid.patchSize
        )
        let grid = AlignedBuffer(count: reader.grid.imageSize)
        let features = ImageFeatures(images.basis.geometry)
        try result.withUnsafeMutableElements { target throws in
            guard var target = target.baseAddress else { return }
            for row in chosen {
                try writeGrid(ofImage: row, reader, features, into: grid)
                var places = Array(0..<reader.grid.patchCount)
                for place in 0..<perImage {
                    if perImage < places.count {
                        places.swapAt(place, place + stream.integer(below: places.count - place))
                    }
                    reader.read(places[place], of: grid.baseAddress, into: target)
                    target += reader.grid.patchSize
                }
            }
        }
        return result
    }

    private func writeGrid(
        ofImage row: Int,
        _ reader: PatchReader,
        _ features: ImageFeatures,
        into grid: AlignedBuffer
    ) throws {
        if case .length = reader.normalization {
            try images.cells.write(row, into: grid.baseAddress)
        } else {
            // Logarithms take the place of the numbers.
            try images.images.write(row, into: grid.baseAddress)
            features.measureLogarithms(grid.baseAddress, into: grid.baseAddress)
        }
    }
}
