/// The places of square patches on a grid of cells, each cell holding several numbers.
struct PatchGrid: Sendable, Equatable {
    /// The rows of the grid.
    let gridHeight: Int
    /// The columns of the grid.
    let gridWidth: Int
    /// The numbers of a cell.
    let valueCount: Int
    /// The cells along a side of a patch.
    let side: Int
    /// The cells from one patch to the next.
    let stride: Int

    /// The rows of patches.
    var rowCount: Int { (gridHeight - side) / stride + 1 }
    /// The columns of patches.
    var columnCount: Int { (gridWidth - side) / stride + 1 }
    /// The number of patches of an image.
    var patchCount: Int { rowCount * columnCount }
    /// The numbers of a patch.
    var patchSize: Int { side * side * valueCount }
    /// The numbers of an image's grid.
    var imageSize: Int { gridHeight * gridWidth * valueCount }

    /// Copies the numbers of a patch.
    ///
    /// - Parameters:
    ///   - index: the patch, row after row.
    ///   - image: the numbers of the image's grid.
    ///   - target: where ``patchSize`` numbers go.
    func copyPatch(
        _ index: Int,
        of image: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let columns = columnCount
        let row = index / columns * stride
        let column = index % columns * stride
        let length = side * valueCount
        var source = image + (row * gridWidth + column) * valueCount
        for line in 0..<side {
            (target + line * length).update(from: source, count: length)
            source += gridWidth * valueCount
        }
    }
}
