/// Everything about features that follows from the size of the images.
struct ImageGeometry: Sendable, Equatable {
    /// The directions that edges are told apart by.
    static let directionCount = 8
    /// Cells along an image's side in the descriptor, roughly.
    private static let descriptorCellCount = 7.0
    /// Pixels along the longer side of the pooled image, at most, where nothing else is said.
    static let pooledSide = 32

    let shape: ImageShape
    /// The pixels from one cell to the next in the descriptor.
    let descriptorCell: Int
    /// Whether the image is blurred before its edges are measured for the descriptor.
    let blursDescriptor: Bool
    /// The pixels from one cell to the next in structure patches.
    let structureCell: Int
    /// Whether the image is blurred before its edges are measured for structure patches.
    let blursStructure: Bool
    /// The places of structure patches on cells of edge strengths.
    let structure: PatchGrid
    /// The places of raw patches on pixels.
    let raw: PatchGrid
    /// The pixels along a side of the boxes of the pooled image.
    let poolSize: Int

    init(_ shape: ImageShape, pooledSide: Int = ImageGeometry.pooledSide) {
        self.shape = shape
        let side = min(shape.height, shape.width)
        let isSmall = side < 20
        blursDescriptor = side >= 16
        let mean = Double(shape.pixelCount).squareRoot() / ImageGeometry.descriptorCellCount
        descriptorCell = min(max(1, Int(mean.rounded())), side)
        blursStructure = !isSmall
        structureCell = isSmall ? 1 : 4
        structure = PatchGrid(
            gridHeight: TentAxis.cellCount(length: shape.height, cell: structureCell),
            gridWidth: TentAxis.cellCount(length: shape.width, cell: structureCell),
            valueCount: ImageGeometry.directionCount,
            side: 4,
            stride: 1
        )
        raw = PatchGrid(
            gridHeight: shape.height,
            gridWidth: shape.width,
            valueCount: shape.channels,
            side: isSmall ? 4 : 8,
            stride: isSmall ? 1 : 2
        )
        let longer = max(shape.height, shape.width)
        poolSize = (longer + pooledSide - 1) / pooledSide
    }

    /// The numbers of the descriptor.
    var descriptorSize: Int {
        TentAxis.cellCount(length: shape.height, cell: descriptorCell)
            * TentAxis.cellCount(length: shape.width, cell: descriptorCell)
            * ImageGeometry.directionCount
    }

    /// Whether the descriptor and structure patches look at the same cells.
    var sharesCells: Bool {
        descriptorCell == structureCell && blursDescriptor == blursStructure
    }

    /// The rows of the pooled image.
    var pooledHeight: Int { (shape.height + poolSize - 1) / poolSize }
    /// The columns of the pooled image.
    var pooledWidth: Int { (shape.width + poolSize - 1) / poolSize }
    /// The numbers of the pooled image.
    var pooledCount: Int { pooledHeight * pooledWidth * shape.channels }
    /// The size of the pooled image.
    var pooledShape: ImageShape {
        ImageShape(height: pooledHeight, width: pooledWidth, channels: shape.channels)
    }
}
