/// Cuts large images into tiles of one size, which may overlap.
///
/// Along each side, tiles begin at 0, stride, 2 × stride, …; the last one ends with the image, so that every
/// pixel is in a tile.
public struct ImageTiling: Hashable, Codable, Sendable {
    /// Width and height of a tile.
    public let tileSize: ImageSize
    /// How far apart tiles begin, to the right and down; at most the size of a tile.
    public let stride: ImageSize

    /// Makes a tiling.
    ///
    /// - Parameters:
    ///   - tileSize: Width and height of a tile, at least 1 each.
    ///   - stride: How far apart tiles begin; nil is the tile size, without overlap.
    /// - Throws: ``ImageError`` for sizes below 1, or a stride that leaves gaps.
    public init(tileSize: ImageSize, stride: ImageSize? = nil) throws(ImageError) {
        let stride = stride ?? tileSize
        guard stride.width > 0, stride.height > 0, stride.width <= tileSize.width,
            stride.height <= tileSize.height, tileSize.longerSide <= 1 << 16
        else {
            throw ImageError(
                .invalidOption,
                "tiles of \(tileSize) every \(stride) pixels; give a stride from 1 to the tile size"
            )
        }
        (self.tileSize, self.stride) = (tileSize, stride)
    }

    /// Reads a stored tiling.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            tileSize: values.decode(ImageSize.self, forKey: .tileSize),
            stride: values.decode(ImageSize.self, forKey: .stride)
        )
    }

    /// The upper left corner of a tile in its image.
    public struct Position: Hashable, Sendable {
        /// The column of the tile's first pixel.
        public let x: Int
        /// The row of the tile's first pixel.
        public let y: Int
    }

    /// Where the tiles of an image are, row after row.
    ///
    /// - Returns: No tiles for an image that is smaller than one.
    public func positions(in size: ImageSize) -> [Position] {
        guard size.width >= tileSize.width, size.height >= tileSize.height else { return [] }
        let columns = Self.starts(size.width, tileSize.width, stride.width)
        return Self.starts(size.height, tileSize.height, stride.height).flatMap { y in
            columns.map { x in Position(x: x, y: y) }
        }
    }

    private static func starts(_ length: Int, _ tile: Int, _ step: Int) -> [Int] {
        Array(Swift.stride(from: 0, to: length - tile, by: step)) + [length - tile]
    }
}
