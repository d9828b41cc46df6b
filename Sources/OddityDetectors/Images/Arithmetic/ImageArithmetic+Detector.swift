internal import OddityEvaluation
internal import OddityImages
internal import OddityLinearAlgebra

extension ImageArithmetic {
    /// The numbers of a detector.
    ///
    /// - Throws: `ImageError` for a mask that does not fit.
    package init(_ detector: FittedImageDetector) throws {
        let geometry = detector.basis.geometry
        let calibration = detector.calibration
        shape = geometry.shape
        preparer = detector.preparer
        ignored = try detector.preparer?.commonIgnored()
        pooledShape = geometry.pooledShape
        pooling =
            geometry.poolSize > 1
            ? (
                rows: Matrix(meansOf: geometry.poolSize, along: geometry.shape.height),
                columns: Matrix(meansOf: geometry.poolSize, along: geometry.shape.width)
            ) : nil
        structure = Structure(detector)
        members = detector.members.map(Member.init)
        codeLayer = detector.basis.codeLayer
        pixelMap = calibration.pixelMap.map {
            PixelMap(inverseMean: $0.inverseMean, score: $0.pixelScore)
        }
        leastResidual = ScaledNetworkPlan.leastResidual
        alignment = calibration.measures.alignment
        pixels = calibration.measures.pixels
        code = calibration.measures.code
        countsResidual = calibration.measures.scoring.usesResidual
        let distances = calibration.light.distances
        light = Light(
            mean: calibration.light.range.mean,
            root: calibration.light.range.root,
            farthest: distances.values[distances.values.count - 1],
            scale: distances.tailScale
        )
        surprise = calibration.surprise
    }
}

extension ImageArithmetic.Structure {
    /// Nil where only pixels count.
    fileprivate init?(_ detector: FittedImageDetector) {
        let basis = detector.basis
        let calibration = detector.calibration
        guard let structureMap = calibration.structureMap, let rawMap = calibration.rawMap,
            let structure = calibration.measures.structure, let raw = calibration.measures.raw,
            let global = calibration.measures.global
        else { return nil }
        let geometry = basis.geometry
        structureCells = ImageArithmetic.Cells(
            geometry.shape,
            cell: geometry.structureCell,
            blurs: geometry.blursStructure
        )
        descriptorCells = ImageArithmetic.Cells(
            geometry.shape,
            cell: geometry.descriptorCell,
            blurs: geometry.blursDescriptor
        )
        greyWeights = geometry.shape.channels == 3 ? ImageFeatures.greyWeights : [1]
        structurePatches = ImageArithmetic.Patches(geometry.structure)
        rawPatches = ImageArithmetic.Patches(geometry.raw)
        leastPatchLength = max(basis.leastLength, .leastNormalMagnitude)
        leastDescriptorLength = ImageFeatures.leastLength
        darkness = ImageFeatures.darkness
        directions = (EdgeCells.cosines, EdgeCells.sines)
        self.structureMap = ImageArithmetic.Map(structureMap, structure)
        self.rawMap = ImageArithmetic.Map(rawMap, raw)
        self.global = global
    }
}

extension ImageArithmetic.Member {
    fileprivate init(_ member: ImageMember) {
        pixels = ImageArithmetic.Rebuilding(member.pixels)
        parts = member.parts.map {
            ImageArithmetic.Parts(
                global: ImageArithmetic.Rebuilding($0.global),
                structure: ImageArithmetic.Rebuilding($0.structure),
                structureDistance: ImageArithmetic.Distance($0.structureWhitening),
                rawDistance: ImageArithmetic.Distance($0.raw)
            )
        }
        codeDistance = member.code.map(TableArithmetic.CodeDistance.init)
    }
}

extension ImageArithmetic.Rebuilding {
    fileprivate init(_ source: ScaledNetwork) {
        self.init(
            mean: source.scaling.mean,
            factor: source.scaling.factor,
            network: source.network
        )
    }
}

extension ImageArithmetic.Distance {
    fileprivate init(_ whitening: Whitening) {
        self.init(mean: whitening.mean, matrix: whitening.matrix)
    }
}

extension ImageArithmetic.Map {
    fileprivate init(_ map: MapCalibration, _ survival: SurvivalFunction) {
        self.init(
            offset: map.offset,
            mean: map.mean,
            inverseDeviation: map.inverseDeviation,
            survival: survival
        )
    }
}

extension ImageArithmetic.Cells {
    fileprivate init(_ shape: ImageShape, cell: Int, blurs: Bool) {
        self.init(
            blurs: blurs,
            rows: TentAxis(length: shape.height, cell: cell).weights(length: shape.height),
            columns: TentAxis(length: shape.width, cell: cell).weights(length: shape.width)
        )
    }
}

extension ImageArithmetic.Patches {
    fileprivate init(_ grid: PatchGrid) {
        self.init(
            side: grid.side,
            stride: grid.stride,
            rowCount: grid.rowCount,
            columnCount: grid.columnCount,
            size: grid.patchSize
        )
    }
}

extension TentAxis {
    /// The weights of all pixels, cells × pixels.
    fileprivate func weights(length: Int) -> Matrix {
        var result = Matrix(rowCount: cells.count, columnCount: length)
        for (row, cell) in cells.enumerated() {
            for (offset, weight) in cell.weights.enumerated() {
                result[row, cell.start + offset] = weight
            }
        }
        return result
    }
}

extension Matrix {
    /// The means of boxes of pixels along an axis, boxes × pixels; the last box may hold fewer.
    fileprivate init(meansOf size: Int, along length: Int) {
        self.init(rowCount: (length + size - 1) / size, columnCount: length)
        for pixel in 0..<length {
            let box = pixel / size
            self[box, pixel] = 1 / Float(min(size, length - box * size))
        }
    }
}
