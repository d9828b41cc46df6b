internal import OddityLinearAlgebra

/// What all members of a detector of images share: how images become features.
struct ImageBasis: Sendable {
    let geometry: ImageGeometry
    /// What structure patches are divided by at least.
    let leastLength: Float
    /// Whether the error of each pixel of the pooled image is wanted.
    let keepsPixelMaps: Bool
    /// The position of the code in the network that sees all of an image; nil where codes don't count.
    let codeLayer: Int?

    /// The share of the mean length of training patches that ``leastLength`` is.
    static let leastLengthShare = 0.3

    var structure: PatchReader {
        PatchReader(grid: geometry.structure, normalization: .length(least: leastLength))
    }

    var raw: PatchReader { PatchReader(grid: geometry.raw, normalization: .mean) }

    /// The images that are measured together: at most a tile, and few when they are large.
    var chunkSize: Int

    init(
        geometry: ImageGeometry,
        leastLength: Float,
        keepsPixelMaps: Bool = false,
        codeLayer: Int? = nil
    ) {
        self.keepsPixelMaps = keepsPixelMaps
        self.codeLayer = codeLayer
        self.geometry = geometry
        self.leastLength = leastLength
        chunkSize = max(1, min(RowTiles.rowCount, (1 << 19) / geometry.shape.elementCount))
    }
}
