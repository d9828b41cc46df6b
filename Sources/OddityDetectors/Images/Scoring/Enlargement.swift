/// Brings a coarse grid to the size of an image by bilinear interpolation.
struct Enlargement: Sendable {
    /// Where along one axis a pixel lies between the points of a grid.
    private struct Position: Sendable {
        let lower: Int
        let upper: Int
        /// The weight of `upper`.
        let share: Float
    }

    private let rows: [Position]
    private let columns: [Position]
    private let gridWidth: Int

    /// - Parameters:
    ///   - gridHeight: the rows of the grid.
    ///   - gridWidth: the columns of the grid.
    ///   - first: the pixel, along both axes, at which the grid's first point lies; pixel i covers i
    ///     to i + 1.
    ///   - spacing: pixels from one point to the next.
    ///   - shape: the size of the image; beyond its outermost points the grid stays as it is there.
    init(gridHeight: Int, gridWidth: Int, first: Float, spacing: Float, shape: ImageShape) {
        func positions(_ length: Int, _ count: Int) -> [Position] {
            (0..<length).map { pixel in
                let place = min(
                    max((Float(pixel) + 0.5 - first) / spacing, 0),
                    Float(count - 1)
                )
                let lower = Int(place)
                return Position(
                    lower: lower,
                    upper: min(lower + 1, count - 1),
                    share: place - Float(lower)
                )
            }
        }
        rows = positions(shape.height, gridHeight)
        columns = positions(shape.width, gridWidth)
        self.gridWidth = gridWidth
    }

    /// The places of patches of cells, each point in the middle of a patch.
    ///
    /// - Parameters:
    ///   - grid: where the patches are.
    ///   - cell: pixels from one cell to the next; the first centre lies in the middle of pixel cell/2.
    init(_ grid: PatchGrid, cell: Int, shape: ImageShape) {
        self.init(
            gridHeight: grid.rowCount,
            gridWidth: grid.columnCount,
            first: Float(cell / 2) + 0.5 + Float(grid.side - 1) / 2 * Float(cell),
            spacing: Float(grid.stride * cell),
            shape: shape
        )
    }

    /// Adds `weight` times the enlarged grid to an image, for each of its channels.
    func add(
        _ grid: UnsafePointer<Float>,
        channels: Int = 1,
        weight: Float,
        to image: UnsafeMutablePointer<Float>
    ) {
        var target = image
        for row in rows {
            let upper = grid + row.lower * gridWidth * channels
            let lower = grid + row.upper * gridWidth * channels
            for column in columns {
                for channel in 0..<channels {
                    let left = column.lower * channels + channel
                    let right = column.upper * channels + channel
                    let above = upper[left] + (upper[right] - upper[left]) * column.share
                    let below = lower[left] + (lower[right] - lower[left]) * column.share
                    target[channel] += weight * (above + (below - above) * row.share)
                }
                target += channels
            }
        }
    }
}
