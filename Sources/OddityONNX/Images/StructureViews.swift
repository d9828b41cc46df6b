internal import OddityDetectors
internal import OddityLinearAlgebra

/// What images are looked at for beside their pixels, see `ImageFeatures`.
struct StructureViews {
    /// The strengths of edges of whole images, one row an image.
    let descriptor: GraphValue
    /// Images × patches × numbers of a patch: the strengths of edges.
    let structurePatches: GraphValue
    /// The same: logarithms of brightness.
    let rawPatches: GraphValue

    /// - Parameter image: images × channels × rows × columns.
    init(
        of image: GraphValue,
        _ structure: ImageArithmetic.Structure,
        in graph: GraphBuilder
    ) {
        let grey = graph.grey(image, structure.greyWeights)
        let blurred =
            structure.structureCells.blurs || structure.descriptorCells.blurs
            ? graph.blurred(grey, structure) : grey
        func cells(_ cells: ImageArithmetic.Cells) -> GraphValue {
            graph.edges(of: cells.blurs ? blurred : grey, structure, cells)
        }
        let strengths = cells(structure.structureCells)
        let whole = cells(structure.descriptorCells).reshaped([-1])
        descriptor = whole / whole.length.atLeast(Double(structure.leastDescriptorLength))
        let patches = strengths.patches(structure.structurePatches)
        structurePatches = patches / patches.length.atLeast(Double(structure.leastPatchLength))
        let logarithms = (image + Double(structure.darkness)).logarithm
        let raw = logarithms.transposed([0, 2, 3, 1]).patches(structure.rawPatches)
        rawPatches = raw - raw.rowMean
    }
}

extension GraphBuilder {
    /// One channel of all.
    fileprivate func grey(_ image: GraphValue, _ weights: [Float]) -> GraphValue {
        guard weights.count > 1 else { return image }
        let parts = weights.indices.map { channel in
            image.elements(at: integers([channel]), axis: 1) * Double(weights[channel])
        }
        return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
    }

    /// Weighs each pixel and its neighbors by ¼, ½ and ¼ along both axes.
    fileprivate func blurred(
        _ image: GraphValue,
        _ structure: ImageArithmetic.Structure
    ) -> GraphValue {
        [3, 2].reduce(image) { image, axis in
            let length = structure.length(ofAxis: axis)
            let beside =
                image.moved(by: -1, axis: axis, length: length)
                + image.moved(by: 1, axis: axis, length: length)
            return beside * 0.25 + image * 0.5
        }
    }

    /// How strong the edges of each direction are around cells, see `EdgeCells`: images × rows × columns × directions.
    fileprivate func edges(
        of image: GraphValue,
        _ structure: ImageArithmetic.Structure,
        _ cells: ImageArithmetic.Cells
    ) -> GraphValue {
        let (right, down) = (3, 2)
        func slope(_ axis: Int) -> GraphValue {
            let length = structure.length(ofAxis: axis)
            return image.moved(by: 1, axis: axis, length: length)
                - image.moved(by: -1, axis: axis, length: length)
        }
        let count = structure.directions.cosines.count
        let cosines = floats(structure.directions.cosines, shape: [count, 1, 1])
        let sines = floats(structure.directions.sines, shape: [count, 1, 1])
        let strengths = (slope(right) * cosines + slope(down) * sines).positivePart
        let byColumn = strengths.times(matrix(cells.columns.transposed()))
        return matrix(cells.rows).times(byColumn).squareRoot.transposed([0, 2, 3, 1])
    }
}

extension ImageArithmetic.Structure {
    /// The pixels along an axis of images × channels × rows × columns.
    fileprivate func length(ofAxis axis: Int) -> Int {
        axis == 3 ? structureCells.columns.columnCount : structureCells.rows.columnCount
    }
}

extension GraphValue {
    /// What stands some elements further along an axis; beyond the ends, the last.
    fileprivate func moved(by offset: Int, axis: Int, length: Int) -> GraphValue {
        let places = (0..<length).map { min(max($0 + offset, 0), length - 1) }
        return elements(at: graph.integers(places), axis: axis)
    }

    /// The square root of the sum of squares of each row, in single precision.
    fileprivate var length: GraphValue {
        cast(to: .double).squared.rowSum.squareRoot.cast(to: .float)
    }

    /// The patches of images × rows × columns × numbers: images × patches × numbers of a patch.
    fileprivate func patches(_ patches: ImageArithmetic.Patches) -> GraphValue {
        func places(_ count: Int) -> GraphValue {
            graph.integers(
                (0..<count).flatMap { place in
                    (0..<patches.side).map { place * patches.stride + $0 }
                },
                shape: [count, patches.side]
            )
        }
        return elements(at: places(patches.rowCount), axis: 1)
            .elements(at: places(patches.columnCount), axis: 3)
            .transposed([0, 1, 3, 2, 4, 5])
            .reshaped([patches.rowCount * patches.columnCount, patches.size])
    }
}
